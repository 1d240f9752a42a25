using System.Linq;
using Laminar.Generators.Emit.Operators;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit;

/// <summary>What user code calls: Create, Restore, AddTo, Info and the query that takes rows.</summary>
internal static class QueryApiEmitter
{
    private const string Execution = "global::Laminar.Execution.";
    private const string Hidden = "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";

    public static void Write(CodeWriter writer, OperatorContext context)
    {
        WriteEntryPoints(writer, context);
        WriteQuery(writer, context);
        WritePipeline(writer, context);
    }

    private static bool IsOverQuery(OperatorContext context) => context.Shape.Scan.Relation.Kind == RelationKind.Query;

    private static string Base(OperatorContext context) =>
        IsOverQuery(context) ? context.Shape.Scan.Relation.BaseSources.First() : context.InputRow;

    private static bool IsMilliseconds(OperatorContext context) =>
        context.Shape.Aggregate is { } aggregate ? aggregate.Window.UnitsPerMillisecond == 1
            : context.Shape.Scan.Relation.Columns.Any(c => c.EventTimeLag is not null && c.Type.Kind == SqlTypeKind.BigInt)
                || (context.Shape.WatermarkColumn is { } w && context.Shape.Scan.Relation.Columns[w].Type.Kind == SqlTypeKind.BigInt);

    private static void WriteEntryPoints(CodeWriter writer, OperatorContext context)
    {
        QueryEmitRequest request = context.Request;
        string row = context.Row.TypeName;
        writer.Line("/// <summary>The query's text, plan and fingerprint.</summary>");
        writer.Line("public static global::Laminar.QueryInfo Info { get; } = new global::Laminar.QueryInfo(");
        writer.Line($"    {Identifiers.Literal(request.QueryName)},");
        writer.Line($"    {Identifiers.Literal(request.Sql)},");
        writer.Line($"    {Identifiers.Literal(PlanPrinter.Print(request.Plan))},");
        writer.Line($"    {Identifiers.Literal(PlanGraph.Mermaid(request.Plan))},");
        writer.Line($"    {Execution}RowSchemas.Of<{row}>(),");
        writer.Line($"    {Identifiers.Literal(request.StateFingerprint)});");
        writer.Line();
        writer.Line("/// <summary>The query as a runtime adds it.</summary>");
        writer.Line(Hidden);
        writer.Line($"public static {Execution}QueryDefinition<{row}> Definition {{ get; }} = new StageGraph();");
        writer.Line();
        writer.Line("/// <summary>Adds the query to a runtime, with what it reads, or answers with the handle it has there already.</summary>");
        writer.Line($"public static global::Laminar.QueryHandle<{row}> AddTo(global::Laminar.ILaminarRuntime runtime) => runtime.AddQuery(Definition);");
        writer.Line();
        string[] sinks = [$"Query<TSink>|TSink sink|new Query<TSink>(sink)|<TSink>|\n    where TSink : struct, global::Laminar.ISink<{row}>",
            $"Query<{Execution}ActionSink<{row}>>|global::System.Action<{row}> sink|new Query<{Execution}ActionSink<{row}>>(new {Execution}ActionSink<{row}>(sink))||",
            $"Query<{Execution}ReferenceSink<{row}>>|global::Laminar.ISink<{row}> sink|new Query<{Execution}ReferenceSink<{row}>>(new {Execution}ReferenceSink<{row}>(sink))||"];
        foreach (string[] sink in sinks.Select(s => s.Split('|')))
        {
            writer.Line("/// <summary>A query by itself, which hands its rows to <paramref name=\"sink\"/>.</summary>");
            writer.Line($"public static {sink[0]} Create{sink[3]}({sink[1]}){sink[4]} => {sink[2]};");
            writer.Line();
        }

        foreach (string[] sink in sinks.Select(s => s.Split('|')))
        {
            writer.Line("/// <summary>A query by itself that goes on from a snapshot.</summary>");
            writer.Line("/// <exception cref=\"global::Laminar.SnapshotException\">The snapshot is damaged or of another query.</exception>");
            writer.Line($"public static {sink[0]} Restore{sink[3]}(global::System.Buffers.ReadOnlySequence<byte> snapshot, {sink[1]}){sink[4]} => {sink[2]}.Load(snapshot);");
            writer.Line();
        }
    }

