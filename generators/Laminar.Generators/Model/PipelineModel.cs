namespace Laminar.Generators.Model;

/// <summary>A class with [StreamPipeline].</summary>
/// <param name="Type">The class.</param>
public sealed record PipelineModel(TypeModel Type)
{
    /// <summary>The script; empty when it stands in <see cref="File"/>.</summary>
    public string Sql { get; init; } = "";

    /// <summary>The additional file that holds the script, or empty.</summary>
    public string File { get; init; } = "";

    /// <summary>True when there was no text to be found.</summary>
    public bool IsTextMissing { get; init; }
}
