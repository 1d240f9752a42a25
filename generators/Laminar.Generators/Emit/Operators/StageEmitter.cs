using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Generators.Emit.Operators.Aggregates;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>The query as a runtime sees it: stages and the definition that strings them together.</summary>
internal static class StageEmitter
{
    private const string Execution = "Execution::";

    public static void Write(CodeWriter writer, OperatorContext context)
    {
        string input = context.InputRow;
        string row = context.Row.TypeName;
        AggregatePlan? states = context.Shape.Aggregate is { } node ? new AggregatePlan(node) : null;
        OverNode? over = context.Shape.Over;
        string built = context.Shape.Aggregate is { } aggregate && AggregateEmitter.HasShape(aggregate)
            ? $"{AggregateEmitter.StagesOf(context, states!, Routes(context))}(graph, {Input(context)}, {Identifiers.Literal(context.StagePrefix)}, Layout)"
            : $"graph.Stage({Input(context)}, {(context.Shape.Scan.Join is { } join ? RoutedStage(writer, context, "join", join.LeftKeys.Count > 0, () => JoinEmitter.WriteHash(writer, context))
                : over is not null ? RoutedStage(writer, context, "over", over.PartitionBy.Count > 0, () => OverEmitter.WriteHash(writer, context, over.PartitionBy))
                : context.Shape.ChangedGroups is { } groups ? RoutedStage(writer, context, "groups", groups.Keys.Count > 0 && groups.EmptySets.Count == 0, () => OverEmitter.WriteHash(writer, context, GroupChangesEmitter.Keys(groups)))
                : states is null ? Stage(context, "QueryStage", "rows", $"{input}, {row}", "Local", "To")
                : Routes(context) ? Stage(context, "KeyedStage", "aggregate", $"{input}, Group, {row}", null, "To")
                : Stage(context, "QueryStage", "aggregate", $"{input}, {row}", "Single", "To"))})";
        bool isInner = context.Request.Outermost.Length > 0;
        writer.Line("/// <summary>The query as others run it.</summary>");
        using (writer.Open($"internal sealed class StageGraph({(isInner ? "" : "Laminar::QueryInfo info")}) : {Execution}StagedQuery<{input}, {row}>({(isInner ? "null" : "info")})"))
        {
            if (context.Shape.Aggregate is not null)
            {
                AggregateEmitter.WriteLayout(writer, context);
            }

            writer.Line($"public override {Execution}IStreamNode<{row}> Build({Execution}IStageGraph graph) => {built};");
            writer.Line();
            writer.Line($"protected override {Execution}QueryOperator<{input}> Create<TOut>(TOut output) => {context.NewOperator("TOut", "output")};");
            WriteOver(writer, context);
        }

        writer.Line();
    }

    /// <summary>What runs before the operator, on the caller's thread.</summary>
    private static void WriteOver(CodeWriter writer, OperatorContext context)
    {
        string input = context.InputRow;
        IReadOnlyList<string> upstream = context.UpstreamDefinitions;
        if (upstream.Count == 0)
        {
            return;
        }

        writer.Line();
        string header = $"protected override {Execution}QueryPipeline Over({Execution}QueryOperator<{input}> last)";
        if (context.Shape.Scan.Join is not null)
        {
            writer.Line($"{header} => {Execution}JoinSides.Pipeline<{context.JoinRows.Left}, {context.JoinRows.Right}>({upstream[0]}.Into, {upstream[1]}.Into, last);");
            return;
        }

        using (writer.Open(header))
        {
            if (upstream.Count == 1)
            {
                writer.Line($"var between = new {Execution}RowCollector<{input}>();");
                writer.Line($"return new {Execution}ChainedPipeline<{input}>({upstream[0]}.Into(between), between, last);");
                return;
            }

            for (int i = 0; i < upstream.Count; i++)
            {
                writer.Line($"var between{i} = new {Execution}RowCollector<{input}>();");
            }

            IEnumerable<string> parts = upstream.Select((u, i) => $"new {Execution}UnionPart<{input}>({u}.Into(between{i}), between{i})");
            writer.Line($"return new {Execution}UnionPipeline<{input}>([{string.Join(", ", parts)}], last);");
        }
    }

    private static string Input(OperatorContext context)
    {
        Laminar.Sql.Plan.ScanNode scan = context.Shape.Scan;
        string[] inner = scan.Inner.Count == 0 ? [] : context.UpstreamDefinitions.Select(d => $"{d}.Build(graph)").ToArray();
        return scan.Join is not null ? $"{Execution}JoinSides.Streams(graph, {Identifiers.Literal(context.StagePrefix + "join.")}, {inner[0]}, {inner[1]})"
            : inner.Length == 1 ? inner[0]
            : inner.Length > 1 ? $"graph.Union({string.Join(", ", inner)})"
            : scan.Relation.Kind != RelationKind.Query ? $"graph.Source<{context.InputRow}>()"
            : $"graph.Query({context.UpstreamDefinitions[0]})";
    }

    /// <summary>A row that is in several grouping sets can go by the keys that all of them have only.</summary>
    private static Laminar.Sql.Plan.WindowAggregateNode Routed(Laminar.Sql.Plan.WindowAggregateNode node) => node.Input is Laminar.Sql.Plan.ExpandNode expand
        ? node with { Keys = node.Keys.Where(k => k is BoundColumn column && column.Ordinal < expand.SetOrdinal).ToArray() }
        : node;

    /// <summary>Rows meet by key before they are aggregated.</summary>
    public static bool Routes(OperatorContext context) => context.Shape.Aggregate is { } node && Routed(node).Keys.Count > 0;

    /// <summary>What makes a stage.</summary>
    private static string Stage(OperatorContext context, string kind, string stage, string rows, string? routing, string create) =>
        "new " + StageType(context, kind, stage, rows, routing, create);

    /// <summary>Rows of OVER meet by its partitions, those of a join by its keys, which no entry of a group knows.</summary>
    private static string RoutedStage(CodeWriter writer, OperatorContext context, string name, bool routes, System.Action writeHash)
    {
        string stage = StageType(context, "QueryStage", name, $"{context.InputRow}, {context.Row.TypeName}", routes ? "ByKey" : "Single", routes ? "create" : "To");
        if (!routes)
        {
            return "new " + stage;
        }

        using (writer.Open($"private sealed class WholeStage(global::System.Func<{Execution}RowCollector<{context.Row.TypeName}>, {Execution}Operator<{context.InputRow}>> create) : {stage}"))
        {
            writeHash();
        }

        writer.Line();
        return "new WholeStage(To)";
    }

    private static string StageType(OperatorContext context, string kind, string stage, string rows, string? routing, string create)
    {
        string fingerprint = context.Shape is { Aggregate: null, Over: null, ChangedGroups: null, Scan.Join: null, ChangesOfSource: false } ? "" : context.Fingerprint;
        string route = routing is null ? "" : $"{Execution}Routing.{routing}, ";
        return $"{Execution}{kind}<{rows}>({Identifiers.Literal(context.StagePrefix + stage)}, {Identifiers.Literal(fingerprint)}, {route}{create})";
    }

    /// <summary>Into the entry of a group: where a row of it is aggregated.</summary>
    public static void WriteRowHash(CodeWriter writer, OperatorContext context)
    {
        var keys = new KeyPlan(Routed(context.Shape.Aggregate!));
        BoundExpression[] inside = [.. keys.Keys.Select(k => k.Expression), .. context.Shape.Before.OfType<Laminar.Sql.Plan.ProjectNode>().SelectMany(p => p.Expressions)];
        bool canFail = inside.Any(Failure.Possible);
        using (writer.Open($"public static uint KeyHash(in {context.InputRow} row)"))
        using (writer.Open("unchecked"))
        {
            writer.Line($"var input = new {context.Inputs}Rows(new global::System.ReadOnlySpan<{context.InputRow}>(in row));");
            writer.Line("const int i = 0;");
            bool calls = inside.Any(QueryShape.CallsAny);
            if (calls)
            {
                writer.Line("int Calling = 0; // which function fails is said where the row is aggregated");
            }

            CodeWriter.Block? guard = canFail ? writer.Open("try") : null;
            NameTable names = OperatorContext.Locals();
            RowScope scope = context.ScanScope(writer, names);
            foreach (Laminar.Sql.Plan.ProjectNode project in context.Shape.Before.OfType<Laminar.Sql.Plan.ProjectNode>())
            {
                scope = scope.Over(project, below => context.Expressions(writer, below, names));
            }

            EmittedValue[] values = keys.Keys.Select(k => context.Evaluate(writer, scope, names, k.Expression, k.Field)).ToArray();
            IReadOnlyList<EmittedValue> locals = keys.WriteLocals(writer, names, values);
            writer.Line($"return State::KeyHash.Route({keys.Hash(locals)});");
            if (guard is { } open)
            {
                open.Dispose();
                using (writer.Open($"catch (global::System.Exception error) when ({(calls ? "Functions::UserCall.IsRowError(error)" : "error is global::System.OverflowException or global::System.DivideByZeroException or Laminar::LaminarException")})"))
                {
                    writer.Line("return 0; // the row fails where it is aggregated, by the policy for such rows");
                }
            }
        }

        writer.Line();
    }
}
