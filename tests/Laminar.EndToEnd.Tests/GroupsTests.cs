using System.Text.Json;
using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

[StreamQuery("""
    SELECT symbol, venue, GROUPING(symbol, venue) AS g, window_start, window_end, COUNT(*) AS n, SUM(volume) AS volume
    FROM ticks GROUP BY ROLLUP(symbol, venue), SESSION(ts, INTERVAL '0.4' SECOND)
    """)]
public sealed partial class SetSessions;

[StreamQuery("SELECT symbol, GROUPING(symbol) AS g, COUNT(*) AS n, SUM(volume) AS volume FROM ticks WHERE volume < 0 GROUP BY ROLLUP(symbol) EMIT FINAL")]
public sealed partial class OfNothing;

[StreamQuery("""
    SELECT symbol, window_start, ARRAY_AGG(volume ORDER BY ts) AS volumes, ARRAY_AGG(DISTINCT venue ORDER BY venue) AS venues, MAP_AGG(volume, price ORDER BY ts) AS prices,
           TOPK(volume, 3) AS most
    FROM ticks GROUP BY symbol, TUMBLE(ts, INTERVAL '5' SECOND)
    """)]
public sealed partial class Lists;

[StreamQuery("""
    SELECT ROW(symbol, venue) AS place, ARRAY[venue, 1] AS venues, window_start, COUNT(*) AS n, MAX(ARRAY[volume, venue]) AS top, COUNT(DISTINCT ROW(volume, venue)) AS sizes
    FROM ticks GROUP BY ROW(symbol, venue), ARRAY[venue, 1], TUMBLE(ts, INTERVAL '5' SECOND)
    """)]
public sealed partial class NestedGroups;

/// <summary>Groups whose rows, keys or values take more than a word: the same on 1, 2 and 3 cores, from 1 and from 4 partitions, as by themselves.</summary>
public sealed class GroupsTests
{
    private static readonly Tick[] Ticks = MakeTicks(10_000);

    [TestCase(1, 1)]
    [TestCase(1, 4)]
    [TestCase(2, 1)]
    [TestCase(2, 4)]
    [TestCase(3, 4)]
    public async Task Every_query_gives_the_same_rows(int cores, int partitions)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores, RingRows = 1024 });
        SourceHandle<Tick> source = laminar.AddSource<Tick>(new SourceOptions { Partitions = partitions });
        Task<List<string>>[] running =
        [
            Read(SetSessions.AddTo(laminar)), Read(OfNothing.AddTo(laminar)), Read(Lists.AddTo(laminar)), Read(NestedGroups.AddTo(laminar)),
        ];
        await laminar.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, partitions).Select(partition => Task.Run(() => Push(source, partition, partitions))));
        source.Complete();

        List<string>[] rows = await Task.WhenAll(running);
        Assert.Multiple(() =>
        {
            Assert.That(rows[0], Is.EqualTo(Alone<SetSessions.Row>(rows => SetSessions.Create(rows.Add))).AsCollection);
            Assert.That(rows[1], Is.EqualTo(new[] { """{"Symbol":null,"G":1,"N":0,"Volume":null}""" }).AsCollection);
            Assert.That(rows[2], Is.EqualTo(Alone<Lists.Row>(rows => Lists.Create(rows.Add))).AsCollection);
            Assert.That(rows[3], Is.EqualTo(Alone<NestedGroups.Row>(rows => NestedGroups.Create(rows.Add))).AsCollection);
        });
    }

    [Test]
    public void Sessions_of_each_set_hold_every_row()
    {
        List<SetSessions.Row> rows = [];
        Run(SetSessions.Create(rows.Add));

        Assert.That(rows.GroupBy(r => r.G).ToDictionary(g => g.Key, g => g.Sum(r => r.N)), Is.EqualTo(new Dictionary<int, long> { [0] = Ticks.Length, [1] = Ticks.Length, [3] = Ticks.Length }));
    }

    private static List<string> Alone<TRow>(Func<List<TRow>, IStreamQuery<TRow>> create)
    {
        List<TRow> rows = [];
        Run(create(rows));
        return Texts(rows);
    }

    private static void Run<TRow>(IStreamQuery<TRow> query)
    {
        using (query)
        {
            ((IStreamInput<Tick>)query).Push(Ticks.AsSpan());
            query.Complete();
        }
    }

    private static async Task<List<string>> Read<TRow>(QueryHandle<TRow> query)
        where TRow : IStreamRow<TRow> => Texts(await Rows.Of(query));

    /// <summary>Arrays and maps with what is in them; sorted, since the order among groups is that of their arrival.</summary>
    private static List<string> Texts<TRow>(List<TRow> rows) => [.. rows.Select(r => JsonSerializer.Serialize(r, Fields)).Order(StringComparer.Ordinal)];

    private static readonly JsonSerializerOptions Fields = new() { IncludeFields = true };

    private static Task Push(SourceHandle<Tick> source, int partition, int partitions) => Rows.PushAsync(source, Ticks, 173, partition, partitions);

    /// <summary>Up to two seconds of disorder, no two rows of one instant.</summary>
    private static Tick[] MakeTicks(int count)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, count).Select(i => new Tick(
            $"SYM{random.Next(23)}",
            random.Next(3) == 0 ? null : random.Next(4),
            random.Next(1000) / 4.0,
            random.Next(50),
            new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddMilliseconds((i * 7) - random.Next(2000)).AddTicks(i)))];
    }
}
