using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>One column that names can mean.</summary>
/// <param name="Table">The alias or name that may stand before the dot.</param>
/// <param name="Name">The column's name.</param>
/// <param name="Ordinal">Its place in the row below.</param>
/// <param name="Type">Its type.</param>
/// <param name="Nullable">Whether it can be NULL.</param>
/// <param name="EventTimeLag">See <see cref="Catalog.RelationColumn.EventTimeLag"/>.</param>
internal sealed record ScopeColumn(string Table, string Name, int Ordinal, SqlType Type, bool Nullable, long? EventTimeLag)
{
    /// <summary>Made by a window table function: it hides columns of the input with the same name.</summary>
    public WindowPart? Part { get; init; }
}

internal enum WindowPart
{
    Start,
    End,
    Time,
}
