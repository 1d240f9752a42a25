using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Operators;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit;

/// <summary>What user code calls: Create, Restore, AddTo, Info and the query that takes rows.</summary>
internal static class QueryApiEmitter
{
    private const string Execution = "Execution::";
    private const string Hidden = "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";

    public static void Write(CodeWriter writer, OperatorContext context)
    {
        WriteEntryPoints(writer, context);
        if (context.KeepsLate)
        {
            LateEmitter.WriteClass(writer, context);
        }

        WriteQuery(writer, context);
    }

    /// <summary>The base sources' rows, one type in a query over one source.</summary>
    private static string[] Sources(OperatorContext context) =>
        context.UpstreamDefinitions.Count > 0 || context.Shape.Scan.IsConstant ? context.Shape.Scan.Relation.BaseSources.ToArray() : [context.InputRow];

    /// <summary>Some source, or a query that is read, has an event time of milliseconds.</summary>
    private static bool IsMilliseconds(QueryPlan plan)
    {
        Relation relation = plan.Input;
        return plan.AllInner().Any(inner => IsMilliseconds(inner.Plan))
            || plan.Root.DownToScan().OfType<WindowAggregateNode>().Any(n => n.Window.UnitsPerMillisecond == 1)
            || relation.Columns.Any(c => c.EventTimeLag is not null && c.Type.Kind == SqlTypeKind.BigInt)
            || (relation.Watermark is { } watermark && relation.Columns[watermark.ColumnIndex].Type.Kind == SqlTypeKind.BigInt);
    }

    private static void WriteEntryPoints(CodeWriter writer, OperatorContext context)
    {
        QueryEmitRequest request = context.Request;
        string row = context.Row.TypeName;
        writer.Line("/// <summary>The query's text, plan and fingerprint.</summary>");
        writer.Line("public static Laminar::QueryInfo Info { get; } = new Laminar::QueryInfo(");
        writer.Line($"    {Identifiers.Literal(request.QueryName)},");
        writer.Line($"    {Identifiers.Literal(request.Sql)},");
        writer.Line($"    {Identifiers.Literal(PlanPrinter.Print(request.Plan))},");
        writer.Line($"    {Identifiers.Literal(PlanGraph.Mermaid(request.Plan))},");
        writer.Line($"    {Execution}RowSchemas.Of<{row}>(),");
        writer.Line($"    {Identifiers.Literal(request.StateFingerprint)}){ViewEmitter.Info(request.Plan)};");
        writer.Line();
        writer.Line("/// <summary>The query as a runtime adds it.</summary>");
        writer.Line(Hidden);
        writer.Line($"public static {Execution}RunnableQuery<{row}> Definition {{ get; }} = new {context.Pipeline}.StageGraph(Info);");
        writer.Line();
        writer.Line("/// <summary>Adds the query to a runtime, with what it reads, or answers with the handle it has there already.</summary>");
        writer.Line(ViewEmitter.AddTo(request.Plan, context.Row));
        writer.Line();
        string[] sinks = [$"Query<TSink>|TSink sink|sink|<TSink>|\n    where TSink : struct, Laminar::ISink<{row}>",
            $"Query<{Execution}ActionSink<{row}>>|global::System.Action<{row}> sink|new(sink)||",
            $"Query<{Execution}ReferenceSink<{row}>>|Laminar::ISink<{row}> sink|new(sink)||"];
        foreach (string[] sink in sinks.Select(s => s.Split('|')))
        {
            writer.Line("/// <summary>A query by itself, which hands its rows to <paramref name=\"sink\"/>.</summary>");
            writer.Line($"public static {sink[0]} Create{sink[3]}({sink[1]}){sink[4]} => new({sink[2]}, null);");
            writer.Line();
        }

        foreach (string[] sink in sinks.Select(s => s.Split('|')))
        {
            writer.Line("/// <summary>A query by itself that goes on from a snapshot.</summary>");
            writer.Line("/// <exception cref=\"Laminar::SnapshotException\">The snapshot is damaged or of another query.</exception>");
            writer.Line($"public static {sink[0]} Restore{sink[3]}(global::System.Buffers.ReadOnlySequence<byte> snapshot, {sink[1]}){sink[4]} => new({sink[2]}, snapshot);");
            writer.Line();
        }
    }

    private static void WriteQuery(CodeWriter writer, OperatorContext context)
    {
        string row = context.Row.TypeName;
        string[] sources = Sources(context);
        bool isMilliseconds = IsMilliseconds(context.Request.Plan);
        string baseType = sources.Length == 1 ? $"SingleSourceQuery<{sources[0]}, {row}, TSink>" : $"MultiSourceQuery<{row}, TSink>{string.Concat(sources.Select(s => $", Laminar::IStreamInput<{s}>"))}";
        string tables = string.Concat(context.Request.Plan.BaseTables.Select(t => $", Laminar::ITableInput<{TableCode.RowOf(t)}>"));
        writer.Line("/// <summary>The query by itself: no threads, not thread-safe.</summary>");
        using (writer.Open($"public sealed class Query<TSink> : Laminar::{baseType}{tables}\n    where TSink : struct, Laminar::ISink<{row}>"))
        {
            writer.Line("internal Query(TSink sink, global::System.Buffers.ReadOnlySequence<byte>? snapshot)");
            using (writer.Open($"    : base({context.QualifiedClass}.Definition, sink, {Identifiers.Literal(isMilliseconds)}, snapshot)"))
            {
                for (int i = 0; sources.Length > 1 && i < sources.Length; i++)
                {
                    writer.Line($"_source{i} = Open<{sources[i]}>();");
                }
            }

            writer.Line();
            if (context.KeepsLate)
            {
                LateEmitter.WriteMember(writer, context);
            }

            for (int i = 0; sources.Length > 1 && i < sources.Length; i++)
            {
                WritePush(writer, sources[i], $"_source{i}");
            }

            TableCode.WriteApi(writer, context.Request.Plan.BaseTables);
            if (isMilliseconds)
            {
                writer.Line("/// <summary>No more rows before this many milliseconds since 1970 will come.</summary>");
                writer.Line("public void AdvanceWatermark(long watermarkMs) => Advance(watermarkMs);");
                writer.Line();
            }
        }

        writer.Line();
    }

    private static void WritePush(CodeWriter writer, string source, string entry)
    {
        writer.Line($"private readonly {Execution}PipelineEntry<{source}> {entry};");
        writer.Line();
        writer.Line("/// <summary>One row.</summary>");
        writer.Line($"public void Push(in {source} row) => {entry}.Process(new global::System.ReadOnlySpan<{source}>(in row));");
        writer.Line();
        writer.Line("/// <summary>Many rows, in order. Results don't depend on how rows are cut into calls.</summary>");
        writer.Line($"public void Push(global::System.ReadOnlySpan<{source}> rows) => {entry}.Process(rows);");
        writer.Line();
        writer.Line("/// <summary>Many rows, in order.</summary>");
        writer.Line($"public void Push({source}[] rows) => {entry}.Process(rows);");
        writer.Line();
    }

    /// <summary>Opens the class around everything from the base sources' rows to this query's.</summary>
    public static CodeWriter.Block OpenPipeline(CodeWriter writer, OperatorContext context)
    {
        writer.Line("/// <summary>Everything from the base sources' rows to this query's.</summary>");
        return writer.Open($"internal static class {context.Pipeline}");
    }
}
