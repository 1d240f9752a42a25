namespace Laminar.Bench;

/// <summary>What one contender made of one workload: how much came out, and a sum over it that must agree with the other contenders.</summary>
/// <param name="Rows">Rows out.</param>
/// <param name="Checksum">Sum over the rows out, integer so that it doesn't depend on order.</param>
public readonly record struct Outcome(long Rows, long Checksum);

/// <summary>One way to compute a workload.</summary>
/// <param name="Name">Column in the table: "generated", "hand-written", ...</param>
/// <param name="Input">"rows" or "columns": what it reads.</param>
/// <param name="Run">Does the whole work once.</param>
/// <param name="Rows">Input rows it reads; slow contenders get fewer, and the table gives rates.</param>
public sealed record Contender(string Name, string Input, Func<Outcome> Run, int Rows);

/// <summary>One question, asked of several contenders over the same input.</summary>
public sealed record Workload(string Name, string Sql, IReadOnlyList<Contender> Contenders);
