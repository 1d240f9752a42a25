namespace Laminar.Storage.Tests.Simulation;

/// <summary>
/// A file apart from its name: what programs see, what the disk holds, and the changes between the two. A change is a piece of a write within
/// one sector, or a new length.
/// </summary>
internal sealed class SimulatedInode
{
    public const int SectorBytes = 512;
    private readonly List<(int Offset, byte[]? Bytes, int Length)> _unsynced = [];
    private int _lengthOnceSynced;

    public SimulatedBytes Seen { get; private set; } = new();

    public SimulatedBytes Durable { get; private set; } = new();

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        // A failed sync may have forgotten a growth that programs still see: a write there brings the length along once more, so that a sync
        // that goes well has made every byte written before it durable.
        if (offset + bytes.Length > Math.Min(Seen.Length, _lengthOnceSynced))
        {
            SetLength(Math.Max(Seen.Length, offset + bytes.Length));
        }

        int at = (int)offset;
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, SectorBytes - (at % SectorBytes));
            Seen.Write(at, bytes[..count]);
            _unsynced.Add((at, bytes[..count].ToArray(), 0));
            at += count;
            bytes = bytes[count..];
        }
    }

    public void SetLength(long length)
    {
        Seen.SetLength((int)length);
        _unsynced.Add((0, null, (int)length));
        _lengthOnceSynced = (int)length;
    }

    public void Sync()
    {
        foreach ((int offset, byte[]? bytes, int length) in _unsynced)
        {
            Apply(offset, bytes, length);
        }

        _unsynced.Clear();
    }

    /// <summary>A sync that failed: the system forgets that the pages were dirty. Some have arrived, the others never will.</summary>
    public void FailSync(Random random)
    {
        LoseUnsynced(random, keepSeen: true);
    }

    /// <summary>The power goes: any of the changes may have reached the disk, in any combination.</summary>
    public void LosePower(Random random) => LoseUnsynced(random, keepSeen: false);

    private void LoseUnsynced(Random random, bool keepSeen)
    {
        int chance = random.Next(5); // 0: none arrived ... 4: all
        foreach ((int offset, byte[]? bytes, int length) in _unsynced)
        {
            if (random.Next(4) < chance && (bytes is null || offset + bytes.Length <= Durable.Length))
            {
                Apply(offset, bytes, length);
            }
        }

        _unsynced.Clear();
        _lengthOnceSynced = Durable.Length;
        if (!keepSeen)
        {
            Seen = Durable.Clone();
        }
    }

    private void Apply(int offset, byte[]? bytes, int length)
    {
        if (bytes is null)
        {
            Durable.SetLength(length);
        }
        else if (offset + bytes.Length <= Durable.Length)
        {
            Durable.Write(offset, bytes);
        }
    }
}
