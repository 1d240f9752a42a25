using Laminar.Corpus.Tests.Data;
using Laminar.Corpus.Tests.DuckDb;
using Laminar.Corpus.Tests.Engines;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;
using Laminar.Sql.Types;
using NUnit.Framework;

namespace Laminar.Corpus.Tests.Corpus;

/// <summary>Every case of tests/corpus through the interpreter, cut in every way, and through DuckDB.</summary>
public sealed class CorpusTests
{
    private static readonly DuckDbEngine Duck = new();

    /// <summary>All good cases in one compilation, made when the first is asked for.</summary>
    private static readonly Lazy<(GeneratedProject Project, Dictionary<string, int> Numbers)> Compiled = new(Build);

    private static IEnumerable<TestCaseData> Good => CorpusFile.All().Where(c => c.CompileError is null).Select(c => new TestCaseData(c).SetName(c.ToString().Replace('.', ' ')));

    private static IEnumerable<TestCaseData> Bad => CorpusFile.All().Where(c => c.CompileError is not null).Select(c => new TestCaseData(c).SetName(c.ToString().Replace('.', ' ')));

    [OneTimeTearDown]
    public static void Close()
    {
        Duck.Dispose();
        if (Compiled.IsValueCreated)
        {
            Compiled.Value.Project.Dispose();
        }
    }

    [Test]
    public void There_are_at_least_150_cases() => Assert.That(CorpusFile.All().Count(), Is.GreaterThanOrEqualTo(Environment.GetEnvironmentVariable("LAMINAR_CORPUS") is null ? 150 : 1));

    [Test]
    public void Titles_differ_within_a_file() => Assert.That(CorpusFile.All().Select(c => c.ToString()), Is.Unique);

    [TestCaseSource(nameof(Bad))]
    public void Refused_at_its_place(object boxed)
    {
        var test = (CorpusCase)boxed;
        var chain = new CompiledChain(CompiledChain.SourcesOf(test.Sources), test.Queries);
        Assert.That(chain.Bad, Is.Not.Null, "The query compiles.");
        SqlDiagnostic first = chain.Diagnostics.First(d => d.IsError);
        (int line, int column) = new LineMap(chain.Bad!).Locate(first.Span.Start);
        Assert.That($"{first.Rule.Id} {line + 1}:{column + 1}", Is.EqualTo(test.CompileError), first.Message);
    }

    [TestCaseSource(nameof(Good))]
    public void Interpreted(object boxed)
    {
        var test = (CorpusCase)boxed;
        CompiledChain chain = Compile(test);
        StreamData data = CompiledChain.Data(chain.Sources, test.Rows);
        Check(test, chain, new InterpreterEngine(chain.Plan, chain.Upstream), data);
    }

    [TestCaseSource(nameof(Good))]
    public void In_a_database(object boxed)
    {
        var test = (CorpusCase)boxed;
        CompiledChain chain = Compile(test);
        var engine = new DatabaseEngine(test, chain);
        string? refused = chain.Sources.Any(s => s.Kind == RelationKind.Table) ? "not supported yet: CREATE LOOKUP TABLE"
            : chain.Sources.Any(s => s.IsUpdating) ? "A source of changes isn't available in a database" : null;
        if (refused is not null)
        {
            Assert.That(engine.Run(CompiledChain.Data(chain.Sources, []), new RunShape(1)).Failure, Does.Contain(refused));
            return;
        }

        Check(test, chain, engine, CompiledChain.Data(chain.Sources, test.Rows), [new(1), new(7), new(int.MaxValue)]);
    }

    [TestCaseSource(nameof(Good))]
    public void Generated(object boxed)
    {
        var test = (CorpusCase)boxed;
        CompiledChain chain = Compile(test);
        StreamData data = CompiledChain.Data(chain.Sources, test.Rows);
        Check(test, chain, Compiled.Value.Project.Engine(Compiled.Value.Numbers[test.ToString()]), data);
    }

