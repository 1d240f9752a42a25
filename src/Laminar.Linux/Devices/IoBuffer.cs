using System.Runtime.InteropServices;

namespace Laminar.Linux;

/// <summary>Page-aligned native memory for I/O. Zeroed at first.</summary>
public sealed unsafe class IoBuffer : IDisposable
{
    private readonly Action<IoBuffer>? _released;
    private byte* _pointer;

    /// <param name="bytes">At least 1.</param>
    /// <param name="registeredIndex">Index in the ring's table of registered buffers, or -1.</param>
    /// <param name="released">Called once, before the memory is freed.</param>
    internal IoBuffer(int bytes, int registeredIndex, Action<IoBuffer>? released)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        _pointer = (byte*)NativeMemory.AlignedAlloc((nuint)bytes, (nuint)Environment.SystemPageSize);
        NativeMemory.Clear(_pointer, (nuint)bytes);
        Length = bytes;
        RegisteredIndex = registeredIndex;
        _released = released;
    }

    /// <summary>A buffer that no ring knows.</summary>
    public IoBuffer(int bytes)
        : this(bytes, -1, null)
    {
    }

    ~IoBuffer() => Free();

    /// <summary>Bytes.</summary>
    public int Length { get; }

    /// <summary>The whole memory.</summary>
    public Span<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pointer is null, this);
            return new Span<byte>(_pointer, Length);
        }
    }

    internal int RegisteredIndex { get; set; }

    internal byte* Pointer => _pointer;

    public void Dispose()
    {
        if (_pointer is not null)
        {
            _released?.Invoke(this);
            Free();
            GC.SuppressFinalize(this);
        }
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_pointer);
        _pointer = null;
    }
}
