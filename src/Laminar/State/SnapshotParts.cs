using System.Buffers;
using System.Buffers.Binary;
using System.ComponentModel;
using Laminar.Execution;

namespace Laminar.State;

/// <summary>The snapshots of a chain of operators, one behind the other, each behind its length.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SnapshotParts
{
    /// <summary>Appends an operator's snapshot.</summary>
    public static void Write<TIn>(IBufferWriter<byte> writer, Operator<TIn> part)
    {
        var buffer = new ArrayBufferWriter<byte>();
        part.Snapshot(buffer);
        BinaryPrimitives.WriteInt32LittleEndian(writer.GetSpan(sizeof(int)), buffer.WrittenCount);
        writer.Advance(sizeof(int));
        writer.Write(buffer.WrittenSpan);
    }

    /// <summary>Takes the next part off the front.</summary>
    /// <exception cref="SnapshotException">Cut short.</exception>
    public static ReadOnlySequence<byte> Take(ref ReadOnlySequence<byte> rest)
    {
        var reader = new SequenceReader<byte>(rest);
        if (!reader.TryReadLittleEndian(out int length) || length < 0 || length > reader.Remaining)
        {
            throw new SnapshotException("The snapshot is cut short or of another query.");
        }

        ReadOnlySequence<byte> part = reader.UnreadSequence.Slice(0, length);
        rest = reader.UnreadSequence.Slice(length);
        return part;
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
