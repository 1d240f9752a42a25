using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>
/// A distance that isn't always as long: whole months, or a time by a zone's clock. Boundary number i is at <c>Origin + i * Length</c> by that clock.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record CalendarUnit
{
    /// <summary>In months; 0: <see cref="Ticks"/> is.</summary>
    public int Months { get; init; }

    /// <summary>In ticks of the clock, where it isn't in months.</summary>
    public long Ticks { get; init; }

    /// <summary>Boundary 0 in months since January 1970.</summary>
    public int MonthOrigin { get; init; }

    /// <summary>Boundary 0, in ticks of the clock since 0001-01-01; in months, behind the first of the month.</summary>
    public long Origin { get; init; }

    /// <summary>An IANA name or an offset; null: UTC.</summary>
    public string? Zone { get; init; }

    /// <summary>Times are milliseconds since 1970, and not ticks.</summary>
    public bool IsMilliseconds { get; init; }

    /// <summary>How much later all boundaries are than the clock says, in the unit of times.</summary>
    public long Shift { get; init; }
}
