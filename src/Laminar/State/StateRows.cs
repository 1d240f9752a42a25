using System.ComponentModel;

namespace Laminar.State;

/// <summary>Whole rows in a snapshot, as <see cref="RowCodec"/> writes them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class StateRows
{
    private const int PartBytes = 1 << 20;

    /// <summary>How many rows, then they in parts of about a MiB.</summary>
    /// <exception cref="LaminarException">A row is too large.</exception>
    public static void Write<TRow>(StateWriter state, ReadOnlySpan<TRow> rows, RowBuffer buffer)
        where TRow : IStreamRow<TRow>
    {
        state.Write(rows.Length);
        while (rows.Length > 0)
        {
            buffer.Clear();
            int count = RowCodec.Encode(rows, buffer, PartBytes, RowBuffer.MaxBytes, out LaminarException? error);
            if (error is not null)
            {
                throw error;
            }

            state.Write(buffer.Written);
            rows = rows[count..];
        }
    }

    /// <summary>Reads them back.</summary>
    /// <returns>An array with room for at least the rows, which stand first in it.</returns>
    /// <exception cref="SnapshotException">They are of other columns.</exception>
    public static TRow[] Read<TRow>(StateReader state, out int count)
        where TRow : IStreamRow<TRow>
    {
        count = state.ReadCount(0);
        var rows = new List<TRow>();
        try
        {
            while (rows.Count < count)
            {
                ReadOnlySpan<byte> part = state.ReadBytes();
                var some = new TRow[RowCodec.Count<TRow>(part)];
                int read = RowCodec.Decode(part, some.AsSpan());
                if (read == 0 || read > count - rows.Count)
                {
                    throw state.Damaged();
                }

                rows.AddRange(some.AsSpan(0, read));
            }
        }
        catch (RowFormatException e)
        {
            throw new SnapshotException(e.Message, e);
        }

        return [.. rows];
    }
}
