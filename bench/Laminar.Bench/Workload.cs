namespace Laminar.Bench;

/// <summary>What one contender made of one workload: how much came out, and a sum over it that must agree with the other contenders.</summary>
/// <param name="Rows">Rows out.</param>
/// <param name="Checksum">Sum over the rows out, integer so that it doesn't depend on order.</param>
public readonly record struct Outcome(long Rows, long Checksum);

/// <summary>One way to compute a workload.</summary>
/// <param name="Name">Column in the table: "generated", "hand-written", ...</param>
/// <param name="Input">What it reads: "rows", "columns", "bytes" or "file".</param>
/// <param name="Rows">Input rows it reads; slow contenders get fewer, and the table gives rates.</param>
/// <param name="Run">Does the whole work once, over the first so many rows.</param>
public sealed record Contender(string Name, string Input, int Rows, Func<int, Outcome> Run)
{
    /// <summary>
    /// Run many times over a few rows before anything is timed, so that the JIT has compiled the loop as it compiles a loop that runs for
    /// days. Without it a loop that is entered once per run stays what on-stack replacement made of it.
    /// </summary>
    public bool WarmsUp { get; init; }

    /// <summary>What must come out of another question, which is asked in the same turns to compare its time; null: what the workload says.</summary>
    public Func<int, Outcome>? Reference { get; init; }
}

/// <summary>One question, asked of several contenders over the same input.</summary>
/// <param name="Name">Row in the table.</param>
/// <param name="Sql">The query.</param>
/// <param name="Reference">What must come out of the first so many rows; the plainest contender.</param>
/// <param name="Contenders">Who is measured, in turn.</param>
public sealed record Workload(string Name, string Sql, Func<int, Outcome> Reference, IReadOnlyList<Contender> Contenders)
{
    /// <summary>Bytes of the whole input where that is the measure; null where rows are. Asked when it has run.</summary>
    public Func<long>? Bytes { get; init; }
}

/// <summary>Contenders don't agree on what comes out, so their times mean nothing.</summary>
public sealed class DisagreementException(string message) : Exception(message);
