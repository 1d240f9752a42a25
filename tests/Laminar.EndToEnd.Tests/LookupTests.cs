using System.Buffers;
using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

[ReferenceTable("listings")]
public sealed partial record Listing([property: Key] string Symbol, string Sector, int Weight);

[ReferenceTable("halls")]
public readonly partial record struct Hall([property: Key] int Venue, [property: Key] DateTime Day, string Name);

[StreamQuery("SELECT t.symbol, t.volume, l.sector, l.weight FROM ticks t LEFT JOIN listings l ON t.symbol = l.symbol")]
public sealed partial class Listed;

[StreamQuery("SELECT sector, window_start, COUNT(*) AS n, SUM(volume * weight) AS volume FROM (SELECT l.sector, l.weight, t.volume, t.ts FROM ticks t JOIN listings l ON t.symbol = l.symbol) GROUP BY sector, TUMBLE(ts, INTERVAL '5' SECOND)")]
public sealed partial class Sectors;

[StreamQuery("SELECT s.sector, l.volume FROM listed l JOIN listings s ON s.symbol = l.symbol")]
public sealed partial class ListedTwice;

[StreamQuery("SELECT t.volume, h.name FROM ticks t JOIN halls h ON h.day = DATE_TRUNC('day', t.ts) AND h.venue = t.venue")]
public sealed partial class InHalls;

