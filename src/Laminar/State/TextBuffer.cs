using System.Buffers;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Laminar.State;

/// <summary>
/// The text keys of one block of groups as UTF-8, one behind the other in unmanaged memory: they come one by one and go all together, with
/// their window. At most 2 GiB.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class TextBuffer
{
    private const int MinimumBytes = 256;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte* _memory;
    private int _capacity;
    private int _used;

    /// <summary>Bytes held.</summary>
    public long Bytes => _capacity;

    /// <summary>Keeps a text.</summary>
    /// <exception cref="LaminarException">It has a lone surrogate, which UTF-8 can't hold.</exception>
    public TextHandle Add(string? text)
    {
        if (text is null)
        {
            return new TextHandle { Length = -1 };
        }

        // Three bytes for a UTF-16 unit are always enough.
        Reserve(_used + (3L * text.Length));
        var room = new Span<byte>(_memory + _used, _capacity - _used);
        if (Ascii.FromUtf16(text, room, out int length) != OperationStatus.Done)
        {
            length = Encode(text, room);
        }

        var handle = new TextHandle { Offset = _used, Length = length };
        _used += length;
        return handle;
    }

    /// <summary>Refuses what <see cref="Add"/> refuses.</summary>
    /// <exception cref="LaminarException">It has a lone surrogate, which UTF-8 can't hold.</exception>
    public static void Validate(string? text)
    {
        try
        {
            _ = text is null ? 0 : Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException e)
        {
            throw LoneSurrogate(e);
        }
    }

    /// <summary>The text behind a handle, as a new string.</summary>
    public string? Get(TextHandle handle) => handle.Length < 0 ? null : Encoding.UTF8.GetString(new ReadOnlySpan<byte>(_memory + handle.Offset, handle.Length));

    /// <summary>Forgets all texts and keeps the room.</summary>
    public void Clear() => _used = 0;

    public void Save(StateWriter state)
    {
        state.Write(_used);
        state.Raw(_memory, _used);
    }

    /// <summary>In place of what it holds.</summary>
    public void Load(StateReader state)
    {
        int used = state.ReadCount();
        Reserve(used);
        state.Raw(_memory, used);
        _used = used;
    }

    /// <summary>Refuses a handle that points outside.</summary>
    public void Check(TextHandle handle, StateReader state)
    {
        if (handle.Length > 0 && (handle.Offset < 0 || (long)handle.Offset + handle.Length > _used))
        {
            throw state.Damaged();
        }
    }

    /// <summary>Gives the memory back: what owns the buffer calls it once.</summary>
    internal void Free()
    {
        NativeMemory.Free(_memory);
        _memory = null;
        _capacity = _used = 0;
    }

    private static int Encode(string text, Span<byte> room)
    {
        try
        {
            return Strict.GetBytes(text, room);
        }
        catch (EncoderFallbackException e)
        {
            throw LoneSurrogate(e);
        }
    }

    private static LaminarException LoneSurrogate(EncoderFallbackException e) =>
        new($"A text has a lone surrogate at position {e.Index}, which UTF-8 can't hold.", e);

    private void Reserve(long bytes)
    {
        if (bytes <= _capacity)
        {
            return;
        }

        if (bytes > int.MaxValue)
        {
            throw new StateLimitException("The text keys of one window need more than 2 GiB on one core.");
        }

        _capacity = (int)Math.Min(int.MaxValue, Math.Max(Math.Max(bytes, 2L * _capacity), MinimumBytes));
        _memory = (byte*)NativeMemory.Realloc(_memory, (nuint)_capacity);
    }
}
