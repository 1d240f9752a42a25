using System.Reflection;

namespace Laminar;

/// <summary>How a <see cref="LaminarDatabase"/> runs. Every limit has a default and says what happens at it.</summary>
public sealed class LaminarDatabaseOptions
{
    /// <summary>
    /// Where the database lives: the statements that made it, what is pushed, and the state of its queries, in the files of a runtime with one core. Null: in memory only. One process has it open at a time.
    /// </summary>
    public string? DataDirectory { get; set; }

    /// <summary>Time between checkpoints: with them state becomes durable and files of sinks visible. Default 10 s. <see cref="TimeSpan.Zero"/>: only where asked, and when the database is disposed. At most 30 days.</summary>
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Assemblies of connectors (<see cref="LaminarConnectorAttribute"/>). Empty: those that are loaded, and each <c>Laminar.Connectors.*.dll</c> beside the program.</summary>
    public IList<Assembly> Connectors { get; } = [];

    /// <summary>Values for <c>${NAME}</c> in options of connectors; looked up here first, then in the environment.</summary>
    public IDictionary<string, string> Variables { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Rows that wait at most for one reader of a subscription. At the limit that reading ends with an error that says so; the others, and who pushes, go on. 1 to 1,000,000,000; default 65,536.</summary>
    public int SubscriptionRows { get; set; } = 65_536;

    /// <summary>Assemblies whose <see cref="StreamFunctionAttribute"/> and <see cref="StreamAggregateAttribute"/> SQL can call; those that come first hide others.</summary>
    public IList<Assembly> Functions { get; } = [];

    /// <summary>
    /// What EXPLAIN CODE answers: makes C# of a pipeline's script, which holds what the query reads, and the name of the stream in it that is the query; it throws <see cref="LaminarException"/> where it can't.
    /// Null: EXPLAIN CODE is refused (LAM2118), since no generator is here. The command <c>laminar</c> has one.
    /// </summary>
    public Func<string, string, string>? CodeGenerator { get; set; }

    /// <summary>What CURRENT_TIMESTAMP and its kind read. Default the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

}