/// <summary>Reference tables by themselves and in a runtime: what a row meets, what is saved, and who may write when.</summary>
public sealed class LookupTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly Listing[] Listings = [.. Enumerable.Range(0, 9).Select(i => new Listing($"SYM{i}", "sector " + (i % 3), i + 1))];

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("laminar-lookup-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_row_meets_the_table_as_it_is()
    {
        var rows = new List<Listed.Row>();
        using var listed = Listed.Create(rows.Add);
        listed.Push(Of("A", 1));
        listed.Upsert(new Listing("A", "tech", 2));
        listed.Push(Of("A", 2));
        listed.Load([new Listing("B", "food", 3)]);
        listed.Push([Of("A", 3), Of("B", 4)]);
        Assert.That((listed.Delete("B"), listed.Delete("B"), listed.Delete(new Listing("A", "", 0))), Is.EqualTo((true, false, false)));
        listed.Push(Of("B", 5));
        Assert.That(rows, Is.EqualTo(new Listed.Row[] { new("A", 1, null, null), new("A", 2, "tech", 2), new("A", 3, null, null), new("B", 4, "food", 3), new("B", 5, null, null) }));
        Assert.That(() => listed.Upsert(new Listing(null!, "", 0)), Throws.TypeOf<RowFormatException>());
    }

    [Test]
    public void Its_rows_are_part_of_a_snapshot()
    {
        var rows = new List<Sectors.Row>();
        var saved = new ArrayBufferWriter<byte>();
        using (var first = Sectors.Create(rows.Add))
        {
            first.Load(Listings);
            first.Push(Of("SYM1", 10));
            first.Snapshot(saved);
        }

        using var second = Sectors.Restore(new ReadOnlySequence<byte>(saved.WrittenMemory), rows.Add);
        second.Push(Of("SYM4", 1));
        second.Push(Of("SYM9", 1));
        second.Complete();
        Assert.That(rows, Is.EqualTo(new[] { new Sectors.Row("sector 1", Start, 2, 25) }));
    }

    [Test]
    public void A_query_over_a_query_has_one_table_for_both()
    {
        var rows = new List<ListedTwice.Row>();
        using var twice = ListedTwice.Create(rows.Add);
        twice.Load(Listings);
        twice.Push(Of("SYM2", 7));
        Assert.That(rows, Is.EqualTo(new[] { new ListedTwice.Row("sector 2", 7) }));
    }

    [Test]
    public void A_key_of_several_columns_is_given_in_their_types()
    {
        var rows = new List<InHalls.Row>();
        using var query = InHalls.Create(rows.Add);
        query.Load([new Hall(0, Start, "north"), new Hall(0, Start.AddDays(1), "south"), new Hall(1, Start, "east")]);
        query.Push(Of("A", 1));
        Assert.That(query.Delete(0, Start.ToLocalTime()), Is.True, "a key is an instant, however it is written");
        query.Push(Of("A", 2));
        Assert.That(rows, Is.EqualTo(new[] { new InHalls.Row(1, "north") }));
    }

    [Test, CancelAfter(60_000)]
    public async Task Cores_meet_what_was_written_before([Values(1, 2, 3)] int cores, [Values(1, 4)] int partitions, CancellationToken token)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores });
        SourceHandle<Tick> source = laminar.AddSource<Tick>(new SourceOptions { Partitions = partitions });
        TableHandle<Listing> listings = laminar.AddTable<Listing>();
        QueryHandle<Listed.Row> listed = Listed.AddTo(laminar);
        QueryHandle<Sectors.Row> sectors = Sectors.AddTo(laminar);
        listings.Upsert(new Listing("SYM0", "gone", 0));
        listings.Load(Listings);
        await laminar.StartAsync(token);
        Task<List<Listed.Row>> rows = Rows.Of(listed);
        Task<List<Sectors.Row>> groups = Rows.Of(sectors);
        Tick[] ticks = [.. Enumerable.Range(0, 4000).Select(i => new Tick($"SYM{i % 12}", 0, 1, i, Start.AddMilliseconds(i)))];
        await Push(0, 2000);
        listings.Delete(Listings[0]);
        listings.Upsert(new Listing("SYM11", "late", 1));
        Assert.That(listings.Count, Is.EqualTo(9));
        await Push(2000, 2000);
        source.Complete();

        string? Sector(Tick tick) => tick.Symbol switch { "SYM0" => tick.Volume < 2000 ? "sector 0" : null, "SYM11" => tick.Volume < 2000 ? null : "late", var s => Listings.SingleOrDefault(l => l.Symbol == s)?.Sector };
        Assert.That((await rows).Select(r => (r.Symbol, r.Volume, r.Sector)), Is.EquivalentTo(ticks.Select(t => (t.Symbol, t.Volume, Sector(t)))));
        Assert.That((await groups).GroupBy(g => g.Sector).Select(g => (g.Key, g.Sum(r => r.N))), Is.EquivalentTo(ticks.Where(t => Sector(t) is not null).GroupBy(Sector).Select(g => (g.Key, g.LongCount()))));

        async Task Push(int from, int count)
        {
            await Task.WhenAll(Enumerable.Range(0, partitions).Select(p => Rows.PushAsync(source, ticks[from..(from + count)], 97, p, partitions)));
            await source.FlushAsync(token);
        }
    }

    [Test, CancelAfter(60_000)]
    public async Task A_table_is_there_again_behind_a_crash_and_a_write_before_the_start_comes_behind_it([Values(1, 2)] int cores, CancellationToken token)
    {
        await using (var first = LaminarRuntime.Create(Options(cores)))
        {
            first.AddSource<Tick>();
            TableHandle<Listing> listings = first.AddTable<Listing>();
            Listed.AddTo(first).Subscribe(_ => { });
            await first.StartAsync(token);
            listings.Load(Listings);
            listings.Delete(Listings[3]);
            await first.CheckpointAsync(token);
            listings.Upsert(new Listing("SYM3", "forgotten", 1));
        }

        await using var second = LaminarRuntime.Create(Options(cores));
        SourceHandle<Tick> source = second.AddSource<Tick>();
        TableHandle<Listing> again = second.AddTable<Listing>();
        again.Upsert(new Listing("SYM1", "anew", 5));
        QueryHandle<Listed.Row> listed = Listed.AddTo(second);
        await second.StartAsync(token);
        Assert.That(again.Count, Is.EqualTo(8));
        Task<List<Listed.Row>> rows = Rows.Of(listed);
        await source.PushAsync(new[] { Of("SYM1", 1), Of("SYM2", 2), Of("SYM3", 3) }, token);
        source.Complete();
        Assert.That((await rows).Select(r => r.Sector), Is.EqualTo(new[] { "anew", "sector 2", null }));
    }

    [Test, CancelAfter(60_000)]
    public async Task A_table_over_a_file_is_whole_before_the_first_row(CancellationToken token)
    {
        string file = Path.Combine(_folder, "listings.csv");
        await File.WriteAllTextAsync(file, "symbol,sector,weight\n" + string.Concat(Enumerable.Range(0, 5000).Select(i => $"SYM{i},sector {i},{i}\n")) + "SYM5000,sector,much\n", token);
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = 2 });
        SourceHandle<Tick> source = laminar.AddSource<Tick>();
        TableHandle<Listing> listings = laminar.AddTable(new FileSource<Listing>(new FileSourceOptions { Path = file }), new SourceOptions { OnError = ErrorPolicy.Skip });
        QueryHandle<Listed.Row> listed = Listed.AddTo(laminar);
        await laminar.StartAsync(token);
        Assert.That(laminar.Metrics.Tables, Is.EqualTo(new[] { new Runtime.Metrics.TableMetrics("listings", 5000, 1) }));
        Task<List<Listed.Row>> rows = Rows.Of(listed);
        await source.PushAsync(Of("SYM4999", 1), token);
        source.Complete();
        Assert.That(await rows, Is.EqualTo(new[] { new Listed.Row("SYM4999", 1, "sector 4999", 4999) }));
    }

    [Test]
    public async Task A_table_that_was_not_added_is_asked_for()
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions());
        laminar.AddSource<Tick>();
        Listed.AddTo(laminar);
        Assert.That(async () => await laminar.StartAsync(), Throws.InstanceOf<LaminarException>().With.Message.Contains("AddTable<Listing>()"));
    }

    [Test]
    public async Task A_table_is_added_once()
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions());
        laminar.AddTable<Listing>();
        Assert.That(() => laminar.AddTable<Listing>(), Throws.InstanceOf<LaminarException>().With.Message.Contains("listings"));
    }

    private static Tick Of(string symbol, long volume) => new(symbol, 0, 1, volume, Start);

    private LaminarOptions Options(int cores) => new() { Cores = cores, DataDirectory = Path.Combine(_folder, "state"), CheckpointInterval = TimeSpan.Zero };
}
