using System.Globalization;
using Laminar.Nexmark;

namespace NexmarkQueries.Running;

/// <summary>What the command line says.</summary>
public sealed record Settings
{
    public const string Usage = """
        Nexmark q0 to q22: generated auctions, people and bids through SQL compiled at build time.

        Usage: nexmark [--only q5,q7] [--events N] [--rate N] [--disorder SECONDS] [--cores N] [--together] [--out FOLDER] [--state FOLDER] [--plans]

          --only LIST         the queries to run (default: all)
          --events N          events of all kinds, persons, auctions and bids 1:3:46 (default: 2,000,000)
          --rate N            events per second of event time, from 1,000 (default: 10,000)
          --disorder SECONDS  how late events come, 0 to 4 (default: 0)
          --cores N           threads to run on; each source has as many partitions (default: 1)
          --together          all queries at once in one runtime (default: one after another)
          --out FOLDER        writes each query's results as JSON Lines: a file each, with --state a folder with a part per checkpoint (default: they are counted)
          --state FOLDER      makes checkpoints; run again on the same folder, a run that was killed goes on (needs --together)
          --plans             shows the queries' texts and plans, and runs nothing
        """;

    public IReadOnlyList<NexmarkQuery> Queries { get; private init; } = Benchmark.Queries;

    public long Events { get; private init; } = 2_000_000;

    public int Cores { get; private init; } = 1;

    public bool Together { get; private init; }

    public bool Plans { get; private init; }

    public string? Output { get; private init; }

    public string? State { get; private init; }

    public NexmarkOptions Generated { get; private init; } = new();

    /// <exception cref="ArgumentException">What is wrong, for the user.</exception>
    public static Settings Parse(string[] args)
    {
        var settings = new Settings();
        for (int i = 0; i < args.Length; i++)
        {
            string name = args[i];
            if (name is "--together" or "--plans")
            {
                settings = name == "--plans" ? settings with { Plans = true } : settings with { Together = true };
                continue;
            }

            string value = i + 1 < args.Length ? args[++i] : throw new ArgumentException($"{name} takes a value, or isn't an option; --help shows them.");
            settings = name switch
            {
                "--only" => settings with { Queries = [.. value.Split(',').Select(Named)] },
                "--events" => settings with { Events = Number(name, value, 1, 1_000_000_000_000) },
                "--rate" => settings with { Generated = settings.Generated with { EventsPerSecond = (int)Number(name, value, 1000, 10_000_000) } },
                "--disorder" => settings with { Generated = settings.Generated with { Disorder = TimeSpan.FromSeconds(Number(name, value, 0, 4)) } },
                "--cores" => settings with { Cores = (int)Number(name, value, 1, 1024) },
                "--out" => settings with { Output = Path.GetFullPath(value) },
                "--state" => settings with { State = Path.GetFullPath(value) },
                _ => throw new ArgumentException($"There is no option {name}; --help shows them."),
            };
        }

        return settings.State is not null && !settings.Together ? throw new ArgumentException("--state needs --together: the folder belongs to one runtime.") : settings;
    }

    /// <summary>Where the results of a query go; null: nowhere.</summary>
    public string? PathOf(NexmarkQuery query) => Output is null ? null : Path.Combine(Output, query.Name + (State is null ? ".jsonl" : "/"));

    private static NexmarkQuery Named(string name) =>
        Benchmark.Queries.FirstOrDefault(q => q.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)) ?? throw new ArgumentException($"There is no query {name}; they are q0 to q22, q4-as-written and q5-as-written.");

    private static long Number(string name, string value, long least, long most) =>
        long.TryParse(value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out long number) && number >= least && number <= most
            ? number
            : throw new ArgumentException($"{name} takes a whole number from {least:N0} to {most:N0}.");
}
