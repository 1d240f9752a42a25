using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>What a query says, in WITH (on_error = ...), about errors that no single row of a source has made.</summary>
/// <param name="Policy">What becomes of them.</param>
/// <param name="DeadLetterPath">Where a runtime writes them by <see cref="ErrorPolicy.DeadLetter"/>, variables not yet replaced; null by the others.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record QueryErrors(ErrorPolicy Policy, string? DeadLetterPath = null);
