using System.Diagnostics;
using NUnit.Framework;

namespace Laminar.Database.Tests;

/// <summary>The command <c>laminar</c> as a process: what it prints, where, and its exit codes.</summary>
public sealed class ToolTests
{
    private const string Pipeline = """
        CREATE SOURCE cars (car_id BIGINT NOT NULL, speed DOUBLE, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
            WITH (connector = 'file', format = 'json', path = '${IN}');
        CREATE MATERIALIZED VIEW fast AS SELECT car_id, COUNT(*) AS n, window_end FROM cars WHERE speed > 100 GROUP BY car_id, TUMBLE(ts, INTERVAL '1' MINUTE);
        CREATE SINK fast_file WITH (connector = 'file', format = 'json', path = '${OUT:--}') AS SELECT * FROM fast;
        """;

    private static readonly string[] Cars =
    [
        """{"car_id":1,"speed":120,"ts":"2024-01-01T08:00:01Z"}""",
        """{"car_id":1,"speed":130.5,"ts":"2024-01-01T08:00:03Z"}""",
        """{"car_id":2,"speed":101,"ts":"2024-01-01T08:01:30Z"}""",
    ];

    [Test]
    public void Query_prints_a_table_of_a_csv_file()
    {
        using var folder = new TempFolder();
        string file = folder.Write("trades.csv", "symbol,price,volume,day,zip", "A,1.5,10,2024-01-01,007", "\"B, C\",2,5,2024-01-02,12345", "A,,1,2024-01-03,00001");
        (int code, string output, string error) = Run(null, "query", "SELECT symbol, SUM(volume) AS volume, MAX(price) AS price, MAX(zip) AS zip FROM trades GROUP BY symbol ORDER BY volume DESC", file);
        Assert.Multiple(() =>
        {
            Assert.That(error, Is.Empty);
            Assert.That(code, Is.Zero);
            Assert.That(output, Is.EqualTo("""
                symbol  volume  price  zip
                ------  ------  -----  -----
                A           11    1.5  007
                B, C         5      2  12345
                (2 rows)

                """));
        });
    }

    [Test]
    public void Query_joins_files_reads_stdin_and_prints_json_and_csv()
    {
        using var folder = new TempFolder();
        string sectors = folder.Write("i.jsonl", """{"symbol":"A","sector":"x","meta":{"a":1}}""", """{"symbol":"B","sector":null}""");
        (int code, string output, string error) = Run("symbol,ts\nA,2024-01-01 08:00:00\nB,2024-01-01 08:00:30\n", "query", "SELECT s.symbol, x.sector FROM stdin AS s JOIN x ON s.symbol = x.symbol ORDER BY 1", "-", "--input", "csv", "x=" + sectors, "--format", "csv");
        Assert.That((code, output, error), Is.EqualTo((0, "symbol,sector\nA,x\nB,\n", string.Empty)));
        folder.Write("s.csv", "symbol,ts", "A,2024-01-01 08:00:00", "B,2024-01-01 08:00:30");
        const string Sql = "SELECT s.symbol, i.sector, s.ts FROM s JOIN i ON s.symbol = i.symbol ORDER BY 1";
        Assert.That(Run(null, "query", Sql, folder.File("s.csv"), sectors, "--format", "json").Output.Split('\n')[..2], Is.EqualTo(new[]
        {
            """{"symbol":"A","sector":"x","ts":"2024-01-01T08:00:00Z"}""", """{"symbol":"B","sector":null,"ts":"2024-01-01T08:00:30Z"}""",
        }));
        Assert.That(Run(null, "query", Sql, folder.File("s.csv"), sectors, "--format", "csv").Output.Split('\n')[..3], Is.EqualTo(new[] { "symbol,sector,ts", "A,x,2024-01-01T08:00:00Z", "B,,2024-01-01T08:00:30Z" }));
        Assert.That(Run("{\"k\":1}\n{\"k\":2}\n", "query", "SELECT SUM(k) AS s FROM stdin", "-", "--input", "json", "--format", "csv").Output, Is.EqualTo("s\n3\n"));
    }

    [Test]
    public void Query_tells_what_is_wrong_with_a_caret()
    {
        using var folder = new TempFolder();
        (int code, string output, string error) = Run(null, "query", "SELECT symbl FROM trades", folder.Write("trades.csv", "symbol", "A"));
        Assert.That((code, output), Is.EqualTo((1, string.Empty)));
        Assert.That(error, Does.StartWith("LAM2003 at 1:8: ").And.Contain("  SELECT symbl FROM trades\n         ^^^^^"));
    }

