namespace Laminar.Generators.Model;

/// <summary>A class with [StreamQuery] or [StreamQuery&lt;TRow&gt;].</summary>
/// <param name="Type">The class.</param>
/// <param name="Name">The SQL name by which other queries read it.</param>
public sealed record QueryModel(TypeModel Type, string Name)
{
    /// <summary>The SQL; empty when it stands in <see cref="File"/>, or isn't a constant.</summary>
    public string Sql { get; init; } = "";

    /// <summary>The additional file that holds the SQL, relative to the project, or empty.</summary>
    public string File { get; init; } = "";

    /// <summary>The user's type that rows are mapped onto, or null for the nested <c>Row</c>.</summary>
    public RowTypeModel? MappedRow { get; init; }

    /// <summary>True when there was no text to be found: the file is missing, or the argument is no constant.</summary>
    public bool IsTextMissing { get; init; }
}