    [TestCaseSource(nameof(Good))]
    public void Same_as_DuckDB(object boxed)
    {
        var test = (CorpusCase)boxed;
        if (test.NoDuckDb is { } reason)
        {
            Assert.That(reason, Is.Not.Empty);
            return;
        }

        CompiledChain chain = Compile(test);
        StreamData data = CompiledChain.Data(chain.Sources, test.Rows);
        Duck.Load(data);
        if (test.DuckDb is not null)
        {
            foreach (Relation relation in data.Relations)
            {
                string names = string.Concat(relation.Columns.Select((c, i) => $"c{i} AS \"{c.Name}\", "));
                Duck.Execute($"CREATE OR REPLACE VIEW {(data.Relations.Count == 1 ? "rows" : relation.Name + "_rows")} AS SELECT {names}rn, wm FROM {DuckDbTranslator.SourceOf(relation)}");
            }
        }

        List<object?[]> batch = Duck.Query(test.DuckDb ?? new DuckDbTranslator(chain.Upstream, Duck.Count).Translate(chain.Plan), chain.Types);
        var comparer = new RowComparer(chain.Types) { DecimalTolerance = 0.000001m };
        IReadOnlyList<object?[]> expected = chain.Final(Expected(test, chain), comparer);
        Assert.That(comparer.DifferenceAsMultiset(expected, batch), Is.Null, test.ToString());
    }

    internal static CompiledChain Compile(CorpusCase test)
    {
        var chain = new CompiledChain(CompiledChain.SourcesOf(test.Sources), test.Queries);
        Assert.That(chain.Bad, Is.Null, () => string.Join(Environment.NewLine, chain.Diagnostics));
        return chain;
    }

    internal static List<object?[]> Expected(CorpusCase test, CompiledChain chain)
    {
        SqlType[] types = chain.Plan.IsUpdating ? [SqlType.Varchar, .. chain.Types] : chain.Types;
        return [.. test.Expected.Select(line => Row(line, types, chain.Plan.IsUpdating))];
    }

    internal static void Check(CorpusCase test, CompiledChain chain, IEngine engine, StreamData data, IEnumerable<RunShape>? cuts = null)
    {
        List<object?[]> expected = Expected(test, chain);
        RowComparer comparer = engine is InterpreterEngine or DatabaseEngine ? new RowComparer(chain.Types) : chain.Comparer();
        IEnumerable<RunShape> shapes = cuts ?? [new(1), new(7), new(int.MaxValue), .. Enumerable.Range(0, Math.Max(1, data.RowCount)).Select(r => new RunShape(int.MaxValue, r))];
        foreach (RunShape shape in shapes)
        {
            RunResult result = engine.Run(data, shape with { SkipErrors = test.Errors is not null });
            string context = $"{test} cut as {shape}; output:\n" + string.Join("\n", result.Rows.Select(r => Cells.FormatRow(r, chain.Types)));
            Assert.Multiple(() =>
            {
                if (test.Fails is { } part)
                {
                    Assert.That(result.Failure, Does.Contain(part), context);
                }
                else
                {
                    Assert.That(result.Failure, Is.Null, context);
                }

                // Queries that run by themselves hand on their changes in the order in which they were made.
                bool isInAnyOrder = engine is DatabaseEngine && (chain.HasConstants || (chain.Plans.Count > 1 && chain.Plan.IsUpdating));
                Assert.That(
                    isInAnyOrder || chain.DependsOnBatches && shape != new RunShape(int.MaxValue)
                        ? comparer.DifferenceAsMultiset(chain.Final(expected, comparer), chain.Final(result.Rows, comparer))
                        : comparer.Difference(expected, result.Rows),
                    Is.Null,
                    context);
                if (test.Fails is null)
                {
                    Assert.That(result.Late, Is.EqualTo(test.Late), "late; " + context);
                    Assert.That(result.Errors, Is.EqualTo(test.Errors ?? test.Skips ?? 0), "errors; " + context);
                }
            });
        }
    }

    private static (GeneratedProject Project, Dictionary<string, int> Numbers) Build()
    {
        var project = new GeneratedProject();
        var numbers = new Dictionary<string, int>();
        foreach (CorpusCase test in CorpusFile.All().Where(c => c.CompileError is null))
        {
            numbers.Add(test.ToString(), project.Add(test.Sources, test.Queries));
        }

        project.Build();
        return (project, numbers);
    }

    private static object?[] Row(string line, SqlType[] types, bool updating)
    {
        string[] cells = line.Split('|');
        if (cells.Length != types.Length)
        {
            throw new FormatException($"{types.Length} cells are needed: {line}");
        }

        object?[] row = [.. cells.Select((c, i) => Cells.Parse(c, types[i]))];
        if (updating)
        {
            row[0] = (string)row[0]! switch
            {
                "+I" => "insert",
                "-U" => "update_before",
                "+U" => "update_after",
                "-D" => "delete",
                var other => throw new FormatException("Not a kind of row: " + other),
            };
        }

        return row;
    }
}
