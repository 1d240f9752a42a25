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
}
