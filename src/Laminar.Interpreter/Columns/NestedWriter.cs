using Apache.Arrow;
using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Columns;

/// <summary>Columns of lists, maps and structs.</summary>
internal sealed class NestedWriter(Field field, RowColumn column) : ColumnWriter(field)
{
    public override IArrowArray Write(Vector values, Selection rows) =>
        ArrowNestedBuilder.Build(column, Enumerable.Range(0, rows.Count).Select(k => values.IsNull(rows[k]) ? null : values.Boxed(rows[k])));
}
