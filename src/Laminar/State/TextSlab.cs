using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Laminar.State;

/// <summary>
/// Texts of keys as UTF-8 in one unmanaged arena, by handle. Room comes in powers of two from 16 bytes, freed room is chained per size (in
/// its own first bytes) and reused; a text above 1 GiB is refused.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class TextSlab : IDisposable
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private const int ChunkBytes = 16;
    private const int Sizes = 27;

    private readonly int[] _free = new int[Sizes];
    private byte* _memory;
    private int _chunks = 1024;
    private int _used;

    public TextSlab()
    {
        _memory = (byte*)NativeMemory.Alloc((nuint)_chunks * ChunkBytes);
        Array.Fill(_free, -1);
    }

    ~TextSlab() => Free();

    /// <summary>Bytes held.</summary>
    public long Bytes => (long)_chunks * ChunkBytes;

    /// <summary>Keeps a text.</summary>
    /// <exception cref="LaminarException">It has a lone surrogate, which UTF-8 can't hold.</exception>
    public TextHandle Add(string? text)
    {
        if (text is null)
        {
            return new TextHandle { Length = -1 };
        }

        int length = ByteCount(text);
        int chunk = Take(SizeOf(length));
        Encoding.UTF8.GetBytes(text, new Span<byte>(_memory + ((long)chunk * ChunkBytes), length));
        return new TextHandle { Chunk = chunk, Length = length };
    }

    /// <summary>The text behind a handle, as a new string.</summary>
    public string? Get(TextHandle handle) =>
        handle.Length < 0 ? null : Encoding.UTF8.GetString(_memory + ((long)handle.Chunk * ChunkBytes), handle.Length);

    /// <summary>Gives a text's room back.</summary>
    public void Remove(TextHandle handle)
    {
        if (handle.Length < 0)
        {
            return;
        }

        int size = SizeOf(handle.Length);
        *(int*)(_memory + ((long)handle.Chunk * ChunkBytes)) = _free[size];
        _free[size] = handle.Chunk;
    }

    public void Save(StateWriter state)
    {
        state.Write(_used);
        foreach (int head in _free)
        {
            state.Write(head);
        }

        state.Raw(_memory, (long)_used * ChunkBytes);
    }

    /// <summary>Into a fresh slab.</summary>
    public void Load(StateReader state)
    {
        int used = state.ReadCount(ChunkBytes);
        for (int i = 0; i < Sizes; i++)
        {
            _free[i] = state.Read<int>();
            if (_free[i] >= used)
            {
                throw state.Damaged();
            }
        }

        Reserve(used);
        state.Raw(_memory, (long)used * ChunkBytes);
        _used = used;
    }

    /// <summary>Refuses a handle that points outside.</summary>
    public void Check(TextHandle handle, StateReader state)
    {
        if (handle.Length > 0 && (handle.Chunk < 0 || ((long)handle.Chunk * ChunkBytes) + handle.Length > (long)_used * ChunkBytes))
        {
            throw state.Damaged();
        }
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Size class: room of 16 bytes shifted by it.</summary>
    private static int SizeOf(int length) => length <= ChunkBytes ? 0 : 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)(length - 1) >> 4);

    private static int ByteCount(string text)
    {
        try
        {
            return Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw new LaminarException($"A text has a lone surrogate at position {e.Index}, which UTF-8 can't hold.", e);
        }
    }

    private int Take(int size)
    {
        int chunk = _free[size];
        if (chunk >= 0)
        {
            _free[size] = *(int*)(_memory + ((long)chunk * ChunkBytes));
            return chunk;
        }

        chunk = _used;
        Reserve((long)_used + (1L << size));
        _used += 1 << size;
        return chunk;
    }

    private void Reserve(long chunks)
    {
        if (chunks <= _chunks)
        {
            return;
        }

        if (chunks > 1 << 27)
        {
            throw new LaminarException("The text keys of a query need more than 2 GiB on one core.");
        }

        while (_chunks < chunks)
        {
            _chunks *= 2;
        }

        _memory = (byte*)NativeMemory.Realloc(_memory, (nuint)_chunks * ChunkBytes);
    }

    private void Free()
    {
        NativeMemory.Free(_memory);
        _memory = null;
    }
}
