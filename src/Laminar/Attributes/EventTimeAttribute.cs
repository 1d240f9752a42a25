namespace Laminar;

/// <summary>Short for a watermark on this member: <c>[EventTime(Lateness = "5s")]</c> is <c>Watermark = "member - INTERVAL '5' SECOND"</c>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class EventTimeAttribute : Attribute
{
    /// <summary>How far rows may arrive out of order: a number and <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>. Default: not at all.</summary>
    public string? Lateness { get; set; }
}
