namespace Laminar.Generators.Model;

/// <summary>What the row emitter needs to write <c>IStreamRow&lt;T&gt;</c> members for a type, and what others need to construct a row.</summary>
/// <param name="TypeName">The row type as generated code refers to it: <c>Row</c> inside the query, or fully qualified.</param>
/// <param name="SchemaName">The SQL name of the source or query, for <c>RowSchema.Name</c>.</param>
/// <param name="Members">The columns in order.</param>
public sealed record RowModel(string TypeName, string SchemaName, EquatableArray<RowMember> Members)
{
    /// <summary>The member of type <c>RowKind</c> of an updating row, or empty when the row is append-only. It is no column.</summary>
    public string KindMember { get; init; } = "";

    /// <summary>The constructor parameter that sets <see cref="KindMember"/>, or empty when an object initialiser does.</summary>
    public string KindParameter { get; init; } = "";

    /// <summary>True for a source: the watermark members are written too.</summary>
    public bool IsSource { get; init; }

    /// <summary>Of a reference table: the indexes of the members of its key; none of others.</summary>
    public EquatableArray<int> Keys { get; init; }

    /// <summary>A source of changes: the kind of each row comes with it, as its first column.</summary>
    public bool ReadsKind => IsSource && KindMember.Length > 0;

    /// <summary>The ordinal of the first of <see cref="Members"/>.</summary>
    public int FirstColumn => ReadsKind ? 1 : 0;

    /// <summary>The declared watermark of a source, or null.</summary>
    public WatermarkModel? Watermark { get; init; }

    /// <summary>
    /// Names of the type's own members among those of the interface (<c>Schema</c>, <c>Read</c>, ...): these are implemented explicitly,
    /// so that a column called <c>schema</c> is no error.
    /// </summary>
    public EquatableArray<string> TakenNames { get; init; }

    /// <summary>Constructor parameters that are no columns: they get their type's default.</summary>
    public EquatableArray<string> DefaultedParameters { get; init; }

    /// <summary><c>required</c> members that are no columns: the same.</summary>
    public EquatableArray<string> DefaultedMembers { get; init; }
}
