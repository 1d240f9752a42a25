using System.Globalization;

namespace Laminar.Bench;

/// <summary>The command line.</summary>
public sealed record BenchOptions
{
    public const string Usage = """
        Measures generated queries against a hand-written loop, the interpreter, DuckDB (one thread) and System.Reactive, in turn in one process.

        Usage: Laminar.Bench [--rows N] [--runs N] [--only TEXT] [--json FILE] [--save] [--gate]
               Laminar.Bench engines [the same options]
               Laminar.Bench micro [TEXT] [--full] [BenchmarkDotNet arguments]

          --rows N      bids (default 10000000; slow contenders and decoding read a tenth)
          --runs N      timed runs of each contender (default 5)
          --only TEXT   workloads whose name contains TEXT: see the README for the names
          --json FILE   writes every figure
          --save        writes bench/results/latest.json, latest.md (the table) and latest.svg (the chart)
          --gate        exit code 2 when a ratio is more than a quarter below its goal

          engines       each query of Nexmark, of the fraud sample and of the performance page as generated code, interpreted, and as a graph of operators
                        with a virtual call per row (default 1000000 rows, 3 runs); --save writes bench/results/engines.*
          micro         BenchmarkDotNet on the inner pieces whose name contains TEXT; short runs, --full for long ones

        Exit code: 1 when two contenders disagree about what comes out (nothing is saved then), 0 otherwise.
        """;

    /// <summary>What <c>engines</c> does unless told otherwise: the slowest engine says how long it takes.</summary>
    public static BenchOptions ForEngines { get; } = new() { Rows = 1_000_000, Runs = 3 };

    public int Rows { get; init; } = 10_000_000;

    public int Runs { get; init; } = 5;

    public string Only { get; init; } = "";

    public string? Json { get; init; }

    public bool Save { get; init; }

    public bool Gate { get; init; }

    /// <exception cref="FormatException">An option that isn't known, or without a usable value.</exception>
    public static BenchOptions Parse(string[] args) => Parse(args, new BenchOptions());

    /// <summary>The same over other defaults.</summary>
    /// <exception cref="FormatException">An option that isn't known, or without a usable value.</exception>
    public static BenchOptions Parse(string[] args, BenchOptions options)
    {
        for (int i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--rows" => options with { Rows = Number(args, ++i) },
                "--runs" => options with { Runs = Number(args, ++i) },
                "--only" => options with { Only = Value(args, ++i) },
                "--json" => options with { Json = Value(args, ++i) },
                "--save" => options with { Save = true },
                "--gate" => options with { Gate = true },
                _ => throw new FormatException($"Unknown option {args[i]}; --help lists them."),
            };
        }

        return options;
    }

    private static string Value(string[] args, int i) => i < args.Length ? args[i] : throw new FormatException($"{args[i - 1]} needs a value.");

    private static int Number(string[] args, int i) =>
        int.TryParse(Value(args, i), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new FormatException($"{args[i - 1]} needs a number above 0, not {args[i]}.");
}
