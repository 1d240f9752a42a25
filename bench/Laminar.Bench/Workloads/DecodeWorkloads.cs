using Laminar.Bench.Contenders;
using Laminar.Bench.HandWritten;
using Laminar.Bench.Inputs;
using Laminar.Formats;

namespace Laminar.Bench.Workloads;

/// <summary>
/// From the bytes of a file to a query's result: our decoder and the generated query against the barest loop over the same bytes, and the
/// same file through the file connector.
/// </summary>
public sealed class DecodeWorkloads : IWorkloadGroup
{
    private readonly int _rows;
    private readonly Lazy<Bid[]> _bids;
    private readonly Lazy<byte[]> _json;
    private readonly Lazy<byte[]> _csv;
    private readonly Lazy<byte[]> _arrow;
    private readonly Lazy<string> _folder = new(() => Directory.CreateTempSubdirectory("laminar-bench-").FullName);

    public DecodeWorkloads(Lazy<Bid[]> bids, int rows)
    {
        _bids = bids;
        _rows = Math.Max(1, rows / 10);
        _json = new(() => Keep("bids.jsonl", EncodedBids.Json(Rows)));
        _csv = new(() => Keep("bids.csv", EncodedBids.Csv(Rows)));
        _arrow = new(() => Keep("bids.arrow", EncodedBids.Arrow(Rows)));
    }

    private delegate Outcome Query(Feed<Bid> feed, int rows);

    private delegate Outcome RowLoop(ReadOnlySpan<Bid> bids);

    public IEnumerable<Workload> Workloads =>
    [
        Over("JSON, pass-through", _json, "bids.jsonl", Json, Queries.PassThrough.Info, RowLoops.PassThrough, Generated.PassThrough, n => DecodeLoops.Json(_json.Value, n, default(SumOfColumns))),
        Over("JSON, tumble", _json, "bids.jsonl", Json, Queries.TumbleByAuction.Info, RowLoops.Tumble, Generated.Tumble, n => DecodeLoops.Json(_json.Value, n, new TumblingWindows())),
        Over("CSV, pass-through", _csv, "bids.csv", Csv, Queries.PassThrough.Info, RowLoops.PassThrough, Generated.PassThrough, n => DecodeLoops.Csv(_csv.Value, n, default(SumOfColumns))),
        Over("CSV, tumble", _csv, "bids.csv", Csv, Queries.TumbleByAuction.Info, RowLoops.Tumble, Generated.Tumble, n => DecodeLoops.Csv(_csv.Value, n, new TumblingWindows())),
        Over("Arrow, pass-through", _arrow, "bids.arrow", Arrow, Queries.PassThrough.Info, RowLoops.PassThrough, Generated.PassThrough, n => DecodeLoops.Arrow(_arrow.Value, n, default(SumOfColumns))),
        Over("Arrow, tumble", _arrow, "bids.arrow", Arrow, Queries.TumbleByAuction.Info, RowLoops.Tumble, Generated.Tumble, n => DecodeLoops.Arrow(_arrow.Value, n, new TumblingWindows())),
    ];

    private ReadOnlySpan<Bid> Rows => _bids.Value.AsSpan(0, _rows);

    public void Dispose()
    {
        if (_folder.IsValueCreated)
        {
            Directory.Delete(_folder.Value, recursive: true);
        }
    }

    private Feed<Bid> Json() => new TextFeed<Bid>(_json.Value, () => new JsonFramer(), () => new JsonRowDecoder<Bid>());

    private Feed<Bid> Csv() => new TextFeed<Bid>(
        _csv.Value, () => new CsvFramer(EncodedBids.CsvFormat, keepBlankLines: false), () => new CsvRowDecoder<Bid>(EncodedBids.CsvFormat));

    private Feed<Bid> Arrow() => new ArrowFileFeed<Bid>(_arrow.Value);

    private Workload Over(
        string name, Lazy<byte[]> bytes, string file, Func<Feed<Bid>> feed, QueryInfo info, RowLoop reference, Query generated, Func<int, Outcome> loop) =>
        new(name, info.Sql, n => reference(_bids.Value.AsSpan(0, n)),
        [
            new("hand-written", "bytes", _rows, loop) { WarmsUp = true },
            new("generated", "bytes", _rows, n => generated(feed(), n)) { WarmsUp = true },
            new("connector", "file", _rows, n => generated(new ConnectorFeed<Bid>(Path.Combine(_folder.Value, file)), n)) { WarmsUp = true },
        ])
        { Bytes = () => bytes.Value.Length };

    private byte[] Keep(string file, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(_folder.Value, file), bytes);
        return bytes;
    }
}
