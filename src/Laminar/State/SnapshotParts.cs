using System.Buffers;
using System.Buffers.Binary;
using System.ComponentModel;
using Laminar.Execution;

namespace Laminar.State;

/// <summary>The snapshots of a chain of operators, one behind the other, each behind its length.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SnapshotParts
{
    /// <summary>
    /// Appends an operator's snapshot. It is made twice, first to know its length: that costs little more than copying it, and no memory however long it is.
    /// </summary>
    public static void Write<TIn>(IBufferWriter<byte> writer, Operator<TIn> part) => Write(writer, part.Snapshot);

    /// <summary>Appends what a call writes, in the same way.</summary>
    internal static void Write(IBufferWriter<byte> writer, Action<IBufferWriter<byte>> snapshot)
    {
        var length = new CountingWriter(null);
        snapshot(length);
        BinaryPrimitives.WriteInt64LittleEndian(writer.GetSpan(sizeof(long)), length.Count);
        writer.Advance(sizeof(long));
        var written = new CountingWriter(writer);
        snapshot(written);
        if (written.Count != length.Count)
        {
            throw new SnapshotException($"Two snapshots of one state have {length.Count} and {written.Count} bytes: the query was used while it was saved.");
        }
    }

    /// <summary>Takes the next part off the front.</summary>
    /// <exception cref="SnapshotException">Cut short.</exception>
    public static ReadOnlySequence<byte> Take(ref ReadOnlySequence<byte> rest)
    {
        var reader = new SequenceReader<byte>(rest);
        if (!reader.TryReadLittleEndian(out long length) || length < 0 || length > reader.Remaining)
        {
            throw new SnapshotException("The snapshot is cut short or of another query.");
        }

        ReadOnlySequence<byte> part = reader.UnreadSequence.Slice(0, length);
        rest = reader.UnreadSequence.Slice(length);
        return part;
    }

    /// <summary>Takes a number off the front.</summary>
    /// <exception cref="SnapshotException">Cut short.</exception>
    internal static long TakeNumber(ref ReadOnlySequence<byte> rest)
    {
        var reader = new SequenceReader<byte>(rest);
        if (!reader.TryReadLittleEndian(out long number))
        {
            throw new SnapshotException("The snapshot is cut short or of another query.");
        }

        rest = reader.UnreadSequence;
        return number;
    }

    /// <summary>Nothing may be left.</summary>
    /// <exception cref="SnapshotException">Something is: it is of another query.</exception>
    public static void End(ReadOnlySequence<byte> rest)
    {
        if (!rest.IsEmpty)
        {
            throw new SnapshotException($"The snapshot has {rest.Length} bytes too many: it is of another query.");
        }
    }
}
