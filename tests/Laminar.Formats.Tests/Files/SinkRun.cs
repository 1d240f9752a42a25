using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laminar.Formats.Tests;

/// <summary>Drives a sink as a runtime does: epochs, manifests, crashes.</summary>
public static class SinkRun
{
    public static SinkContext Context { get; } = new("out", NullLogger.Instance);

    public static byte[] Prepare<TRow>(ISinkWriter<TRow> writer, long epoch)
    {
        var token = new ArrayBufferWriter<byte>();
        writer.Prepare(epoch, token);
        return token.WrittenSpan.ToArray();
    }

    /// <summary>Writes the rows in one epoch, committed.</summary>
    public static void Write<TRow>(IConnectorSink<TRow> sink, params TRow[] rows)
    {
        using ISinkWriter<TRow> writer = sink.Open(Context);
        writer.Recover(0, default);
        writer.Write(rows);
        writer.Commit(1, Prepare(writer, 1));
    }
}
