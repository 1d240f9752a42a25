using System.Globalization;
using Laminar.Corpus.Tests.Corpus;
using Laminar.Corpus.Tests.Data;
using Laminar.Corpus.Tests.DuckDb;
using Laminar.Corpus.Tests.Engines;
using NUnit.Framework;

namespace Laminar.Corpus.Tests.Random;

/// <summary>
/// Random queries over random rows: interpreted and generated emit the same rows in the same order, DuckDB holds the same at the end. Each case is cut into batches of 1, 7 and all rows and
/// restored from a snapshot before a random row. <c>LAMINAR_RANDOM_SEED=seed:query:set</c> runs one case, <c>LAMINAR_RANDOM_BASE=n</c> moves all seeds.
/// </summary>
public sealed class RandomDifferentialTests
{
    private const int Batches = 4;
    private const int SeedsPerBatch = 5;
    private const int QueriesPerSeed = 26;
    private const int SetsPerQuery = 5;

    private static int Base => int.Parse(Environment.GetEnvironmentVariable("LAMINAR_RANDOM_BASE") ?? "1000", CultureInfo.InvariantCulture);

    [Test]
    public void Interpreted_generated_and_DuckDB_agree([Range(0, Batches - 1)] int batch)
    {
        int first = Base + (batch * SeedsPerBatch);
        TestContext.Out.WriteLine($"Seeds {first} to {first + SeedsPerBatch - 1}");
        Run(Enumerable.Range(first, SeedsPerBatch), (_, _) => true);
    }

    [Test]
    public void Replayed()
    {
        string? replay = Environment.GetEnvironmentVariable("LAMINAR_RANDOM_SEED");
        int[] parts = [.. (replay ?? $"{Base}:0:1").Split(':').Select(p => int.Parse(p, CultureInfo.InvariantCulture))];
        Run([parts[0]], (query, set) => (parts.Length < 2 || parts[1] == query) && (parts.Length < 3 || parts[2] == set));
    }

    private static void Run(IEnumerable<int> seeds, Func<int, int, bool> wanted)
    {
        using var duck = new DuckDbEngine();
        using var project = new GeneratedProject();
        var failures = new List<string>();
        var runs = new List<(RandomBatch Batch, int Query, CompiledChain Chain, int Generated)>();
        foreach (int seed in seeds)
        {
            var batch = new RandomBatch(seed, QueriesPerSeed);
            for (int query = 0; query < QueriesPerSeed; query++)
            {
                if (!Enumerable.Range(0, SetsPerQuery).Any(set => wanted(query, set)))
                {
                    continue;
                }

                var chain = new CompiledChain([batch.Relation], batch.Queries[query]);
                if (chain.Bad is null)
                {
                    runs.Add((batch, query, chain, project.Add(batch.SourceSql, batch.Queries[query])));
                }
                else if (!chain.Diagnostics.Any(d => d.Rule.Id == "LAM2019" || (batch.Risky && d.Rule.Id == "LAM2018")))
                {
                    // Sums of sums may need more digits than DECIMAL has, and what may fail may be constant; nothing else may be refused.
                    failures.Add($"{batch.Replay(query, 0)} doesn't compile: {chain.Bad}\n  {string.Join("\n  ", chain.Diagnostics)}");
                }
            }
        }

        project.Build();
        int asked = 0;
        int cases = 0;
        foreach ((RandomBatch batch, int query, CompiledChain chain, int generated) in runs)
        {
            for (int set = 0; set < SetsPerQuery; set++)
            {
                if (wanted(query, set))
                {
                    int known = failures.Count;
                    cases++;
                    asked += Check(batch, query, set, chain, project.Engine(generated), duck, failures);
                    if (failures.Count > known)
                    {
                        break;
                    }
                }
            }
        }

        TestContext.Out.WriteLine($"{runs.Count} queries in one compilation, {cases} cases, {asked} of them also in DuckDB");
        string report = $"{failures.Count} queries fail:\n\n" + string.Join("\n\n", failures.Take(12));
        Assert.That(failures.Count, Is.Zero, report);
    }

    private static int Check(RandomBatch batch, int query, int set, CompiledChain chain, IEngine generated, DuckDbEngine duck, List<string> failures)
    {
        StreamData data = batch.Data(query, set);
        string context = $"{batch.Replay(query, set)}\n{batch.SourceSql}\n{string.Join("\n", batch.Queries[query].Select(q => $"{q.Name}: {q.Sql}"))}\n  ";
        int asked = 0;
        try
        {
            RowComparer comparer = chain.Comparer(0.000002m);
            var exact = new RowComparer(chain.Types);
            var interpreter = new InterpreterEngine(chain.Plan, chain.Upstream);
            RunResult whole = interpreter.Run(data, new RunShape(int.MaxValue, SkipErrors: true));

            // Which of the results that a batch passes over are told, and outlive the group that is forgotten, is the batches' affair.
            RunResult Expected(RunShape shape) => chain.Forgets && chain.DependsOnBatches ? interpreter.Run(data, shape) : whole;
            System.Random random = batch.Shapes(query, set);
            int restart = random.Next(Math.Max(1, data.RowCount));
            foreach (RunShape shape in (RunShape[])[new(1, SkipErrors: true), new(7, SkipErrors: true), new(7, restart, SkipErrors: true)])
            {
                Compare("interpreter", Expected(shape), interpreter.Run(data, shape), shape, chain, exact, context, failures);
            }

            foreach (RunShape shape in (RunShape[])[new(int.MaxValue, SkipErrors: true), new(1, SkipErrors: true), new(7, SkipErrors: true), new(7, restart, SkipErrors: true)])
            {
                Compare("generated", Expected(shape), generated.Run(data, shape), shape, chain, comparer, context, failures);
            }

            if (!batch.Risky && !chain.Forgets)
            {
                asked = 1;
                duck.Load(data);
                List<object?[]> batchRows = duck.Query(new DuckDbTranslator(chain.Upstream, duck.Count).Translate(chain.Plan), chain.Types);
                IReadOnlyList<object?[]> final = chain.Final(whole.Rows, comparer);
                if (comparer.DifferenceAsMultiset(batchRows, final) is { } difference)
                {
                    failures.Add($"{context}DuckDB (expected) and interpreter: {difference}");
                }

                if (whole.Errors > 0)
                {
                    failures.Add($"{context}{whole.Errors} error rows where none can be");
                }
            }
        }
        catch (NotInDuckDbException)
        {
            return 0;
        }
        catch (Exception error)
        {
            failures.Add(context + string.Join('\n', error.ToString().Split('\n').Take(6)));
        }

        return asked;
    }

    private static void Compare(
        string engine, RunResult expected, RunResult actual, RunShape shape, CompiledChain chain, RowComparer comparer, string context, List<string> failures)
    {
        string? difference = (chain.DependsOnBatches && (chain.HasOwnBatches || shape.BatchRows != int.MaxValue)
                ? comparer.DifferenceAsMultiset(chain.Final(expected.Rows, comparer), chain.Final(actual.Rows, comparer))
                : comparer.Difference(expected.Rows, actual.Rows))
            ?? (expected.Late != actual.Late ? $"late rows: {expected.Late} and {actual.Late}" : null)
            ?? (expected.Errors != actual.Errors ? $"error rows: {expected.Errors} and {actual.Errors}" : null)
            ?? (expected.Failure is null == actual.Failure is null ? null : $"failure: {expected.Failure} and {actual.Failure}");
        if (difference is not null)
        {
            failures.Add($"{context}{engine} in {shape}: {difference}");
        }
    }
}
