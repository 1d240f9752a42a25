using System.Buffers;
using System.Buffers.Binary;
using Laminar.State;

namespace Laminar.Runtime.Views;

/// <summary>A view's rows as a section of a snapshot: version 1, then batches of rows, each its length (4 bytes) and what <see cref="RowCodec"/> makes of it; a length of 0 ends them.</summary>
internal static class ViewSection
{
    private const byte Version = 1;
    private const int BatchRows = 256;

    public static void Write<TRow>(IBufferWriter<byte> writer, ViewVersion<TRow> rows)
        where TRow : IStreamRow<TRow>
    {
        writer.GetSpan(1)[0] = Version;
        writer.Advance(1);
        var buffer = new RowBuffer();
        var batch = new TRow[BatchRows];
        int count = 0;
        for (int slot = 0; slot < rows.Slots; slot++)
        {
            ref readonly ViewSlot<TRow> at = ref rows.At(slot);
            if (at.Previous == ViewSlot<TRow>.Free)
            {
                continue;
            }

            batch[count++] = at.Row;
            if (count == BatchRows)
            {
                WriteBatch(writer, buffer, batch);
                count = 0;
            }
        }

        WriteBatch(writer, buffer, batch.AsSpan(0, count));
        WriteLength(writer, 0);
    }

    /// <exception cref="SnapshotException">It is damaged, or of other columns.</exception>
    public static void Read<TRow>(ReadOnlySequence<byte> section, string name, ReadOnlySpanAction<TRow> apply)
        where TRow : IStreamRow<TRow>
    {
        var reader = new SequenceReader<byte>(section);
        if (!reader.TryRead(out byte version) || version != Version)
        {
            throw new SnapshotException($"The saved rows of {name} are of another version of Laminar.Runtime.");
        }

        var rows = new TRow[BatchRows];
        while (true)
        {
            if (!reader.TryReadLittleEndian(out int length) || length < 0 || !reader.TryReadExact(length, out ReadOnlySequence<byte> bytes))
            {
                throw new SnapshotException($"The saved rows of {name} are cut short.");
            }

            if (length == 0)
            {
                return;
            }

            try
            {
                byte[] batch = bytes.ToArray();
                int count = RowCodec.Count<TRow>(batch);
                rows = count > rows.Length ? new TRow[count] : rows;
                apply(rows.AsSpan(0, RowCodec.Decode(batch, rows.AsSpan())));
            }
            catch (RowFormatException e)
            {
                throw new SnapshotException($"The saved rows of {name} can't be read: {e.Message}", e);
            }
        }
    }

    private static void WriteBatch<TRow>(IBufferWriter<byte> writer, RowBuffer buffer, ReadOnlySpan<TRow> rows)
        where TRow : IStreamRow<TRow>
    {
        while (rows.Length > 0)
        {
            buffer.Clear();
            int count = RowCodec.Encode(rows, buffer, 1 << 20, RowBuffer.MaxBytes, out LaminarException? error);
            if (count == 0)
            {
                throw error!;
            }

            WriteLength(writer, buffer.Length);
            writer.Write(buffer.Written);
            rows = rows[count..];
        }
    }

    private static void WriteLength(IBufferWriter<byte> writer, int length)
    {
        BinaryPrimitives.WriteInt32LittleEndian(writer.GetSpan(sizeof(int)), length);
        writer.Advance(sizeof(int));
    }
}

/// <summary>Takes rows that are only borrowed.</summary>
internal delegate void ReadOnlySpanAction<TRow>(ReadOnlySpan<TRow> rows);
