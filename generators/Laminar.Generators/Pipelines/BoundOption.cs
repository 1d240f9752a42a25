namespace Laminar.Generators.Pipelines;

/// <summary>An option as an assignment in C#.</summary>
/// <param name="Property">The property of the options object.</param>
/// <param name="Expression">The value; refers to a local <c>variables</c> where the literal holds <c>${}</c>.</param>
public sealed record BoundOption(string Property, string Expression);
