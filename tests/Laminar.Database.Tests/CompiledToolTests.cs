using NUnit.Framework;

namespace Laminar.Database.Tests;

/// <summary><c>laminar</c> with the generator: the same SQL compiled in memory prints what it prints interpreted.</summary>
public sealed class CompiledToolTests
{
    private const string Pipeline = """
        CREATE SOURCE cars (car_id BIGINT NOT NULL, speed DOUBLE, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
            WITH (connector = 'file', format = 'json', path = '${IN}');
        CREATE MATERIALIZED VIEW fast AS SELECT car_id, COUNT(*) AS n, window_end FROM cars WHERE speed > 100 GROUP BY car_id, TUMBLE(ts, INTERVAL '1' MINUTE);
        CREATE MATERIALIZED VIEW totals AS SELECT car_id, SUM(speed) AS s FROM cars GROUP BY car_id;
        CREATE SINK fast_file WITH (connector = 'file', format = 'json', path = '${OUT:--}') AS SELECT * FROM fast;
        """;

    private static string Cars(TempFolder folder) => folder.Write(
        "cars.jsonl",
        """{"car_id":1,"speed":120,"ts":"2024-01-01T08:00:01Z"}""",
        """{"car_id":1,"speed":130.5,"ts":"2024-01-01T08:00:03Z"}""",
        """{"car_id":2,"speed":101,"ts":"2024-01-01T08:01:30Z"}""");

    [Test]
    public void Run_prints_the_same_rows_and_answers_select_behind_it()
    {
        using var folder = new TempFolder();
        string script = folder.Write("p.sql", Pipeline, "SELECT * FROM totals ORDER BY s DESC;", "SELECT COUNT(*) AS n FROM fast;");
        string[] arguments = ["run", script, "--var", "IN=" + Cars(folder), "--quiet", "--format", "csv"];
        (int code, string output, string error) = ToolTests.Run(null, [.. arguments, "--compile"]);
        Assert.That((code, error), Is.EqualTo((0, string.Empty)));
        Assert.That(output, Does.Contain("car_id,s\n1,250.5\n2,101\n"));
        Assert.That(output, Is.EqualTo(ToolTests.Run(null, arguments).Output));
    }

    [Test]
    public void Run_keeps_state_of_its_own_and_goes_on_with_it()
    {
        using var folder = new TempFolder();
        string script = folder.Write("p.sql", Pipeline);
        string[] arguments = ["run", script, "--var", "IN=" + Cars(folder), "--var", "OUT=" + folder.File("out.jsonl"), "--data", folder.File("state"), "--quiet"];
        Assert.That(ToolTests.Run(null, [.. arguments, "--compile"]).Code, Is.Zero);
        string[] first = File.ReadAllLines(folder.File("out.jsonl"));
        Assert.That(first, Has.Length.EqualTo(2));
        Assert.That(ToolTests.Run(null, [.. arguments, "--compile"]).Code, Is.Zero);
        Assert.That(File.ReadAllLines(folder.File("out.jsonl")), Is.EqualTo(first), "nothing is read twice");
        (int code, _, string error) = ToolTests.Run(null, arguments);
        Assert.That((code, error), Is.EqualTo((2, $"error: {folder.File("state")} holds the state of a run with --compile, which is laid out otherwise; run it so again, or give this run a folder of its own.\n")));
    }

    [Test]
    public void What_is_wrong_is_told_at_its_place()
    {
        using var folder = new TempFolder();
        (int code, string output, string error) = ToolTests.Run(null, "run", folder.Write("p.sql", Pipeline.Replace("WHERE speed", "WHERE sped", StringComparison.Ordinal)), "--var", "IN=x", "--compile", "--quiet");
        Assert.That((code, output), Is.EqualTo((1, string.Empty)));
        Assert.That(error, Does.Contain("p.sql:3:").And.Contain("LAM2003").And.Contain("speed"));
        (code, _, error) = ToolTests.Run(null, "run", folder.Write("s.sql", Pipeline, "SHOW SOURCES;"), "--var", "IN=x", "--compile", "--quiet");
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("With --compile only SELECT").And.Contain("SHOW SOURCES"));
    }

    [TestCase("SELECT symbol, SUM(volume) AS volume, MAX(price) AS price FROM trades GROUP BY symbol ORDER BY volume DESC")]
    [TestCase("SELECT window_end, COUNT(*) AS n FROM trades GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE) ORDER BY 1")]
    [TestCase("SELECT symbol, price * 2 AS twice FROM trades WHERE volume > 5 ORDER BY symbol, twice LIMIT 2")]
    [TestCase("SELECT symbol FROM trades WHERE price > 1000")]
    public void Query_prints_the_same_rows(string sql)
    {
        using var folder = new TempFolder();
        string file = folder.Write("trades.csv", "symbol,price,volume,ts", "A,1.5,10,2024-01-01T08:00:00Z", "B,2,5,2024-01-01T08:05:00Z", "A,,7,2024-01-01T08:00:30Z", "C,3.5,20,2024-01-01T07:00:00Z");
        (int code, string output, string error) = ToolTests.Run(null, "query", sql, file, "--compile");
        Assert.That((code, error), Is.EqualTo((0, string.Empty)));
        Assert.That(output, Is.EqualTo(ToolTests.Run(null, "query", sql, file).Output));
    }

    [Test]
    public void The_generated_code_is_shown()
    {
        using var folder = new TempFolder();
        string script = folder.Write("p.sql", Pipeline);
        Assert.That(ToolTests.Run(null, "explain", script, "--format", "code").Output, Does.Contain("partial class FastQuery").And.Contain("partial class TotalsQuery"));
        string asking = folder.Write("q.sql", Pipeline, "EXPLAIN CODE SELECT car_id FROM cars WHERE speed > 77;");
        (int code, string output, string error) = ToolTests.Run(null, "run", asking, "--var", "IN=" + Cars(folder), "--quiet", "--format", "csv");
        Assert.That((code, error), Is.EqualTo((0, string.Empty)));
        Assert.That(output, Does.Contain("// WHERE (speed > 77)").And.Contain("partial class ExplainedQueryQuery"));
    }

    [Test]
    public void Help_calls_it_as_people_type_it()
    {
        Assert.That(ToolTests.Run(null, "--help").Output, Does.Contain("Usage:\n  laminar [command] [options]"));
        Assert.That(ToolTests.Run(null, "run", "--help").Output, Does.Contain("Usage:\n  laminar run <script> [options]"));
    }
}
