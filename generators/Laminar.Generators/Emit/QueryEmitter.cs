using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Operators;
using Laminar.Generators.Model;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit;

/// <summary>Writes the code of one query.</summary>
public static class QueryEmitter
{
    /// <summary>The whole file: the query class with its row, operators, stages and entry points.</summary>
    public static string Emit(QueryEmitRequest request)
    {
        var writer = new CodeWriter();
        TypeScope.WriteHeader(writer);
        writer.Line("#pragma warning disable // constant conditions and unused locals are the price of one emitter for all queries");
        writer.Line();
        QueryShape shape = QueryShape.Of(request.Plan);
        RowModel row = request.ForeignRow ?? OwnRow(request);
        var context = new OperatorContext(request, shape, row with { TypeName = QualifiedRow(request, row) });

        var open = new Stack<CodeWriter.Block>();
        if (request.Namespace.Length > 0)
        {
            open.Push(writer.Open("namespace " + request.Namespace));
        }

        foreach (string containing in request.ContainingTypes)
        {
            open.Push(writer.Open(containing));
        }

        if (!request.RowIsForeign && request.RowBesideClass)
        {
            OutputRowEmitter.Write(writer, row);
        }

        using (writer.Open(request.ClassHeader))
        {
            if (!request.RowIsForeign && !request.RowBesideClass)
            {
                OutputRowEmitter.Write(writer, row);
            }

            QueryApiEmitter.Write(writer, context);
            WriteOperators(writer, context);
            StageEmitter.Write(writer, context);
            InputEmitter.Write(writer, context);
            context.Constants.Write(writer);
        }

        while (open.Count > 0)
        {
            open.Pop().Dispose();
        }

        return NestedNames.Apply(writer.ToString(), request.ClassName);
    }

    /// <summary>
    /// A row beside the class is named in full: a stream may be called <c>result</c>, <c>rows</c> or <c>operator</c>, as types inside the class are.
    /// </summary>
    private static string QualifiedRow(QueryEmitRequest request, RowModel row)
    {
        if (request.RowIsForeign || !request.RowBesideClass)
        {
            return row.TypeName;
        }

        return request.Qualified(row.TypeName);
    }

    private static RowModel OwnRow(QueryEmitRequest request) => OutputRowEmitter.Model(
        request.RowName, request.QueryName, request.Plan.Columns.Select(c => (c.Name, c.Type, c.Nullable)), request.Plan.IsUpdating);

    private static void WriteOperators(CodeWriter writer, OperatorContext context)
    {
        string input = context.InputRow;
        string row = context.Row.TypeName;
        if (context.Shape.Aggregate is not { } aggregate)
        {
            using (OpenOperator(writer, context, "Operator", input, row, "The query over its direct input."))
            {
                writer.Line("private long _watermark = long.MinValue;");
                WriteTextCaches(writer, context);
                writer.Line();
                StatelessEmitter.Write(writer, context);
            }

            writer.Line();
            return;
        }

        var keys = new KeyPlan(aggregate);
        var states = new AggregatePlan(aggregate);
        using (OpenOperator(writer, context, "Operator", input, row, "The query over its direct input."))
        {
            WriteTextCaches(writer, context);
            AggregateEmitter.Write(writer, context, AggregateMode.Whole, keys, states);
        }

        writer.Line();
        if (context.IsTwoPhase(states))
        {
            using (OpenOperator(writer, context, "LocalOperator", input, "Partial", "The first phase: the rows of one partition to partial results per pane.", "private"))
            {
                WriteTextCaches(writer, context);
                AggregateEmitter.Write(writer, context, AggregateMode.Local, keys, states);
            }

            writer.Line();
            using (OpenOperator(writer, context, "FinalOperator", "Partial", row, "The second phase: partial results to results.", "private"))
            {
                AggregateEmitter.Write(writer, context, AggregateMode.Final, keys, states);
            }

            writer.Line();
        }

        StateEmitter.Write(writer, context, keys, states);
    }

    private static void WriteTextCaches(CodeWriter writer, OperatorContext context)
    {
        if (context.Shape.Scan.Relation.Kind == RelationKind.Source)
        {
            writer.Line("/// <summary>Kept over Arrow batches.</summary>");
            writer.Line("private global::Laminar.TextCache?[]? _texts;");
            writer.Line("private global::Laminar.ArrowScratch? _scratch;");
        }
    }

    private static CodeWriter.Block OpenOperator(
        CodeWriter writer, OperatorContext context, string name, string input, string output, string summary, string access = "public")
    {
        writer.Line($"/// <summary>{summary}</summary>");
        writer.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        CodeWriter.Block block = writer.Open(
            $"{access} sealed class {name}<TOut>(TOut output) : global::Laminar.Execution.QueryOperator<{input}>\n    where TOut : struct, global::Laminar.Execution.IRowOutput<{output}>");
        writer.Line("/// <summary>Where rows go; a struct that lives here.</summary>");
        writer.Line("public TOut Output = output;");
        writer.Line();
        writer.Line($"protected override string QueryName => {Identifiers.Literal(context.Request.QueryName)};");
        writer.Line();
        writer.Line($"protected override string Fingerprint => {Identifiers.Literal(context.Fingerprint)};");
        writer.Line();
        return block;
    }
}
