using Laminar.State;

namespace Laminar.Runtime.Views;

/// <summary>Compares rows by the bytes of their columns: whatever the columns are, and without the row's kind. Not thread-safe.</summary>
internal sealed class RowBytes<TRow>
    where TRow : IStreamRow<TRow>
{
    private readonly RowBuffer _sought = new();
    private readonly RowBuffer _other = new();

    public int HashOf(in TRow row) => (int)Crc32C.Of(Of(_other, in row));

    public void Seek(in TRow row) => Of(_sought, in row);

    public bool IsIt(in TRow row) => Of(_other, in row).SequenceEqual(_sought.Written);

    private static ReadOnlySpan<byte> Of(RowBuffer buffer, in TRow row)
    {
        buffer.Clear();
        return RowCodec.Encode(new ReadOnlySpan<TRow>(in row), buffer, int.MaxValue, RowBuffer.MaxBytes, out LaminarException? error) == 1 ? buffer.Written : throw error!;
    }
}
