namespace Laminar.Storage;

/// <summary>
/// Batches of rows as compact bytes, for the WAL. A batch starts with a version and a hash of the columns, so bytes of another
/// row type are refused and never misread.
/// </summary>
public static class RowCodec
{
    /// <summary>Appends one batch to <paramref name="buffer"/> (which the caller clears between batches and keeps).</summary>
    public static void Encode<TRow>(ReadOnlySpan<TRow> rows, RowBuffer buffer)
        where TRow : IStreamRow<TRow> => throw new LaminarException("" + rows.Length + buffer);

    /// <summary>The number of rows in a batch.</summary>
    public static int Count(ReadOnlySpan<byte> batch) => throw new LaminarException("" + batch.Length);

    /// <summary>Decodes a batch; <paramref name="rows"/> must have room for <see cref="Count"/>.</summary>
    /// <exception cref="RowFormatException">The bytes are of other columns, or cut short.</exception>
    public static int Decode<TRow>(ReadOnlySpan<byte> batch, Span<TRow> rows)
        where TRow : IStreamRow<TRow> => throw new LaminarException("" + batch.Length + rows.Length);
}
