using System.Buffers.Binary;

namespace Laminar.State;

/// <summary>
/// Batches of rows as compact bytes, for the WAL and for rows kept as state. A batch starts with a version and a hash of the columns, so bytes of another
/// row type are refused and never misread: version 1 | hash 4 | number of rows | rows, each its NULL bits and its values.
/// </summary>
[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
public static class RowCodec
{
    private const byte Version = 1;
    private const int HeadBytes = 5;

    /// <summary>Appends a batch of as many rows from the front as fit.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="buffer">Where to; the caller clears it between batches and keeps it.</param>
    /// <param name="enough">Once the batch has so many bytes no further row is added.</param>
    /// <param name="most">Bytes of the batch at most.</param>
    /// <param name="error">Why the first row can't be in a batch; null when the answer is positive.</param>
    /// <returns>Rows in the batch; 0 when the first can't be encoded or is too large by itself, then the buffer is as it was.</returns>
    public static int Encode<TRow>(ReadOnlySpan<TRow> rows, RowBuffer buffer, int enough, int most, out LaminarException? error)
        where TRow : IStreamRow<TRow>
    {
        int start = buffer.Length;
        RowWriter writer = Begin<TRow>(buffer);
        int countAt = buffer.Length;
        writer.Unsigned((ulong)rows.Length);
        int count = 0;
        int end = buffer.Length;
        error = null;
        try
        {
            while (count < rows.Length && (count == 0 || end - start < enough))
            {
                writer.BeginRow();
                TRow.Write(in rows[count], ref writer);
                if (buffer.Length - start > most)
                {
                    throw new LaminarException($"The row takes {buffer.Length - end} bytes; {most - (end - start)} are allowed.");
                }

                end = buffer.Length;
                count++;
            }
        }
        catch (LaminarException e)
        {
            // The rows before it are fine; the next call begins with this one.
            error = count == 0 ? e : null;
            buffer.Truncate(count == 0 ? start : end);
        }

        if (count > 0 && count < rows.Length)
        {
            WriteCount(buffer.At(countAt), count, rows.Length);
        }

        return count;
    }

    /// <summary>The number of rows in a batch.</summary>
    /// <exception cref="RowFormatException">The bytes are of other columns, or cut short.</exception>
    public static int Count<TRow>(ReadOnlySpan<byte> batch)
        where TRow : IStreamRow<TRow> => Open<TRow>(batch, out _);

    /// <summary>Decodes a batch and answers with its number of rows; <paramref name="rows"/> must have room for <see cref="Count"/>.</summary>
    /// <exception cref="RowFormatException">The bytes are of other columns, or cut short.</exception>
    public static int Decode<TRow>(ReadOnlySpan<byte> batch, Span<TRow> rows)
        where TRow : IStreamRow<TRow>
    {
        int count = Open<TRow>(batch, out RowReader reader);
        if (rows.Length < count)
        {
            throw new ArgumentException($"There is room for {rows.Length} rows, and the batch has {count}.", nameof(rows));
        }

        try
        {
            for (int i = 0; i < count; i++)
            {
                reader.BeginRow();
                rows[i] = TRow.Read(ref reader);
                reader.EndRow();
            }
        }
        catch (ArgumentException e)
        {
            throw new RowFormatException(-1, "The batch holds a value that can't be: " + e.Message, e);
        }

        return reader.AtEnd ? count : throw new RowFormatException(-1, "The batch is longer than its rows.");
    }

    private static RowWriter Begin<TRow>(RowBuffer buffer)
        where TRow : IStreamRow<TRow>
    {
        RowLayout layout = RowLayout.Of<TRow>.Value;
        Span<byte> head = buffer.Reserve(HeadBytes);
        head[0] = Version;
        BinaryPrimitives.WriteUInt32LittleEndian(head[1..], layout.Hash);
        buffer.Advance(HeadBytes);
        return new RowWriter(buffer, layout);
    }

    /// <summary>Writes the number of rows over a larger one, in as many bytes: padded with bytes that add nothing.</summary>
    private static void WriteCount(Span<byte> place, int count, int larger)
    {
        int at = 0;
        for (; larger >= 0x80; larger >>= 7, count >>= 7)
        {
            place[at++] = (byte)(count | 0x80);
        }

        place[at] = (byte)count;
    }

    private static int Open<TRow>(ReadOnlySpan<byte> batch, out RowReader reader)
        where TRow : IStreamRow<TRow>
    {
        RowLayout layout = RowLayout.Of<TRow>.Value;
        reader = new RowReader(batch, layout);
        ReadOnlySpan<byte> head = reader.Take(HeadBytes);
        if (head[0] != Version)
        {
            throw new RowFormatException(-1, $"The batch is of format {head[0]}, and this version of Laminar reads {Version}.");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(head[1..]) != layout.Hash)
        {
            throw new RowFormatException(
                -1, $"The batch was written with other columns than {TRow.Schema.Name} has now: take the change to the row type back, or use an empty folder.");
        }

        ulong count = reader.Number();
        return count <= (ulong)batch.Length || layout.Types.Length == 0
            ? (int)count
            : throw new RowFormatException(-1, $"The batch of {batch.Length} bytes can't hold {count} rows.");
    }
}
