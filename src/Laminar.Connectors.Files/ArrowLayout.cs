namespace Laminar;

/// <summary>Which form of Arrow IPC a sink writes.</summary>
public enum ArrowLayout
{
    /// <summary>The file form, with a footer: readable at random.</summary>
    File,

    /// <summary>The stream form: readable from the front. What stdout always gets.</summary>
    Stream,
}
