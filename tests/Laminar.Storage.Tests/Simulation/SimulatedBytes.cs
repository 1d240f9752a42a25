namespace Laminar.Storage.Tests.Simulation;

/// <summary>A file's content that grows with zeros.</summary>
internal sealed class SimulatedBytes
{
    private byte[] _data = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _data.AsSpan(0, Length);

    public SimulatedBytes Clone() => new() { _data = Span.ToArray(), Length = Length };

    public void SetLength(int length)
    {
        if (length > _data.Length)
        {
            Array.Resize(ref _data, Math.Max(length, _data.Length * 2));
        }

        if (length < Length)
        {
            _data.AsSpan(length, Length - length).Clear();
        }

        Length = length;
    }

    public void Write(int offset, ReadOnlySpan<byte> bytes)
    {
        if (offset + bytes.Length > Length)
        {
            SetLength(offset + bytes.Length);
        }

        bytes.CopyTo(_data.AsSpan(offset));
    }

    /// <summary>Inverts one bit.</summary>
    public void Flip(int offset, int bit) => _data[offset] ^= (byte)(1 << bit);
}
