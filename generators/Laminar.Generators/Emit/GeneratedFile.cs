namespace Laminar.Generators.Emit;

/// <summary>One file of generated code.</summary>
/// <param name="HintName">Its name, unique in the project ignoring case.</param>
/// <param name="Text">Its content.</param>
public sealed record GeneratedFile(string HintName, string Text);
