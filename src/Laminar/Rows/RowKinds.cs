using System.ComponentModel;

namespace Laminar;

/// <summary>How row kinds are written in files: a leading column <c>kind</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowKinds
{
    /// <summary>The column's name.</summary>
    public const string Column = "kind";

    /// <summary><c>insert</c>, <c>update_before</c>, <c>update_after</c> or <c>delete</c>.</summary>
    public static string NameOf(RowKind kind) => kind switch
    {
        RowKind.Insert => "insert",
        RowKind.UpdateBefore => "update_before",
        RowKind.UpdateAfter => "update_after",
        RowKind.Delete => "delete",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The kind of a name as <see cref="NameOf"/> gives it, in any case, or as <c>+I</c>, <c>-U</c>, <c>+U</c>, <c>-D</c>.</summary>
    /// <exception cref="RowFormatException">Another text.</exception>
    public static RowKind Parse(string name) => name switch
    {
        "insert" or "+I" => RowKind.Insert,
        "update_before" or "-U" => RowKind.UpdateBefore,
        "update_after" or "+U" => RowKind.UpdateAfter,
        "delete" or "-D" => RowKind.Delete,
        _ when name.ToLowerInvariant() is var lower && lower != name => Parse(lower),
        _ => throw new RowFormatException(0, $"'{name}' is no kind of row: insert, update_before, update_after or delete"),
    };
}
