using System.Buffers.Binary;

namespace Laminar.Storage;

/// <summary>
/// Batches of rows as compact bytes, for the WAL. A batch starts with a version and a hash of the columns, so bytes of another
/// row type are refused and never misread: version 1 | hash 4 | number of rows | rows, each its NULL bits and its values.
/// </summary>
public static class RowCodec
{
    private const byte Version = 1;
    private const int HeadBytes = 5;

    /// <summary>Appends one batch to <paramref name="buffer"/> (which the caller clears between batches and keeps).</summary>
    public static void Encode<TRow>(ReadOnlySpan<TRow> rows, RowBuffer buffer)
        where TRow : IStreamRow<TRow>
    {
        RowLayout layout = RowLayout.Of<TRow>.Value;
        Span<byte> head = buffer.Reserve(HeadBytes);
        head[0] = Version;
        BinaryPrimitives.WriteUInt32LittleEndian(head[1..], layout.Hash);
        buffer.Advance(HeadBytes);
        var writer = new RowWriter(buffer, layout);
        writer.Unsigned((ulong)rows.Length);
        foreach (ref readonly TRow row in rows)
        {
            writer.BeginRow();
            TRow.Write(in row, ref writer);
        }
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
