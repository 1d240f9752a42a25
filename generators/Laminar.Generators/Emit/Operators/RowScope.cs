using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>
/// The columns of a plan node while its loop is written: each is computed once, when first needed, at the outermost level of the row, so
/// that it is in scope wherever it is used again.
/// </summary>
internal sealed class RowScope
{
    private readonly Func<int, EmittedValue> _compute;
    private readonly Dictionary<int, EmittedValue> _values = new();

    /// <param name="compute">Writes what computes a column and answers with its value.</param>
    public RowScope(Func<int, EmittedValue> compute) => _compute = compute;

    /// <summary>The value of a column, computed now if it wasn't yet.</summary>
    public EmittedValue Column(int ordinal)
    {
        if (!_values.TryGetValue(ordinal, out EmittedValue? value))
        {
            value = _compute(ordinal);
            _values.Add(ordinal, value);
        }

        return value;
    }

    /// <summary>Computes every column that an expression reads, before code that may be skipped.</summary>
    public void Prepare(BoundExpression expression)
    {
        foreach (BoundColumn column in expression.DescendantsAndSelf().OfType<BoundColumn>())
        {
            Column(column.Ordinal);
        }
    }

    /// <summary>The scope of a projection over this one: its expressions, each into a local.</summary>
    public RowScope Over(ProjectNode project, Func<RowScope, ExpressionEmitter> emitter) => new(ordinal =>
    {
        Prepare(project.Expressions[ordinal]);
        return emitter(this).EmitLocal(project.Expressions[ordinal], project.Columns[ordinal].Name);
    });
}
