using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests.Queries;

/// <summary>Partitions that aggregate by themselves and a stage that merges give what one operator gives over the same rows.</summary>
public sealed class TwoPhaseTests
{
    internal const string Graph = """
        public sealed class Node<T> : Laminar.Execution.IStreamNode<T> { }

        /// Runs the stages that a query builds over two partitions, with a merging stage that sees the lesser of their watermarks.
        public sealed class TwoPartitions : Laminar.Execution.IStageGraph
        {
            public Bid[][] Input = new[] { Array.Empty<Bid>(), Array.Empty<Bid>() };
            public List<string> Output = new();
            public bool Split;
            public long Late;

            public Laminar.Execution.IStreamNode<TRow> Source<TRow>() where TRow : ISourceRow<TRow> => new Node<TRow>();

            public Laminar.Execution.IStreamNode<TRow> Query<TRow>(Laminar.Execution.QueryDefinition<TRow> definition) where TRow : IStreamRow<TRow> => throw new NotSupportedException();

            Laminar.Execution.IStreamNode<TIn> Laminar.Execution.IStageGraph.Late<TIn, TOut>(Laminar.Execution.QueryDefinition<TOut> query) => throw new NotSupportedException();
            Laminar.Execution.IStreamNode<TRow> Laminar.Execution.IStageGraph.Union<TRow>(params Laminar.Execution.IStreamNode<TRow>[] inputs) => throw new NotSupportedException();

            public Laminar.Execution.IStreamNode<TOut> Stage<TIn, TOut>(Laminar.Execution.IStreamNode<TIn> input, Laminar.Execution.Stage<TIn, TOut> stage) =>
                throw new NotSupportedException("one phase");

            public Laminar.Execution.IStreamNode<TOut> TwoPhase<TIn, TPartial, TOut>(
                Laminar.Execution.IStreamNode<TIn> input, Laminar.Execution.Stage<TIn, TOut> whole, Laminar.Execution.Stage<TIn, TPartial> local, Laminar.Execution.Stage<TPartial, TOut> final)
            {
                var results = new Laminar.Execution.RowCollector<TOut>();
                Laminar.Execution.Operator<TPartial> merge = final.Create(results);
                var partials = new[] { new Laminar.Execution.RowCollector<TPartial>(), new Laminar.Execution.RowCollector<TPartial>() };
                Laminar.Execution.Operator<TIn>[] locals = { local.Create(partials[0]), local.Create(partials[1]) };
                long[] reached = { long.MinValue, long.MinValue };
                int longest = Math.Max(Input[0].Length, Input[1].Length);
                for (int i = 0; i <= longest; i++)
                {
                    for (int p = 0; p < 2; p++)
                    {
                        if (i < Input[p].Length)
                        {
                            locals[p].Process(((TIn[])(object)Input[p]).AsSpan(i, 1));
                        }
                        else if (i == Input[p].Length)
                        {
                            locals[p].Complete();
                        }

                        merge.Process(partials[p].Rows, partials[p].Watermarks, reached[1 - p]);
                        reached[p] = partials[p].Watermark;
                        partials[p].Clear();
                        merge.AdvanceWatermark(Math.Min(reached[0], reached[1]));
                    }
                }

                merge.Complete();
                Late = merge.LateRows;
                foreach (TOut row in results.Rows)
                {
                    Output.Add(Rows.Text(row!));
                }

                return new Node<TOut>();
            }
        }

        public static class TwoPhase
        {
            public static string[] Run()
            {
                Bid[] input = Test.Input();
                var graph = new TwoPartitions();
                graph.Input[0] = input.Where((_, i) => i % 2 == 0).ToArray();
                graph.Input[1] = input.Where((_, i) => i % 2 == 1).ToArray();
                Q.Definition.Build(graph);
                graph.Output.Sort(StringComparer.Ordinal);
                return graph.Output.Append("late " + graph.Late).ToArray();
            }

            public static string[] Whole()
            {
                string[] rows = Test.All();
                Array.Sort(rows, 0, rows.Length - 1, StringComparer.Ordinal);
                return rows;
            }
        }

        """;

    [TestCase("SELECT auction, window_start, COUNT(*) AS n, SUM(amount) AS s, MAX(bonus) AS m, AVG(fee) AS f FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '10' SECOND)")]
    [TestCase("SELECT name, note, window_start, COUNT(bonus) AS n, MIN(price) AS p FROM bids GROUP BY name, note, HOP(ts, INTERVAL '4' SECOND, INTERVAL '10' SECOND)")]
    [TestCase("SELECT window_start, COUNT(*) AS n, FIRST_VALUE(amount) AS f FROM bids WHERE auction <> 2 GROUP BY TUMBLE(ts, INTERVAL '5' SECOND) HAVING COUNT(*) > 1")]
    [TestCase("SELECT name, note, window_start, window_end, COUNT(bonus) AS n, MAX(price) AS p FROM bids GROUP BY name, note, CUMULATE(ts, INTERVAL '5' SECOND, INTERVAL '20' SECOND)")]
    [TestCase("SELECT window_end, SUM(amount) AS s, LAST_VALUE(auction) AS l FROM bids GROUP BY CUMULATE(ts, INTERVAL '3' SECOND, INTERVAL '12' SECOND, INTERVAL '1' SECOND)")]
    [TestCase("SELECT auction, window_start, window_end, COUNT(*) AS n FROM bids GROUP BY auction, HOP(ts, INTERVAL '10' SECOND, INTERVAL '20' SECOND, TIME ZONE 'Europe/Berlin')")]
    [TestCase("SELECT auction, window_start, window_end, COUNT(*) AS n FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '1' YEAR, TIME ZONE 'Europe/Berlin')")]
    public void SameAsOnePhase(string sql)
    {
        // Rows of both partitions in order of time, one second apart, so that none is late in either way of running.
        string[] rows = [.. Enumerable.Range(0, 60).Select(i =>
            $"Row({i}, {i % 5}, \"{"xyz"[i % 3]}\", {i}.25, {(i * 7) - 100}, {(i % 4 == 0 ? "null" : (i % 7).ToString())}, {(i % 6 == 0 ? "null" : $"\"{i % 2}\"")}, {i}.5m)")];
        using UserAssembly user = QueryRun.Compile(sql, rows, Graph);
        Assert.That(user.Call<string[]>("TwoPhase", "Run"), Is.EqualTo(user.Call<string[]>("TwoPhase", "Whole")));
    }

    [Test]
    public void LateRowsAreJudgedWhereAllMeet()
    {
        // Partition 1 stays at second 1 until the end: what is late within partition 0 isn't late for the query.
        string[] rows = ["Row(1, 1)", "Row(1, 1)", "Row(30, 1)", "Row(1, 1)", "Row(5, 1)", "Row(1, 1)", "Row(40, 1)", "Row(1, 1)"];
        using UserAssembly user = QueryRun.Compile("SELECT auction, window_end, COUNT(*) AS n FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '10' SECOND)", rows, Graph);
        Assert.That(user.Call<string[]>("TwoPhase", "Run"), Is.EqualTo(new[]
        {
            "Row { Auction = 1, WindowEnd = 00:00:10, N = 6 }",
            "Row { Auction = 1, WindowEnd = 00:00:40, N = 1 }",
            "Row { Auction = 1, WindowEnd = 00:00:50, N = 1 }",
            "late 0",
        }));
    }
}
