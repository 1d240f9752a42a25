using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace Laminar.Connectors.Files.Reading;

/// <summary>The batches of an Arrow IPC file or stream, whichever it is.</summary>
internal static class ArrowBatches
{
    private static ReadOnlySpan<byte> FileMagic => "ARROW1"u8;

    /// <summary>Reads batches until the end.</summary>
    /// <param name="stream">Stays open. If it can't seek it must be the stream form.</param>
    /// <exception cref="LaminarException">Not Arrow IPC, or cut short.</exception>
    public static IEnumerable<RecordBatch> Read(Stream stream)
    {
        if (stream.CanSeek && stream.Length == 0)
        {
            yield break;
        }

        bool file = stream.CanSeek && IsFile(stream);
        using ArrowStreamReader reader = file ? new ArrowFileReader(stream, leaveOpen: true) : new ArrowStreamReader(stream, leaveOpen: true);
        for (int number = 1; ; number++)
        {
            RecordBatch? batch;
            try
            {
                batch = reader.ReadNextRecordBatch();
            }
            catch (Exception e) when (e is not OutOfMemoryException and not LaminarException)
            {
                // Apache.Arrow reports damage as whatever its parser ran into.
                throw new LaminarException($"batch {number}: not readable as Arrow IPC, the data is damaged or cut short ({e.Message})", e);
            }

            if (batch is null)
            {
                yield break;
            }

            yield return batch;
        }
    }

    /// <summary>The schema at the beginning of a file that this process or another Laminar wrote.</summary>
    public static Schema SchemaOf(Stream stream)
    {
        using ArrowStreamReader reader = IsFile(stream) ? new ArrowFileReader(stream, leaveOpen: true) : new ArrowStreamReader(stream, leaveOpen: true);
        return reader.GetSchema().AsTask().GetAwaiter().GetResult();
    }

    private static bool IsFile(Stream stream)
    {
        Span<byte> magic = stackalloc byte[6];
        int read = stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return read == magic.Length && magic.SequenceEqual(FileMagic);
    }
}
