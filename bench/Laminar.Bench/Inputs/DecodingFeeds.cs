using Apache.Arrow;
using Apache.Arrow.Ipc;
using Laminar.Formats;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laminar.Bench.Inputs;

/// <summary>The bytes of a text file in memory: a framer finds records, the generated decoder makes rows of them.</summary>
/// <param name="bytes">The whole file.</param>
/// <param name="framer">A new framer.</param>
/// <param name="decoder">A new decoder; one for CSV is shown the header first.</param>
public sealed class TextFeed<TRow>(byte[] bytes, Func<RecordFramer> framer, Func<IRowDecoder<TRow>> decoder) : Feed<TRow>
    where TRow : ISourceRow<TRow>
{
    private readonly TRow[] _rows = new TRow[1024];

    public override void Push(IStreamInput<TRow> query, Action<RecordBatch> columns, int rows)
    {
        RecordFramer records = framer();
        IRowDecoder<TRow> decode = decoder();
        var header = decode as CsvRowDecoder<TRow>;
        int at = 0, count = 0, left = rows;
        while (left > 0)
        {
            FrameStatus status = records.Next(bytes.AsSpan(at), last: true, out Frame frame);
            if (status == FrameStatus.Record)
            {
                ReadOnlySpan<byte> record = bytes.AsSpan(at + frame.Start, frame.Length);
                if (header is not null)
                {
                    header.ReadHeader(record);
                    header = null;
                }
                else
                {
                    _rows[count++] = decode.Decode(record);
                    left--;
                }
            }
            else if (status != FrameStatus.Skip)
            {
                break;
            }

            at += frame.Consumed;
            if (count == _rows.Length)
            {
                query.Push(_rows);
                count = 0;
            }
        }

        query.Push(_rows.AsSpan(0, count));
    }
}

/// <summary>The bytes of an Arrow file in memory: Apache.Arrow's reader, batches pushed as they are.</summary>
public sealed class ArrowFileFeed<TRow>(byte[] bytes) : Feed<TRow>
{
    public override void Push(IStreamInput<TRow> query, Action<RecordBatch> columns, int rows)
    {
        using var reader = new ArrowFileReader(new MemoryStream(bytes));
        for (int done = 0; done < rows && reader.ReadNextRecordBatch() is { } batch; done += batch.Length)
        {
            using (batch)
            {
                columns(batch);
            }
        }
    }
}

/// <summary>A file through the file connector, as the runtime reads it: with positions to come back to and places for messages.</summary>
public sealed class ConnectorFeed<TRow>(string path) : Feed<TRow>
    where TRow : ISourceRow<TRow>
{
    private static readonly SourceContext Context = new(
        "bench", ErrorPolicy.Fail, DeadLetter: null, CountError: _ => { }, Wake: () => { }, NullLogger.Instance);

    private readonly TRow[] _rows = new TRow[1024];

    public override void Push(IStreamInput<TRow> query, Action<RecordBatch> columns, int rows)
    {
        using IPartitionReader<TRow> reader = new FileSource<TRow>(new FileSourceOptions { Path = path }).Open(0, default, Context);
        ReadStatus status = ReadStatus.More;
        for (int left = rows; left > 0 && status == ReadStatus.More;)
        {
            status = reader.Read(_rows.AsSpan(0, Math.Min(_rows.Length, left)), out int count);
            query.Push(_rows.AsSpan(0, count));
            left -= count;
        }
    }
}
