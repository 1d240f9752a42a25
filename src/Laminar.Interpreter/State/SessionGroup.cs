namespace Laminar.Interpreter.State;

/// <summary>A session of one key: where it lies, and what has become of it.</summary>
internal sealed class SessionGroup
{
    public int Key { get; set; }

    public int Slot { get; set; }

    public long Start { get; set; }

    public long End { get; set; }

    /// <summary>Its number, or that of the first of those that it was made of.</summary>
    public long Order { get; set; }

    public long Due { get; set; }

    public bool IsOut { get; set; }

    public bool IsShown { get; set; }

    public bool IsGone { get; set; }

    public long ShownStart { get; set; }

    public long ShownEnd { get; set; }

    public (long Start, long End)? Told { get; set; }

    public (long Start, long End) Bounds => Told ?? (Start, End);
}
