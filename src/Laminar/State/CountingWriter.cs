using System.Buffers;

namespace Laminar.State;

/// <summary>Counts bytes on their way to a writer, or, without one, bytes that nobody needs yet.</summary>
internal sealed class CountingWriter(IBufferWriter<byte>? target) : IBufferWriter<byte>
{
    private const int ScratchBytes = 64 * 1024;

    private byte[] _scratch = [];

    /// <summary>Bytes written; may pass <see cref="int.MaxValue"/>.</summary>
    public long Count { get; private set; }

    public void Advance(int count)
    {
        target?.Advance(count);
        Count += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => target?.GetMemory(sizeHint) ?? Scratch(sizeHint);

    public Span<byte> GetSpan(int sizeHint = 0) => target is null ? Scratch(sizeHint) : target.GetSpan(sizeHint);

    private byte[] Scratch(int sizeHint)
    {
        if (_scratch.Length < Math.Max(sizeHint, ScratchBytes))
        {
            _scratch = new byte[Math.Max(sizeHint, ScratchBytes)];
        }

        return _scratch;
    }
}
