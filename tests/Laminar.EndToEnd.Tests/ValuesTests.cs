using System.Buffers;
using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

[StreamQuery("VALUES (1, 'a'), (2, NULL), (3, 'c')")]
public sealed partial class Letters;

[StreamQuery("SELECT 7 AS n, UPPER('x') AS letter")]
public sealed partial class OneLetter;

[StreamQuery("SELECT column2 AS symbol, CAST(column1 AS BIGINT) AS n FROM letters UNION ALL SELECT letter, n FROM one_letter UNION ALL SELECT symbol, volume FROM buys")]
public sealed partial class LettersAndBuys;

[StreamQuery("SELECT b.symbol, b.volume, v.weight FROM buys b JOIN (VALUES ('S1', 10), ('S3', 30)) AS v(symbol, weight) ON b.symbol = v.symbol")]
public sealed partial class Weighted;

[StreamQuery("SELECT COUNT(*) AS n, SUM(a) AS total FROM (VALUES (1, TIMESTAMP '2024-01-01 08:00:00'), (2, TIMESTAMP '2024-01-01 08:59:00'), (3, TIMESTAMP '2024-01-01 08:30:00')) AS v(a, t) GROUP BY TUMBLE(t, INTERVAL '1' HOUR)")]
public sealed partial class OneWindow;

/// <summary>Rows made of constants come once: before all others by themselves, once in a runtime, and never again behind a snapshot.</summary>
public sealed class ValuesTests
{
    private static readonly DateTime Start = new(2024, 1, 1, 8, 0, 0, DateTimeKind.Utc);
    private static readonly Buy[] Buys = [.. Enumerable.Range(0, 3000).Select(i => new Buy("S" + (i % 7), i % 13, Start.AddMilliseconds(i * 20)))];

    private static string[] ExpectedAll =>
    [
        .. new LettersAndBuys.Row[] { new("a", 1), new(null, 2), new("c", 3), new("X", 7) }.Select(r => r.ToString()),
        .. Buys.Select(b => new LettersAndBuys.Row(b.Symbol, b.Volume).ToString()),
    ];

    private static IEnumerable<string> ExpectedWeighted =>
        Buys.Where(b => b.Symbol is "S1" or "S3").Select(b => new Weighted.Row(b.Symbol, b.Volume, b.Symbol == "S1" ? 10 : 30).ToString());

    [Test]
    public void A_query_without_a_source_has_its_rows_when_it_is_completed()
    {
        var rows = new List<Letters.Row>();
        using Letters.Query<Execution.ActionSink<Letters.Row>> query = Letters.Create(rows.Add);
        Assert.That(rows, Is.Empty);
        query.Complete();
        query.Complete();
        Assert.That(rows, Is.EqualTo(new[] { new Letters.Row(1, "a"), new Letters.Row(2, null), new Letters.Row(3, "c") }));
        Assert.That((query.Statistics.RowsIn, query.Statistics.RowsOut), Is.EqualTo((0L, 3L)));
    }

    [Test]
    public void They_come_before_the_first_row_and_once([Values(0, 1, 2, 3)] int saveBefore)
    {
        var rows = new List<LettersAndBuys.Row>();
        LettersAndBuys.Query<Execution.ActionSink<LettersAndBuys.Row>> query = LettersAndBuys.Create(rows.Add);
        for (int i = 0; i < 4; i++)
        {
            if (i == saveBefore)
            {
                var saved = new ArrayBufferWriter<byte>();
                query.Snapshot(saved);
                query.Dispose();
                query = LettersAndBuys.Restore(new ReadOnlySequence<byte>(saved.WrittenMemory), rows.Add);
            }

            query.Push(Buys.AsSpan(i * 750, 750));
        }

        query.Complete();
        Assert.That((query.Statistics.RowsIn, query.Statistics.RowsOut), Is.EqualTo((3000L, 3004L)));
        query.Dispose();
        Assert.That(rows.Select(r => r.ToString()), Is.EqualTo(ExpectedAll));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    public async Task A_runtime_has_them_once_on_any_number_of_cores(int cores)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores, RingRows = 1024 });
        SourceHandle<Buy> buys = laminar.AddSource<Buy>();
        QueryHandle<Letters.Row> letters = Letters.AddTo(laminar);
        QueryHandle<LettersAndBuys.Row> all = LettersAndBuys.AddTo(laminar);
        QueryHandle<Weighted.Row> weighted = Weighted.AddTo(laminar);
        QueryHandle<OneWindow.Row> window = OneWindow.AddTo(laminar);

        // Read by another query, its rows aren't kept for a reader that comes later; and they come at once.
        Task<List<Letters.Row>> letterRows = Rows.Of(letters);
        await laminar.StartAsync();
        Task<List<LettersAndBuys.Row>> allRows = Rows.Of(all);
        Task<List<Weighted.Row>> weightedRows = Rows.Of(weighted);
        Task<List<OneWindow.Row>> windowRows = Rows.Of(window);
        for (int i = 0; i < Buys.Length; i += 100)
        {
            await buys.PushAsync(Buys.AsMemory(i, 100));
        }

        buys.Complete();
        Assert.That(await letterRows, Is.EqualTo(new[] { new Letters.Row(1, "a"), new Letters.Row(2, null), new Letters.Row(3, "c") }));
        Assert.That((await allRows).Select(r => r.ToString()), Is.EquivalentTo(ExpectedAll));
        Assert.That((await weightedRows).Select(r => r.ToString()), Is.EquivalentTo(ExpectedWeighted));
        Assert.That(await windowRows, Is.EqualTo(new[] { new OneWindow.Row(3, 6) }));
        Assert.That(laminar.Metrics.Sources.Select(s => s.Name), Is.EqualTo(new[] { "buys" }));
    }

    [Test]
    public async Task A_runtime_of_nothing_else_ends_by_itself()
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions());
        QueryHandle<OneLetter.Row> one = OneLetter.AddTo(laminar);
        await laminar.StartAsync();
        Assert.That(await Rows.Of(one), Is.EqualTo(new[] { new OneLetter.Row(7, "X") }));
        await laminar.WaitForCompletionAsync();
    }
}
