namespace Laminar.Interpreter.Operators;

/// <summary>Tells when a multiple of an interval has passed since the last reading of the wall clock, forward or back.</summary>
/// <param name="interval">In ticks, from 1970 on.</param>
internal sealed class WallClock(long interval)
{
    private long? _now;

    /// <summary>Takes a reading, in ticks UTC. The first one always passes.</summary>
    public bool Passes(long now)
    {
        bool passes = _now is not { } before || Count(before) != Count(now);
        _now = now;
        return passes;
    }

    public void Save(BinaryWriter writer) => writer.Write(_now ?? long.MinValue);

    public void Load(BinaryReader reader) => _now = reader.ReadInt64() is var now and not long.MinValue ? now : null;

    private Int128 Count(long now)
    {
        Int128 past = (Int128)now - DateTime.UnixEpoch.Ticks;
        return (past / interval) - (past < 0 && past % interval != 0 ? 1 : 0);
    }
}
