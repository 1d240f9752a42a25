using System.Buffers;

namespace Laminar.Connectors.Files.Writing;

/// <summary>stdout: rows appear as they come. Nothing can be taken back, so after a crash rows may come twice.</summary>
internal sealed class StandardOutputWriter<TRow> : ISinkWriter<TRow>
    where TRow : IStreamRow<TRow>
{
    private readonly IPartEncoder<TRow> _encoder;
    private readonly Stream _stream = Console.OpenStandardOutput();

    public StandardOutputWriter(IPartEncoder<TRow> encoder)
    {
        _encoder = encoder;
        _encoder.Begin(_stream, atFileStart: true);
    }

    public void Recover(long committed, ReadOnlySpan<byte> token)
    {
    }

    public void Write(ReadOnlySpan<TRow> rows)
    {
        _encoder.Write(rows);
        _encoder.Flush();
        _stream.Flush();
    }

    public void Prepare(long epoch, IBufferWriter<byte> token)
    {
    }

    public void Commit(long epoch, ReadOnlySpan<byte> token)
    {
    }

    public void Dispose()
    {
        _encoder.End();
        _stream.Flush();
        _encoder.Dispose();
    }
}
