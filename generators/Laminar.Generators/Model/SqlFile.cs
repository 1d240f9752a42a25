namespace Laminar.Generators.Model;

/// <summary>An additional file with SQL.</summary>
/// <param name="Path">With forward slashes.</param>
/// <param name="Text">Its content.</param>
public sealed record SqlFile(string Path, string Text);
