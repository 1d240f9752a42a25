namespace Laminar.Generators.Model;

/// <summary>A public member that is no column, and why.</summary>
/// <param name="ClrName">The property or field.</param>
/// <param name="ClrType">Its type as C# shows it.</param>
/// <param name="Problem">Why it is none.</param>
public sealed record IgnoredMember(string ClrName, string ClrType, MemberProblem Problem);