    private static void WriteQuery(CodeWriter writer, OperatorContext context)
    {
        string row = context.Row.TypeName;
        string source = Base(context);
        writer.Line("/// <summary>The query by itself: no threads, not thread-safe.</summary>");
        using (writer.Open(
            $"public sealed class Query<TSink> : global::Laminar.IStreamQuery<{row}>, global::Laminar.IStreamInput<{source}>\n    where TSink : struct, global::Laminar.ISink<{row}>"))
        {
            writer.Line($"private readonly Pipeline<{Execution}SinkOutput<{row}, TSink>> _pipeline;");
            writer.Line();
            writer.Line($"internal Query(TSink sink) => _pipeline = new Pipeline<{Execution}SinkOutput<{row}, TSink>>(new {Execution}SinkOutput<{row}, TSink>(sink));");
            writer.Line();
            writer.Line("/// <summary>The sink, which lives inside the query.</summary>");
            writer.Line("public ref TSink Sink => ref _pipeline.Last.Output.Sink;");
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line($"public global::Laminar.QueryInfo Info => {context.QualifiedClass}.Info;");
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line("public global::Laminar.QueryStatistics Statistics =>");
            writer.Line("    new global::Laminar.QueryStatistics(_pipeline.RowsIn, _pipeline.Last.RowsOut, _pipeline.LateRows, _pipeline.ErrorRows, _pipeline.StateBytes);");
            writer.Line();
            writer.Line("/// <summary>Asked about each row that fails: true to count and skip it. Null: the row's exception leaves Push and the query is faulted.</summary>");
            writer.Line("public global::System.Func<global::Laminar.StreamRowException, bool>? OnError { set => _pipeline.OnError = value; }");
            writer.Line();
            writer.Line("/// <summary>One row.</summary>");
            writer.Line($"public void Push(in {source} row) => _pipeline.Process(new global::System.ReadOnlySpan<{source}>(in row));");
            writer.Line();
            writer.Line("/// <summary>Many rows, in order. Results don't depend on how rows are cut into calls.</summary>");
            writer.Line($"public void Push(global::System.ReadOnlySpan<{source}> rows) => _pipeline.Process(rows);");
            writer.Line();
            writer.Line("/// <summary>Many rows, in order.</summary>");
            writer.Line($"public void Push({source}[] rows) => _pipeline.Process(new global::System.ReadOnlySpan<{source}>(rows));");
            writer.Line();
            writer.Line("/// <summary>An Arrow batch, columns matched by name.</summary>");
            writer.Line("public void Push(global::Apache.Arrow.RecordBatch batch) => _pipeline.Process(batch);");
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line($"public void AdvanceWatermark(global::System.DateTime watermark) => _pipeline.AdvanceWatermark({Execution}RowTime.{(IsMilliseconds(context) ? "ToMilliseconds" : "ToTicks")}(watermark));");
            writer.Line();
            if (IsMilliseconds(context))
            {
                writer.Line("/// <summary>No more rows before this many milliseconds since 1970 will come.</summary>");
                writer.Line("public void AdvanceWatermark(long watermarkMs) => _pipeline.AdvanceWatermark(watermarkMs);");
                writer.Line();
            }

            writer.Line("/// <inheritdoc/>");
            writer.Line("public void Complete() => _pipeline.Complete();");
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line("public void Snapshot(global::System.Buffers.IBufferWriter<byte> writer) => _pipeline.Save(writer);");
            writer.Line();
            writer.Line("/// <inheritdoc/>");
            writer.Line("public void Dispose() => _pipeline.Dispose();");
            writer.Line();
            using (writer.Open("internal Query<TSink> Load(global::System.Buffers.ReadOnlySequence<byte> snapshot)"))
            {
                writer.Line("_pipeline.Load(ref snapshot);");
                writer.Line("global::Laminar.State.SnapshotParts.End(snapshot);");
                writer.Line("return this;");
            }
        }

        writer.Line();
    }

