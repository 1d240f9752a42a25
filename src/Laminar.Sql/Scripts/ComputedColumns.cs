using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Syntax;
using Laminar.Sql.Types;

namespace Laminar.Sql.Scripts;

/// <summary>The columns of CREATE SOURCE with AS: each over those without and over other ones with it, in whatever order they stand.</summary>
internal sealed class ComputedColumns
{
    private readonly CreateSourceStatement _statement;
    private readonly IReadOnlyList<RelationColumn> _columns;
    private readonly ClrFunctions _functions;
    private readonly string _sql;
    private readonly DiagnosticBag _diagnostics;
    private readonly (ColumnDefinition Definition, int Position)[] _definitions;
    private readonly ComputedColumn?[] _bound;
    private readonly List<int> _underWay = new();

    /// <param name="statement">The source.</param>
    /// <param name="columns">Its columns without AS.</param>
    /// <param name="functions">In C#.</param>
    /// <param name="sql">The text that the statement's spans refer to.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public ComputedColumns(CreateSourceStatement statement, IReadOnlyList<RelationColumn> columns, ClrFunctions functions, string sql, DiagnosticBag diagnostics)
    {
        _statement = statement;
        _columns = columns;
        _functions = functions;
        _sql = sql;
        _diagnostics = diagnostics;
        _definitions = statement.Columns.Select((c, i) => (c, i)).Where(c => c.c.Computed is not null).ToArray();
        _bound = new ComputedColumn?[_definitions.Length];
    }

    /// <summary>All of them, as declared; null when one is wrong.</summary>
    public IReadOnlyList<ComputedColumn>? Bind()
    {
        bool failed = false;
        for (int i = 0; i < _definitions.Length; i++)
        {
            Identifier name = _definitions[i].Definition.Name;
            if (_columns.Any(c => SqlName.Same(c.Name, name.Text)) || _definitions.Take(i).Any(d => SqlName.Same(d.Definition.Name.Text, name.Text)))
            {
                _diagnostics.Report(SqlRules.DuplicateColumn, name.Span, name.Text);
                failed = true;
            }
        }

        for (int i = 0; i < _definitions.Length && !failed; i++)
        {
            failed |= !Bind(i);
        }

        return failed ? null : _bound.Select(b => b!).ToArray();
    }

    /// <summary>
    /// The column of a row that a computed one follows, and how far it is ahead of that, in its unit: of <c>later AS ts + INTERVAL '1' MINUTE</c> it is <c>ts</c>
    /// and a minute. Null where it isn't a column, plus or minus constants.
    /// </summary>
    public (int Column, long Ahead)? Follows(int computed) => Follows(ConstantFolding.Fold(_bound[computed]!.Expression, _diagnostics));

    private (int Column, long Ahead)? Follows(BoundExpression expression) => expression switch
    {
        BoundColumn column => column.Ordinal < _columns.Count ? (column.Ordinal, 0) : Follows(column.Ordinal - _columns.Count),
        BoundCast { Try: false } cast when cast.Type.IsTimestamp && cast.Operand.Type.IsTimestamp => Follows(cast.Operand),
        BoundCall { Function.Method: "SqlTime.AddTicks", Arguments: [{ } time, BoundLiteral { Value: long by }] } when time.Type.IsTimestamp => Ahead(time, by),
        BoundCall { Function.Method: "SqlTime.SubtractTicks", Arguments: [{ } time, BoundLiteral { Value: long by and not long.MinValue }] } when time.Type.IsTimestamp => Ahead(time, -by),
        BoundBinary { Operator: BinaryOperator.Add, Type.Kind: SqlTypeKind.BigInt, Right: BoundLiteral { Value: long by } } sum => Ahead(sum.Left, by),
        BoundBinary { Operator: BinaryOperator.Subtract, Type.Kind: SqlTypeKind.BigInt, Right: BoundLiteral { Value: long by and not long.MinValue } } sum => Ahead(sum.Left, -by),
        _ => null,
    };

    private (int Column, long Ahead)? Ahead(BoundExpression of, long by) =>
        Follows(of) is var (column, ahead) && Math.Abs((decimal)ahead + by) < long.MaxValue / 4 ? (column, ahead + by) : null;

    /// <summary>Binds a column behind those that it is computed from.</summary>
    private bool Bind(int index)
    {
        if (_bound[index] is not null)
        {
            return true;
        }

        ColumnDefinition definition = _definitions[index].Definition;
        if (_underWay.Contains(index))
        {
            IEnumerable<string> circle = _underWay.SkipWhile(i => i != index).Append(index).Select(i => _definitions[i].Definition.Name.Text);
            _diagnostics.Report(SqlRules.ComputedCircle, definition.Name.Span, string.Join(" from ", circle));
            return false;
        }

        _underWay.Add(index);
        int[] others = Uses(definition.Computed!).ToArray();
        if (!others.All(Bind))
        {
            return false;
        }

        _underWay.Remove(index);
        _bound[index] = Bound(definition, _definitions[index].Position, others);
        return _bound[index] is not null;
    }

    private ComputedColumn? Bound(ColumnDefinition definition, int position, int[] others)
    {
        string source = _statement.Name.Text;
        ScopeColumn[] known = _columns.Select((c, i) => new ScopeColumn(source, c.Name, i, c.Type, c.Nullable, null))
            .Concat(others.Select(o => new ScopeColumn(source, _bound[o]!.Name, _columns.Count + o, _bound[o]!.Expression.Type, _bound[o]!.Expression.Nullable, null))).ToArray();
        SqlType? type = definition.Type is null ? null : TypeResolver.Resolve(definition.Type, _diagnostics);
        BoundExpression? bound = new ExpressionBinder(new NameScope(known) { Functions = _functions }, _diagnostics) { Clause = "a computed column", Sql = _sql }.Bind(definition.Computed!);
        if (bound is null || (type is null && definition.Type is not null))
        {
            return null;
        }

        type ??= bound.Type;
        bool notNull = definition.NotNull || definition.PrimaryKey;
        if (!Coercion.Widens(bound.Type, type) || (notNull && bound.Nullable))
        {
            string given = bound.Type + (bound.Nullable ? string.Empty : " NOT NULL");
            _diagnostics.Report(SqlRules.ComputedColumnType, definition.Computed!.Span, definition.Name.Text, type + (notNull ? " NOT NULL" : string.Empty), given);
            return null;
        }

        return new ComputedColumn(position, definition.Name.Text, Coercion.To(bound, type));
    }

    /// <summary>The computed columns that an expression names.</summary>
    private IEnumerable<int> Uses(SyntaxNode node)
    {
        if (node is ColumnExpression column)
        {
            IReadOnlyList<Identifier> parts = column.Name.Parts;
            string name = (parts.Count > 1 && SqlName.Same(parts[0].Text, _statement.Name.Text) ? parts[1] : parts[0]).Text;
            return Enumerable.Range(0, _definitions.Length).Where(i => SqlName.Same(_definitions[i].Definition.Name.Text, name));
        }

        return SyntaxChildren.Of(node).SelectMany(Uses).Distinct();
    }
}
