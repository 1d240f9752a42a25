namespace Laminar;

/// <summary>One column of a row type.</summary>
/// <param name="Name">The SQL name, used for JSON keys, CSV headers and Arrow fields.</param>
/// <param name="Type">Its type.</param>
/// <param name="Nullable">Whether it can be NULL.</param>
/// <param name="Precision">DECIMAL: digits in all; otherwise 0.</param>
/// <param name="Scale">DECIMAL: digits behind the point; otherwise 0.</param>
public sealed record RowColumn(string Name, ColumnType Type, bool Nullable, int Precision = 0, int Scale = 0)
{
    /// <summary>ARRAY: the element; MAP: key and value; ROW: the fields; otherwise nothing.</summary>
    public IReadOnlyList<RowColumn> Elements { get; init; } = [];
}
