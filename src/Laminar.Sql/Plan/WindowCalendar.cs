namespace Laminar.Sql.Plan;

/// <summary>What makes windows longer and shorter: months, and the clock of a zone. All lengths and starts are by that clock.</summary>
/// <param name="Zone">An IANA name or an offset such as <c>+02:00</c>; null: UTC.</param>
/// <param name="SizeMonths">Length of a window (of CUMULATE: of a span) in months; 0: <see cref="WindowSpec.Size"/> is its length.</param>
/// <param name="SlideMonths">Distance of starts (of CUMULATE: the step) in months; 0: <see cref="WindowSpec.Slide"/> is it.</param>
/// <param name="OriginMonths">A start of some window in months since January 1970, where windows go by months.</param>
/// <param name="Origin">How far behind 1970-01-01, or behind the first of a month, windows start by the clock; in the unit of time.</param>
/// <param name="Shift">How much later than by the clock all bounds are, in the unit of time: see <c>EventTimeAnalysis.Shifted</c>.</param>
public sealed record WindowCalendar(string? Zone, int SizeMonths, int SlideMonths, int OriginMonths, long Origin, long Shift);
