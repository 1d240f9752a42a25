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
            LateEmitter.WriteClass(writer, context, Base(context));
        }

        WriteQuery(writer, context);
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
        writer.Line("public static Laminar::QueryInfo Info { get; } = new Laminar::QueryInfo(");
        writer.Line($"    {Identifiers.Literal(request.QueryName)},");
        writer.Line($"    {Identifiers.Literal(request.Sql)},");
        writer.Line($"    {Identifiers.Literal(PlanPrinter.Print(request.Plan))},");
        writer.Line($"    {Identifiers.Literal(PlanGraph.Mermaid(request.Plan))},");
        writer.Line($"    {Execution}RowSchemas.Of<{row}>(),");
        writer.Line($"    {Identifiers.Literal(request.StateFingerprint)});");
        writer.Line();
        writer.Line("/// <summary>The query as a runtime adds it.</summary>");
        writer.Line(Hidden);
        writer.Line($"public static {Execution}QueryDefinition<{row}> Definition {{ get; }} = new {context.Pipeline}.StageGraph();");
        writer.Line();
        writer.Line("/// <summary>Adds the query to a runtime, with what it reads, or answers with the handle it has there already.</summary>");
        writer.Line($"public static Laminar::QueryHandle<{row}> AddTo(Laminar::ILaminarRuntime runtime) => runtime.AddQuery(Definition);");
        writer.Line();
        string[] sinks = [$"Query<TSink>|TSink sink|new Query<TSink>(sink)|<TSink>|\n    where TSink : struct, Laminar::ISink<{row}>",
            $"Query<{Execution}ActionSink<{row}>>|global::System.Action<{row}> sink|new Query<{Execution}ActionSink<{row}>>(new {Execution}ActionSink<{row}>(sink))||",
            $"Query<{Execution}ReferenceSink<{row}>>|Laminar::ISink<{row}> sink|new Query<{Execution}ReferenceSink<{row}>>(new {Execution}ReferenceSink<{row}>(sink))||"];
        foreach (string[] sink in sinks.Select(s => s.Split('|')))
        {
            writer.Line("/// <summary>A query by itself, which hands its rows to <paramref name=\"sink\"/>.</summary>");
            writer.Line($"public static {sink[0]} Create{sink[3]}({sink[1]}){sink[4]} => {sink[2]};");
            writer.Line();
        }

        foreach (string[] sink in sinks.Select(s => s.Split('|')))
        {
            writer.Line("/// <summary>A query by itself that goes on from a snapshot.</summary>");
            writer.Line("/// <exception cref=\"Laminar::SnapshotException\">The snapshot is damaged or of another query.</exception>");
            writer.Line($"public static {sink[0]} Restore{sink[3]}(global::System.Buffers.ReadOnlySequence<byte> snapshot, {sink[1]}){sink[4]} => {sink[2]}.Resume(snapshot);");
            writer.Line();
        }
    }

    private static void WriteQuery(CodeWriter writer, OperatorContext context)
    {
        string row = context.Row.TypeName;
        string source = Base(context);
        string last = $"{context.Pipeline}.Operator<{Execution}SinkOutput<{row}, TSink>>";
        bool isMilliseconds = IsMilliseconds(context);
        writer.Line("/// <summary>The query by itself: no threads, not thread-safe.</summary>");
        using (writer.Open($"public sealed class Query<TSink> : Laminar::SingleSourceQuery<{source}, {row}>\n    where TSink : struct, Laminar::ISink<{row}>"))
        {
            writer.Line($"private readonly {last} _last;");
            writer.Line();
            writer.Line($"internal Query(TSink sink) : this(new {last}(new {Execution}SinkOutput<{row}, TSink>(sink)))");
            writer.Line("{");
            writer.Line("}");
            writer.Line();
            writer.Line($"private Query({last} last) : base({context.QualifiedClass}.Info, {context.Pipeline}.Of(last), {Identifiers.Literal(isMilliseconds)}) => _last = last;");
            writer.Line();
            writer.Line("/// <summary>The sink, which lives inside the query. While it throws, a small struct holds what it held before the batch.</summary>");
            writer.Line("public ref TSink Sink => ref _last.Output.Sink;");
            writer.Line();
            if (context.KeepsLate)
            {
                LateEmitter.WriteMember(writer, context);
            }

            if (isMilliseconds)
            {
                writer.Line("/// <summary>No more rows before this many milliseconds since 1970 will come.</summary>");
                writer.Line("public void AdvanceWatermark(long watermarkMs) => Advance(watermarkMs);");
                writer.Line();
            }

            using (writer.Open("internal Query<TSink> Resume(global::System.Buffers.ReadOnlySequence<byte> snapshot)"))
            {
                writer.Line("Load(snapshot);");
                writer.Line("return this;");
            }
        }

        writer.Line();
    }

    /// <summary>Opens the class around everything from the base source's rows to this query's.</summary>
    public static CodeWriter.Block OpenPipeline(CodeWriter writer, OperatorContext context)
    {
        string row = context.Row.TypeName;
        string source = Base(context);
        string input = context.InputRow;
        string output = $"{Execution}CollectorOutput<{row}>";
        writer.Line("/// <summary>Everything from the base source's rows to this query's.</summary>");
        writer.Line(Hidden);
        CodeWriter.Block block = writer.Open($"public static class {context.Pipeline}");
        writer.Line("/// <summary>The query as a part of one that reads it.</summary>");
        writer.Line($"public static {Execution}QueryPipeline<{source}> Into({Execution}RowCollector<{row}> output) => Of(new Operator<{output}>(new {output}(output)));");
        writer.Line();
        string header = $"internal static {Execution}QueryPipeline<{source}> Of({Execution}QueryOperator<{input}> last)";
        if (!IsOverQuery(context))
        {
            writer.Line($"{header} => new {Execution}SourcePipeline<{source}>(last);");
        }
        else
        {
            using (writer.Open(header))
            {
                writer.Line($"var between = new {Execution}RowCollector<{input}>();");
                writer.Line($"return new {Execution}ChainedPipeline<{source}, {input}>({context.UpstreamPipeline}.Into(between), between, last);");
            }
        }

        writer.Line();
        return block;
    }
}
