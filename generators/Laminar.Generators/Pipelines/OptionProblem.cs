using Laminar.Sql.Text;

namespace Laminar.Generators.Pipelines;

/// <summary>A mistake in a connector clause, on exact characters of the script.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Span">Where, in the script's text.</param>
/// <param name="Name">The connector, key or value that is wrong.</param>
/// <param name="Candidates">What could stand there, for the message and the nearest-name suggestion.</param>
public sealed record OptionProblem(OptionProblemKind Kind, TextSpan Span, string Name, string[] Candidates);

/// <summary>What can be wrong in a connector clause.</summary>
public enum OptionProblemKind
{
    /// <summary>No referenced assembly brings this connector.</summary>
    UnknownConnector,

    /// <summary>A pipeline runs by itself, so each source names a connector.</summary>
    NoConnector,

    /// <summary>The connector has no source.</summary>
    CannotRead,

    /// <summary>The connector has no sink for append-only rows.</summary>
    CannotAppend,

    /// <summary>The connector has no sink for updating rows.</summary>
    CannotUpdate,

    /// <summary>The connector has no such option.</summary>
    UnknownKey,

    /// <summary>The option stands there twice.</summary>
    DuplicateKey,

    /// <summary>The literal isn't of the option's type.</summary>
    BadValue,

    /// <summary>A required option is missing.</summary>
    MissingKey,

    /// <summary>The row type or query class made from this name would be called like the pipeline class, one of its methods, or another of its types.</summary>
    TakenName,

    /// <summary>No stream or sink reads the source. A warning: code is generated all the same.</summary>
    UnreadSource,

    /// <summary>No sink or stream reads the stream. A warning: code is generated all the same.</summary>
    UnreadStream,

    /// <summary>A column of a stream that none of its readers uses.</summary>
    UnreadColumn,

    /// <summary><c>${</c> without <c>}</c>.</summary>
    OpenVariable,

    /// <summary>Another sink of the pipeline writes there.</summary>
    TakenTarget,

    /// <summary>The sink can't be exactly-once there. A note: code is generated all the same.</summary>
    AtLeastOnce,

    /// <summary>No referenced assembly brings a runtime (Laminar.Runtime).</summary>
    NoHost,
}
