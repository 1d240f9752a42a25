using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>A value that a pane keeps of one of its rows: in the pane itself or, held by reference, in a cell beside it.</summary>
/// <param name="Name">The field.</param>
/// <param name="Type">Of the value.</param>
/// <param name="Nullable">Whether it can be NULL.</param>
internal sealed record KeptValue(string Name, SqlType Type, bool Nullable)
{
    public IEnumerable<(string Type, string Name)> Fields =>
        IsReference ? [("int", Name)] : Nullable ? [(ClrForm.Of(Type), Name), ("bool", Name + "IsNull")] : [(ClrForm.Of(Type), Name)];

    public IEnumerable<BesideStore> Stores => IsReference ? [new BesideStore($"State::ReferenceCells<{ClrForm.Of(Type)}>", Cells)] : [];

    private bool IsReference => ClrForm.IsReference(Type);

    private string Cells => $"_cells{Name}";

    public EmittedValue Read(string pane) => IsReference
        ? new EmittedValue($"{Cells}[{pane}.{Name}]!", Nullable ? $"({Cells}[{pane}.{Name}] is null)" : null, Type)
        : new EmittedValue($"{pane}.{Name}", Nullable ? $"{pane}.{Name}IsNull" : null, Type);

    public void WriteSet(CodeWriter writer, string pane, EmittedValue value)
    {
        if (IsReference)
        {
            writer.Line($"{Cells}.Set(ref {pane}.{Name}, {(value.Null is null || !Nullable ? value.Code : $"{value.Null} ? null : {value.Code}")});");
            return;
        }

        writer.Line($"{pane}.{Name} = {value.Code};");
        if (Nullable)
        {
            writer.Line($"{pane}.{Name}IsNull = {value.Null ?? "false"};");
        }
    }

    public void WriteFree(CodeWriter writer, string pane)
    {
        if (IsReference)
        {
            writer.Line($"{Cells}.Free(ref {pane}.{Name});");
        }
    }
}