    [Test]
    public void Run_writes_files_and_answers_at_the_end()
    {
        using var folder = new TempFolder();
        string script = folder.Write("p.sql", Pipeline + "\nSELECT car_id, n FROM fast ORDER BY car_id;");
        (int code, string output, string error) = Run(null, "run", script, "--var", "IN=" + folder.Write("cars.jsonl", Cars), "--var", "OUT=" + folder.File("out.jsonl"), "--format", "csv");
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero, error);
            Assert.That(output, Is.EqualTo("car_id,n\n1,2\n2,1\n"));
            Assert.That(error, Does.Contain("cars: 3 rows"));
            Assert.That(File.ReadAllLines(folder.File("out.jsonl")), Is.EqualTo(new[] { """{"car_id":1,"n":2,"window_end":"2024-01-01T08:01:00Z"}""", """{"car_id":2,"n":1,"window_end":"2024-01-01T08:02:00Z"}""" }));
        });
    }

    [Test]
    public void Run_reads_stdin_and_writes_stdout()
    {
        using var folder = new TempFolder();
        string script = folder.Write("p.sql", Pipeline);
        (int code, string output, string error) = Run(string.Join('\n', Cars) + "\n", "run", script, "--var", "IN=-", "--quiet");
        Assert.That((code, error), Is.EqualTo((0, string.Empty)));
        Assert.That(output, Is.EqualTo("{\"car_id\":1,\"n\":2,\"window_end\":\"2024-01-01T08:01:00Z\"}\n{\"car_id\":2,\"n\":1,\"window_end\":\"2024-01-01T08:02:00Z\"}\n"));
    }

    [Test]
    public void Run_with_data_goes_on_and_writes_each_row_once()
    {
        using var folder = new TempFolder();
        string script = folder.Write("p.sql", Pipeline);
        string[] arguments = ["run", script, "--data", folder.File("state"), "--var", "IN=" + folder.Write("cars.jsonl", Cars), "--var", "OUT=" + folder.File("out.jsonl"), "--quiet"];
        Assert.That(Run(null, arguments).Code, Is.Zero);
        string[] once = File.ReadAllLines(folder.File("out.jsonl"));
        (int code, _, string error) = Run(null, arguments);
        Assert.That((code, error), Is.EqualTo((0, string.Empty)));
        Assert.That(File.ReadAllLines(folder.File("out.jsonl")), Is.EqualTo(once));
        Assert.That(once, Has.Length.EqualTo(2));
        folder.Write("p.sql", Pipeline.Replace("100", "110", StringComparison.Ordinal));
        Assert.That(Run(null, arguments).Code, Is.EqualTo(2), "the state is of another script");
    }

    [Test]
    public void Interrupted_it_commits_what_it_has_read_and_the_next_run_goes_on()
    {
        using var folder = new TempFolder();
        string[] arguments = ["run", folder.Write("p.sql", Pipeline.Replace("${IN}", "-", StringComparison.Ordinal)), "--data", folder.File("state"), "--var", "OUT=" + folder.File("out.jsonl"), "--quiet"];
        using (Process process = Start(arguments))
        {
            process.StandardInput.Write($"{Cars[0]}\n{Cars[2]}\n");
            process.StandardInput.Flush();

            // The log grows when rows of stdin come; that is before they are taken, and a signal may come at any time.
            Assert.That(SpinWait.SpinUntil(() => Directory.Exists(folder.File("state")) && Directory.EnumerateFiles(folder.File("state"), "manifest-*").Any() && LogHolds(folder, "cars"), TimeSpan.FromSeconds(60)), Is.True);
            using (Process kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
            {
                kill.WaitForExit();
            }

            Assert.That(process.WaitForExit(TimeSpan.FromMinutes(1)), Is.True);
            Assert.That(process.ExitCode, Is.EqualTo(130), process.StandardError.ReadToEnd());
        }

        (int code, _, string error) = Run(Cars[1] + "\n", arguments);
        Assert.That((code, error), Is.EqualTo((0, string.Empty)));
        Assert.That(File.ReadAllLines(folder.File("out.jsonl")), Is.EqualTo(new[] { """{"car_id":1,"n":1,"window_end":"2024-01-01T08:01:00Z"}""", """{"car_id":2,"n":1,"window_end":"2024-01-01T08:02:00Z"}""" }), "the row of the second run is late");
    }

    [Test]
    public void Run_tells_of_a_row_that_can_not_be_read()
    {
        using var folder = new TempFolder();
        (int code, _, string error) = Run(null, "run", folder.Write("p.sql", Pipeline), "--var", "IN=" + folder.Write("cars.jsonl", Cars[0], "{\"car_id\":\"x\"}"), "--var", "OUT=" + folder.File("out.jsonl"), "--quiet");
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.StartWith("error: ").And.Contain("cars.jsonl"));
    }

    [Test]
    public void Check_prints_places_as_compilers_do()
    {
        using var folder = new TempFolder();
        string good = folder.Write("good.sql", Pipeline);
        string bad = folder.Write("bad.sql", Pipeline.Replace("speed > 100", "sped > 100", StringComparison.Ordinal), "CREATE SINK x WITH (connector = 'file', pth = 'x.csv') AS SELECT * FROM fast;");
        (int code, string output, _) = Run(null, "check", good, bad);
        Assert.That(code, Is.EqualTo(1));
        Assert.That(output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l.Contains(": error ", StringComparison.Ordinal)), Is.EqualTo(new[] { $"{bad}:3:91: error LAM2003: There is no column 'sped' in 'cars'; did you mean 'speed'?" }));
        Assert.That(Run(null, "check", good).Code, Is.Zero);
    }

    [TestCase("text", "fast\nOutput: append-only")]
    [TestCase("mermaid", "%% fast\nflowchart LR")]
    [TestCase("dot", "digraph \"fast\" {")]
    [TestCase("json", "[\n  {\n    \"name\": \"fast\"")]
    public void Explain_prints_plans(string format, string expected)
    {
        using var folder = new TempFolder();
        (int code, string output, string error) = Run(null, "explain", folder.Write("p.sql", Pipeline), "--format", format);
        Assert.That((code, error), Is.EqualTo((0, string.Empty)));
        Assert.That(output, Does.StartWith(expected));
    }

    [Test]
    public void New_makes_a_pipeline_that_runs()
    {
        using var folder = new TempFolder();
        Assert.That(Run(null, "new", folder.File("fast-cars")).Code, Is.Zero);
        Assert.That(File.ReadAllText(folder.File("fast-cars/Program.cs")), Does.Contain("await FastCarsPipeline.RunAsync();"));
        Assert.That(File.Exists(folder.File("fast-cars/fast-cars.csproj")), Is.True);
        (int code, string output, string error) = Run(null, "run", folder.File("fast-cars/pipeline.sql"), "--var", "CARS_FILE=" + folder.File("fast-cars/cars.jsonl"), "--quiet");
        Assert.That((code, error), Is.EqualTo((0, string.Empty)));
        Assert.That(output.Split('\n')[0], Is.EqualTo("""{"car_id":1,"n":2,"top_speed":131,"window_end":"2024-01-01T08:01:00Z"}"""));
        Assert.That(Run(null, "new", folder.File("fast-cars")).Code, Is.EqualTo(2), "it isn't written over");
    }

    [TestCase("--help")]
    [TestCase("run --help")]
    [TestCase("query --help")]
    public void Help_teaches_by_examples(string arguments) => Assert.That(Run(null, arguments.Split(' ')).Output, Does.Contain("  laminar run pipeline.sql").Or.Contain("  laminar query \"SELECT"));

    [Test]
    public void The_version_is_told() => Assert.That(Run(null, "--version").Output, Does.StartWith("0.1.0"));

    private static bool LogHolds(TempFolder folder, string source) => Directory.EnumerateFiles(folder.File("state"), "wal-*").Any(file =>
    {
        using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[64 * 1024];
        return System.Text.Encoding.ASCII.GetString(bytes, 0, open.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)).Split(source).Length > 1;
    });

    private static Process Start(string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Laminar.Tool.dll"), .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;

    internal static (int Code, string Output, string Error) Run(string? input, params string[] arguments)
    {
        using Process process = Start(arguments);
        if (input is not null)
        {
            process.StandardInput.Write(input);
        }

        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        Assert.That(process.WaitForExit(TimeSpan.FromMinutes(2)), Is.True, "it has ended");
        return (process.ExitCode, output, error.Result);
    }
}
