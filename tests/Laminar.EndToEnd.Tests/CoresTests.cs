using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

/// <summary>The same rows give the same rows, by itself and through the runtime on 1, 2 and 3 cores, from 1 and from 4 partitions.</summary>
public sealed class CoresTests
{
    private static readonly Tick[] Ticks = MakeTicks(30_000);

    private static IEnumerable<TestCaseData> Shapes() =>
        from cores in new[] { 1, 2, 3 } from partitions in new[] { 1, 4 } select new TestCaseData(cores, partitions);

    [TestCaseSource(nameof(Shapes))]
    public async Task Every_query_gives_the_same_multiset(int cores, int partitions)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores, RingRows = 2048 });
        SourceHandle<Tick> source = laminar.AddSource<Tick>(new SourceOptions { Partitions = partitions });
        QueryHandle<Doubled.Row> doubled = Doubled.AddTo(laminar);
        QueryHandle<Candles.Row> candles = Candles.AddTo(laminar);
        QueryHandle<Venues.Row> venues = Venues.AddTo(laminar);
        QueryHandle<Peak.Row> peak = Peak.AddTo(laminar);
        QueryHandle<LongCandles.Row> longCandles = LongCandles.AddTo(laminar);
        QueryHandle<Samples.Row> samples = Samples.AddTo(laminar);
        QueryHandle<SoFar.Row> soFar = SoFar.AddTo(laminar);
        QueryHandle<Cubes.Row> cubes = Cubes.AddTo(laminar);
        QueryHandle<Rollups.Row> rollups = Rollups.AddTo(laminar);
        QueryHandle<Busiest.Row> busiest = Busiest.AddTo(laminar);
        QueryHandle<Places.Row> places = Places.AddTo(laminar);
        QueryHandle<LiveCounts.Row> live = LiveCounts.AddTo(laminar);
        await laminar.StartAsync();

        Task<List<Doubled.Row>> doubledRows = Rows.Of(doubled);
        Task<List<Candles.Row>> candleRows = Rows.Of(candles);
        Task<List<Venues.Row>> venueRows = Rows.Of(venues);
        Task<List<Peak.Row>> peakRows = Rows.Of(peak);
        Task<List<LongCandles.Row>> longRows = Rows.Of(longCandles);
        Task<List<Samples.Row>> sampleRows = Rows.Of(samples);
        Task<List<SoFar.Row>> soFarRows = Rows.Of(soFar);
        Task<List<Cubes.Row>> cubeRows = Rows.Of(cubes);
        Task<List<Rollups.Row>> rollupRows = Rows.Of(rollups);
        Task<List<Busiest.Row>> busiestRows = Rows.Of(busiest);
        Task<List<Places.Row>> placeRows = Rows.Of(places);
        Task<List<LiveCounts.Row>> liveRows = Rows.Of(live);
        await Task.WhenAll(Enumerable.Range(0, partitions).Select(partition => Task.Run(() => Push(source, partition, partitions))));
        source.Complete();

        Assert.Multiple(async () =>
        {
            AssertSameRows(await doubledRows, Reference.Doubled);
            AssertSameRows(await candleRows, Reference.Candles);
            AssertSameRows(await venueRows, Reference.Venues);
            AssertSameRows(await peakRows, Reference.Peaks);
            AssertSameRows(await longRows, Reference.LongCandles);
            AssertSameRows(await sampleRows, Reference.Samples);
            AssertSameRows(await soFarRows, Reference.SoFar);
            AssertSameRows(await cubeRows, Reference.Cubes);
            AssertSameRows(await rollupRows, Reference.Rollups);
            AssertSameRows(await busiestRows, Reference.Busiest);
            AssertSameRows(await placeRows, Reference.Places);
            AssertSameRows(Final(await liveRows), Final(Reference.Live));
            Assert.That(candles.Statistics.LateRows, Is.Zero);
        });
    }

    /// <summary>The same rows as often, in whatever order; sorted, since comparing each with each takes minutes.</summary>
    private static void AssertSameRows<TRow>(List<TRow> actual, List<TRow> expected) =>
        Assert.That(
            actual.Select(row => row!.ToString()).Order(StringComparer.Ordinal),
            Is.EqualTo(expected.Select(row => row!.ToString()).Order(StringComparer.Ordinal)).AsCollection);

    private static Task Push(SourceHandle<Tick> source, int partition, int partitions) => Rows.PushAsync(source, Ticks, 173, partition, partitions);

    /// <summary>Applies a changelog: what is left is the result.</summary>
    private static List<LiveCounts.Row> Final(IEnumerable<LiveCounts.Row> changes)
    {
        var result = new Dictionary<(string, DateTime), LiveCounts.Row>();
        foreach (LiveCounts.Row change in changes)
        {
            (string, DateTime) key = (change.Symbol, change.WindowStart);
            switch (change.Kind)
            {
                case RowKind.Insert:
                    result.Add(key, change);
                    break;
                case RowKind.UpdateBefore:
                    Assert.That(result[key] with { Kind = RowKind.UpdateBefore }, Is.EqualTo(change));
                    break;
                case RowKind.UpdateAfter:
                    result[key] = change with { Kind = RowKind.Insert };
                    break;
                default:
                    Assert.That(result.Remove(key), Is.True);
                    break;
            }
        }

        return [.. result.Values];
    }

    /// <summary>Up to two seconds of disorder, no two rows of one instant.</summary>
    private static Tick[] MakeTicks(int count)
    {
        var random = new Random(7);
        string[] symbols = [.. Enumerable.Range(0, 23).Select(i => $"SYM{i}")];
        return [.. Enumerable.Range(0, count).Select(i => new Tick(
            symbols[random.Next(symbols.Length)],
            random.Next(3) == 0 ? null : random.Next(4),
            random.Next(1000) / 4.0,
            random.Next(50),
            new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMilliseconds((i * 7) - random.Next(2000)).AddTicks(i)))];
    }

    /// <summary>The same queries by themselves on one thread.</summary>
    private static class Reference
    {
        public static readonly List<Doubled.Row> Doubled = [];
        public static readonly List<Candles.Row> Candles = [];
        public static readonly List<Venues.Row> Venues = [];
        public static readonly List<Peak.Row> Peaks = [];
        public static readonly List<LongCandles.Row> LongCandles = [];
        public static readonly List<Samples.Row> Samples = [];

        public static readonly List<Cubes.Row> Cubes = [];

        public static readonly List<Rollups.Row> Rollups = [];
        public static readonly List<Busiest.Row> Busiest = [];
        public static readonly List<Places.Row> Places = [];

        public static readonly List<SoFar.Row> SoFar = [];
        public static readonly List<LiveCounts.Row> Live = [];

        static Reference()
        {
            Run(EndToEnd.Tests.Doubled.Create(Doubled.Add));
            Run(EndToEnd.Tests.Candles.Create(Candles.Add));
            Run(EndToEnd.Tests.Venues.Create(Venues.Add));
            Run(Peak.Create(Peaks.Add));
            Run(EndToEnd.Tests.LongCandles.Create(LongCandles.Add));
            Run(EndToEnd.Tests.Samples.Create(Samples.Add));
            Run(EndToEnd.Tests.Cubes.Create(Cubes.Add));
            Run(EndToEnd.Tests.Rollups.Create(Rollups.Add));
            Run(EndToEnd.Tests.Busiest.Create(Busiest.Add));
            Run(EndToEnd.Tests.Places.Create(Places.Add));
            Run(EndToEnd.Tests.SoFar.Create(SoFar.Add));
            Run(LiveCounts.Create(Live.Add));
        }

        private static void Run<TRow>(IStreamQuery<TRow> query)
        {
            using (query)
            {
                ((IStreamInput<Tick>)query).Push(Ticks.AsSpan());
                query.Complete();
            }
        }
    }
}
