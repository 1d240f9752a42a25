using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Operators;
using Laminar.Generators.Emit.Operators.Aggregates;
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

        // All of them, not a list: which warnings C# has for an expression depends on the SQL (x = x, a comparison that a type makes constant, a CASE that never
        // gets there), and who wrote the SQL can't change the C#. What is wrong with the SQL, the analyzer says.
        writer.Line("#pragma warning disable // the code follows the SQL, even where that compares a column with itself");
        writer.Line();
        RowModel row = request.ForeignRow ?? OwnRow(request);
        var context = new OperatorContext(request, QueryShape.Of(request.Plan), row with { TypeName = QualifiedRow(request, row) });

        using (TypeScope.Around(writer, request.Namespace, request.ContainingTypes))
        {
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
                WritePipeline(writer, context);
                WriteInner(writer, request, request.Plan);
            }
        }

        return writer.ToString();
    }

    /// <summary>The class around all that runs the query.</summary>
    private static void WritePipeline(CodeWriter writer, OperatorContext context)
    {
        using (QueryApiEmitter.OpenPipeline(writer, context))
        {
            WriteOperators(writer, context);
            StageEmitter.Write(writer, context);
            if (context.Inputs.Length == 0 && context.Shape is { Over: null, Scan.Join: null, Changes: false })
            {
                InputEmitter.Write(writer, context);
            }

            if (context.Calls.Names.Count > 0)
            {
                writer.Line($"private static readonly string[] FunctionNames = {{ {string.Join(", ", context.Calls.Names.Select(Identifiers.Literal))} }};");
            }

            context.Constants.Write(writer);
        }
    }

    /// <summary>The queries inside a query, each in a class beside its pipeline: they run as a query does that another reads, but nobody else can name them.</summary>
    private static void WriteInner(CodeWriter writer, QueryEmitRequest request, QueryPlan plan)
    {
        RowModel? first = null;
        foreach (InnerQuery inner in plan.Scan.Inner)
        {
            WriteInner(writer, request, inner.Plan);
            // Of a UNION ALL all parts put out the first one's rows; a join has two kinds.
            first = plan.Scan.Join is null ? first : null;
            QueryEmitRequest part = request.Of(inner, first);
            RowModel row = part.ForeignRow ?? OwnRow(part);
            first ??= row with { TypeName = part.Qualified(inner.Name + ".Row") };
            writer.Line();
            writer.Line("/// <summary>A query inside this one.</summary>");
            writer.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
            using (writer.Open(part.ClassHeader))
            {
                if (!part.RowIsForeign)
                {
                    OutputRowEmitter.Write(writer, row);
                }

                WritePipeline(writer, new OperatorContext(part, QueryShape.Of(inner.Plan), row with { TypeName = first.TypeName }));
            }
        }
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
        if (context.Shape.Aggregate is { } aggregate)
        {
            var keys = new KeyPlan(aggregate);
            var states = new AggregatePlan(aggregate, context.Request.Errors is { Action: not ErrorAction.Fail });
            AggregateEmitter.Write(writer, context, keys, states);
            StateEmitter.Write(writer, context, keys, states);
            return;
        }

        if (context.Shape.Scan is { Join: not null } join)
        {
            JoinEmitter.Write(writer, context, join);
            return;
        }

        if (context.Shape.Over is { } over)
        {
            OverEmitter.Write(writer, context, over);
            return;
        }

        if (context.Shape.ChangedGroups is { } groups)
        {
            GroupChangesEmitter.Write(writer, context, groups);
            return;
        }

        if (context.Shape.Changes)
        {
            ChangesEmitter.Write(writer, context);
            return;
        }

        string arguments = $"{Identifiers.Literal(context.Request.QueryName)}, {Identifiers.Literal(context.Fingerprint)}";
        using (OperatorFrame.OpenOperator(
            writer, "The query over its direct input.", "Operator", $"Execution::RowOperator<{context.InputRow}>({arguments})", context.Row.TypeName, context))
        {
            StatelessEmitter.Write(writer, context);
        }

        writer.Line();
    }
}
