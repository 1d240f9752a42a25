namespace Laminar.Formats.Tests;

/// <summary>What a sink wrote a source reads back, whatever the values.</summary>
public sealed class RoundTripTests
{
    [TestCase("json.jsonl", ArrowLayout.File)]
    [TestCase("csv.csv", ArrowLayout.File)]
    [TestCase("tabs.tsv", ArrowLayout.File)]
    [TestCase("file.arrow", ArrowLayout.File)]
    [TestCase("stream.arrows", ArrowLayout.Stream)]
    public void Random_rows_of_every_type(string name, ArrowLayout layout)
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        Everything[] rows = new RandomRows(seed).Take(2000);
        using var folder = new Folder();
        SinkRun.Write(FileSink.Append<Everything>(new FileSinkOptions { Path = folder[name], Layout = layout }), rows);
        List<Everything> back = new SourceRun().ReadAll<Everything>(new FileSourceOptions { Path = folder[name] });
        Assert.That(back, Has.Count.EqualTo(rows.Length));
        for (int i = 0; i < rows.Length; i++)
        {
            Assert.That(back[i], Is.EqualTo(rows[i]), $"row {i}, seed {seed}");
        }
    }

    [TestCase("json.jsonl")]
    [TestCase("csv.csv")]
    [TestCase("file.arrow")]
    public void A_text_of_ten_megabytes(string name)
    {
        string text = string.Concat(Enumerable.Repeat("0123456789 \"é\n", 10 * 1024 * 1024 / 14));
        var rows = new[] { new Reading(1, "small", 1, DateTime.UnixEpoch, null), new Reading(2, text, 1, DateTime.UnixEpoch, text), new Reading(3, "small", 1, DateTime.UnixEpoch, null) };
        using var folder = new Folder();
        SinkRun.Write(FileSink.Append<Reading>(new FileSinkOptions { Path = folder[name] }), rows);
        Assert.That(new SourceRun().ReadAll<Reading>(new FileSourceOptions { Path = folder[name] }), Is.EqualTo(rows));
    }

    [Test]
    public void Ticks_below_a_microsecond_survive_in_text()
    {
        var row = new Reading(1, "p", 1, new DateTime(DateTime.UnixEpoch.Ticks + 1_234_567, DateTimeKind.Utc), null);
        using var folder = new Folder();
        foreach (string name in new[] { "a.jsonl", "a.csv" })
        {
            SinkRun.Write(FileSink.Append<Reading>(new FileSinkOptions { Path = folder[name] }), row);
            Assert.That(new SourceRun().ReadAll<Reading>(new FileSourceOptions { Path = folder[name] }), Is.EqualTo(new[] { row }), name);
        }
    }
}
