using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Laminar.Bench.HandWritten;
using Laminar.Bench.Inputs;
using Laminar.Formats;

namespace Laminar.Bench.Micro;

/// <summary>One row from bytes, per row: finding the record, making the row of it, and the barest loop that does both and checks nothing.</summary>
[Config(typeof(MicroConfig))]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class RowDecode
{
    private const int Rows = 4096;

    private readonly JsonRowDecoder<Bid> _jsonDecoder = new();
    private readonly CsvRowDecoder<Bid> _csvDecoder = new(EncodedBids.CsvFormat);
    private readonly byte[] _json = EncodedBids.Json(Bids.InOrder(Rows));
    private readonly byte[] _csv = EncodedBids.Csv(Bids.InOrder(Rows));
    private ReadOnlyMemory<byte>[] _jsonRecords = null!;
    private ReadOnlyMemory<byte>[] _csvRecords = null!;

    [GlobalSetup]
    public void Setup()
    {
        _jsonRecords = Cut(_json, new JsonFramer());
        _csvRecords = Cut(_csv, NewCsvFramer());
        _csvDecoder.ReadHeader(_csvRecords[0].Span);
        _csvRecords = _csvRecords[1..];
    }

    [BenchmarkCategory("JSON"), Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public Outcome BareJson() => DecodeLoops.Json(_json, Rows, default(SumOfColumns));

    [BenchmarkCategory("JSON"), Benchmark(OperationsPerInvoke = Rows)]
    public int FrameJson() => Frame(_json, new JsonFramer());

    [BenchmarkCategory("JSON"), Benchmark(OperationsPerInvoke = Rows)]
    public long DecodeJson() => Decode(_jsonDecoder, _jsonRecords);

    [BenchmarkCategory("CSV"), Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public Outcome BareCsv() => DecodeLoops.Csv(_csv, Rows, default(SumOfColumns));

    [BenchmarkCategory("CSV"), Benchmark(OperationsPerInvoke = Rows)]
    public int FrameCsv() => Frame(_csv, NewCsvFramer());

    [BenchmarkCategory("CSV"), Benchmark(OperationsPerInvoke = Rows)]
    public long DecodeCsv() => Decode(_csvDecoder, _csvRecords);

    private static CsvFramer NewCsvFramer() => new(EncodedBids.CsvFormat, keepBlankLines: false);

    private static long Decode(IRowDecoder<Bid> decoder, ReadOnlyMemory<byte>[] records)
    {
        long sum = 0;
        foreach (ReadOnlyMemory<byte> record in records)
        {
            sum += decoder.Decode(record.Span).Price;
        }

        return sum;
    }

    private static int Frame(byte[] bytes, RecordFramer framer)
    {
        int records = 0;
        for (int at = 0; framer.Next(bytes.AsSpan(at), last: true, out Frame frame) is FrameStatus.Record or FrameStatus.Skip; at += frame.Consumed)
        {
            records++;
        }

        return records;
    }

    private static ReadOnlyMemory<byte>[] Cut(byte[] bytes, RecordFramer framer)
    {
        var records = new List<ReadOnlyMemory<byte>>();
        for (int at = 0; framer.Next(bytes.AsSpan(at), last: true, out Frame frame) is FrameStatus.Record; at += frame.Consumed)
        {
            records.Add(bytes.AsMemory(at + frame.Start, frame.Length));
        }

        return [.. records];
    }
}
