using Laminar.Linux;

namespace Laminar.Storage.Tests.Simulation;

/// <summary>An open file of the simulated disk.</summary>
internal sealed class SimulatedFile(SimulatedDevice device, SimulatedInode inode, string name) : IDeviceFile
{
    private readonly List<(long Offset, byte[] Bytes)> _pieces = [];
    private IIoCompletion? _completion;

    public string Name { get; } = name;

    public long Length => inode.Seen.Length;

    public int Read(long offset, Span<byte> destination)
    {
        device.Tick();
        int count = (int)Math.Clamp(inode.Seen.Length - offset, 0, destination.Length);
        inode.Seen.Span.Slice((int)Math.Min(offset, inode.Seen.Length), count).CopyTo(destination);
        return count;
    }

    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        device.Tick();
        device.Take(Math.Max(0, offset + source.Length - inode.Seen.Length));
        inode.Write(offset, source);
    }

    public void Sync()
    {
        device.Tick();
        device.FailSyncMaybe(inode);
        inode.Sync();
    }

    public void SetLength(long length)
    {
        device.Tick();
        inode.SetLength(length);
    }

    public void BeginWrite(IoBuffer buffer, int start, int length, long offset, IIoCompletion completion)
    {
        device.Tick();
        Assert.That(_completion, Is.Null, "one write at a time");
        _completion = completion;

        // Pieces of whole sectors arrive in any order, and the process may be killed between two of them.
        for (int done = 0; done < length;)
        {
            int sectors = 1 + device.Random.Next(8);
            int count = (int)Math.Min(length - done, (sectors * SimulatedInode.SectorBytes) - ((offset + done) % SimulatedInode.SectorBytes));
            _pieces.Add((offset + done, buffer.Span.Slice(start + done, count).ToArray()));
            done += count;
        }

        device.Started(this);
    }

    /// <summary>Writes a piece, or ends with the sync.</summary>
    internal void Proceed()
    {
        IOException? error = null;
        try
        {
            device.Tick();
            if (_pieces.Count > 0)
            {
                int choice = device.Random.Next(_pieces.Count);
                (long offset, byte[] bytes) = _pieces[choice];
                device.Take(Math.Max(0, offset + bytes.Length - inode.Seen.Length));
                inode.Write(offset, bytes);
                _pieces.RemoveAt(choice);
                return;
            }

            device.FailSyncMaybe(inode);
            inode.Sync();
        }
        catch (IOException e)
        {
            error = e;
        }

        IIoCompletion completion = _completion!;
        Abandon();
        device.Ended(this);
        if (!device.IsDead)
        {
            completion.Completed(error);
        }
    }

    internal void Abandon()
    {
        _completion = null;
        _pieces.Clear();
    }

    public void Dispose()
    {
    }
}
