using Apache.Arrow;

namespace Laminar.Connectors.Files.Reading;

/// <summary>The batches of a file.</summary>
internal sealed class ArrowFileFeed : IBatchFeed
{
    private readonly FileStream _stream;
    private readonly IEnumerator<RecordBatch> _batches;

    public ArrowFileFeed(string path)
    {
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 65_536, FileOptions.SequentialScan);
        _batches = ArrowBatches.Read(_stream).GetEnumerator();
    }

    public bool TryNext(out RecordBatch? batch, out bool ended)
    {
        ended = !_batches.MoveNext();
        batch = ended ? null : _batches.Current;
        return !ended;
    }

    public void Dispose()
    {
        _batches.Dispose();
        _stream.Dispose();
    }
}

/// <summary>The batches of stdin, read on a thread of their own: at most 4 wait.</summary>
internal sealed class ArrowStandardInputFeed : IBatchFeed
{
    private readonly ReadAhead<RecordBatch> _batches;
    private readonly Stream _stream;

    public ArrowStandardInputFeed(Action wake)
    {
        _batches = new ReadAhead<RecordBatch>(4, wake);
        _stream = StandardInput.Take();
        _batches.Start("stdin", () => Batches(_stream));
    }

    public bool TryNext(out RecordBatch? batch, out bool ended) => _batches.TryTake(out batch, out ended);

    public void Dispose()
    {
        _batches.Dispose();
        StandardInput.Release(_stream);
    }

    private static IEnumerable<RecordBatch> Batches(Stream stream)
    {
        using Stream closed = stream;
        foreach (RecordBatch batch in ArrowBatches.Read(stream))
        {
            yield return batch;
        }
    }
}
