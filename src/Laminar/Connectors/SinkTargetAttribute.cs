namespace Laminar;

/// <summary>
/// On a text property of a sink's options: it names what the sink writes to, and no two sinks may write to the same. The sinks of a pipeline are
/// checked at build.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SinkTargetAttribute : Attribute
{
    /// <summary>A value that any number of sinks may have, such as <c>-</c> for stdout; null for none.</summary>
    public string? Shared { get; set; }

    /// <summary>
    /// A value with which the sink can't take back what it has shown, so that rows may come twice after a crash, such as <c>-</c> for stdout; null
    /// for none. The build says so where a pipeline gives it.
    /// </summary>
    public string? AtLeastOnce { get; set; }
}
