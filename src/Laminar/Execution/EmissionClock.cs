using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// When changes are due by the wall clock: at multiples of an interval since 1970. The clock is as it was said last, be that earlier than before: one that is
/// set back makes changes due at once, and goes on from there, so that nothing ever waits for a time that was wrong.
/// </summary>
internal sealed class EmissionClock(WindowLayout layout)
{
    private long _now = long.MinValue;

    /// <summary>The next moment; the first of all readings is one.</summary>
    public long Next => _now == long.MinValue ? _now : NextAfter(_now);

    /// <summary>Takes a reading.</summary>
    /// <returns>True: a moment has passed since the one before.</returns>
    public bool Passes(long now)
    {
        bool passes = _now == long.MinValue || NextAfter(now) != NextAfter(_now);
        _now = now;
        return passes;
    }

    public void Save(StateWriter state) => state.Write(_now);

    public void Load(StateReader state) => _now = state.Read<long>();

    private long NextAfter(long now) => PaneMath.NextEnd(now, layout.EmitOrigin, layout.EmitInterval);
}