    private static void WritePipeline(CodeWriter writer, OperatorContext context)
    {
        string row = context.Row.TypeName;
        string source = Base(context);
        string input = context.InputRow;
        bool chained = IsOverQuery(context);
        writer.Line("/// <summary>Everything from the base source's rows to this query's: what is read by it is run in here.</summary>");
        writer.Line(Hidden);
        using (writer.Open($"public sealed class Pipeline<TOut> : global::System.IDisposable\n    where TOut : struct, {Execution}IRowOutput<{row}>"))
        {
            writer.Line("/// <summary>This query's own operator.</summary>");
            writer.Line("public readonly Operator<TOut> Last;");
            writer.Line();
            if (chained)
            {
                writer.Line($"private readonly {Execution}RowCollector<{input}> _between = new();");
                writer.Line($"private readonly {context.UpstreamPipeline}<{Execution}CollectorOutput<{input}>> _upstream;");
                writer.Line();
                using (writer.Open("public Pipeline(TOut output)"))
                {
                    writer.Line("Last = new Operator<TOut>(output);");
                    writer.Line($"_upstream = new {context.UpstreamPipeline}<{Execution}CollectorOutput<{input}>>(new {Execution}CollectorOutput<{input}>(_between));");
                }
            }
            else
            {
                writer.Line("public Pipeline(TOut output) => Last = new Operator<TOut>(output);");
            }

            writer.Line();
            string plus(string name) => chained ? $"_upstream.{name} + Last.{name}" : $"Last.{name}";
            writer.Line($"public long RowsIn => {(chained ? "_upstream" : "Last")}.RowsIn;");
            writer.Line($"public long LateRows => {plus("LateRows")};");
            writer.Line($"public long ErrorRows => {plus("ErrorRows")};");
            writer.Line($"public long StateBytes => {plus("StateBytes")};");
            writer.Line();
            using (writer.Open("public global::System.Func<global::Laminar.StreamRowException, bool>? OnError"))
            using (writer.Open("set"))
            {
                if (chained)
                {
                    writer.Line("_upstream.OnError = value;");
                }

                writer.Line("Last.OnError = value;");
            }

            writer.Line();
            if (!chained)
            {
                writer.Line($"public void Process(global::System.ReadOnlySpan<{source}> rows) => Last.Process(rows);");
                writer.Line("public void Process(global::Apache.Arrow.RecordBatch batch) => Last.Process(batch);");
                writer.Line("public void AdvanceWatermark(long watermark) => Last.AdvanceWatermark(watermark);");
                writer.Line("public void Complete() => Last.Complete();");
                writer.Line($"public void Save(global::System.Buffers.IBufferWriter<byte> writer) => global::Laminar.State.SnapshotParts.Write(writer, Last);");
                writer.Line("public void Load(ref global::System.Buffers.ReadOnlySequence<byte> snapshot) => Last.Restore(global::Laminar.State.SnapshotParts.Take(ref snapshot));");
                writer.Line("public void Dispose() => Last.Dispose();");
            }
            else
            {
                WriteChain(writer, source);
            }
        }

        writer.Line();
    }

    private static void WriteChain(CodeWriter writer, string source)
    {
        using (writer.Open($"public void Process(global::System.ReadOnlySpan<{source}> rows)"))
        {
            writer.Line("// In slices whose rows stay in the cache between the queries.");
            using (writer.Open("while (rows.Length > 0)"))
            {
                writer.Line($"int slice = global::System.Math.Min(rows.Length, {Execution}RowCollectors.SliceRows);");
                using (writer.Open("try"))
                {
                    writer.Line("_upstream.Process(rows.Slice(0, slice));");
                }

                using (writer.Open("finally"))
                {
                    writer.Line("HandOn();");
                }

                writer.Line("rows = rows.Slice(slice);");
            }
        }

        writer.Line();
        foreach ((string header, string call) in new[]
        {
            ("public void Process(global::Apache.Arrow.RecordBatch batch)", "_upstream.Process(batch);"),
            ("public void AdvanceWatermark(long watermark)", "_upstream.AdvanceWatermark(watermark);"),
        })
        {
            using (writer.Open(header))
            {
                using (writer.Open("try"))
                {
                    writer.Line(call);
                }

                using (writer.Open("finally"))
                {
                    writer.Line("HandOn();");
                }
            }

            writer.Line();
        }

        using (writer.Open("public void Complete()"))
        {
            writer.Line("_upstream.Complete();");
            writer.Line("HandOn();");
            writer.Line("Last.Complete();");
        }

        writer.Line();
        using (writer.Open("public void Save(global::System.Buffers.IBufferWriter<byte> writer)"))
        {
            writer.Line("_upstream.Save(writer);");
            writer.Line("global::Laminar.State.SnapshotParts.Write(writer, Last);");
        }

        writer.Line();
        using (writer.Open("public void Load(ref global::System.Buffers.ReadOnlySequence<byte> snapshot)"))
        {
            writer.Line("_upstream.Load(ref snapshot);");
            writer.Line("Last.Restore(global::Laminar.State.SnapshotParts.Take(ref snapshot));");
        }

        writer.Line();
        using (writer.Open("public void Dispose()"))
        {
            writer.Line("_upstream.Dispose();");
            writer.Line("Last.Dispose();");
        }

        writer.Line();
        writer.Line("/// <summary>Rows of the query that is read, each with the watermark before it, go through this one.</summary>");
        using (writer.Open("private void HandOn()"))
        {
            writer.Line($"{Execution}RowCollectors.HandOn(_between, Last);");
        }
    }
}
