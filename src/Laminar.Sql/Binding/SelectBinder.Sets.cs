using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Functions;
using Laminar.Sql.Functions.Aggregates;
using Laminar.Sql.Plan;
using Laminar.Sql.Streaming;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <content>UNION, INTERSECT and EXCEPT.</content>
internal sealed partial class SelectBinder
{
    /// <summary>The same as a query that reads another, which has all but ORDER BY and LIMIT.</summary>
    private static QuerySyntax AsTable(QuerySyntax query)
    {
        QuerySyntax inner = query with { OrderBy = SyntaxList<OrderItem>.Empty, Limit = null, Offset = null, Emit = query.Emit is { Kind: EmitKind.Changes } ? null : query.Emit, With = SyntaxList<CommonTableExpression>.Empty };
        inner = inner.Body is NestedBody { Query: var nested } && OrderSpan(nested) is not null ? nested : inner;
        TextSpan span = query.Body.Span;
        var star = new SelectItem(new StarExpression(null, span), null, span);
        var body = new SelectBody(new SyntaxList<SelectItem>(new[] { star }), span) { From = new SyntaxList<TableSyntax>(new TableSyntax[] { new DerivedTable(inner, false, span) }) };

        // What is ordered by is a column of the result, whatever table it was of.
        OrderItem[] order = query.OrderBy.Select(o => o.Expression is ColumnExpression { Name: var name } column ? o with { Expression = column with { Name = name with { Parts = new SyntaxList<Identifier>(new[] { name.Last }) } } } : o).ToArray();
        return query with { Body = body, OrderBy = new SyntaxList<OrderItem>(order), AllowLateness = null, LateData = null, Options = SyntaxList<OptionSyntax>.Empty, Emit = query.Emit is { Kind: EmitKind.Changes } ? query.Emit : null };
    }

    /// <summary>UNION ALL is what its queries put out; UNION that without equal rows, like SELECT DISTINCT.</summary>
    private QueryPlan? Union(QuerySyntax query, SetBody body)
    {
        EmitClause? inside = body is { All: true, Operator: "UNION" } ? query.Emit : null;
        TextSpan? refused = inside is { Kind: EmitKind.OnUpdate or EmitKind.Every } ? inside.Span : (query.AllowLateness?.Span ?? query.LateData?.Span);
        if (refused is { } clause)
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, clause, "this clause for a UNION; make its queries streams of their own");
            return null;
        }

        CommonTableExpression[] with = _with.Concat(query.With).ToArray();
        BoundFrom? from = new SetBinder(_diagnostics, part => new SelectBinder(_catalog, _diagnostics, _sql, _reads, with).Bind(part)).Bind(body, inside);
        if (from is null)
        {
            return null;
        }

        OutputItem[] same = from.Scope.Columns.Select(c => new OutputItem(c.Name, new BoundColumn(c.Ordinal, c.Name, c.Type, c.Nullable, body.OperatorSpan))).ToArray();
        if (body.Operator != "UNION")
        {
            return new QueryOptions(_diagnostics).StateTtl(query, null) is null || RefusedEmission(query.Emit) ? null : Counted(body, from, same.Take(same.Length - 1).ToArray());
        }

        if (body.All)
        {
            return new QueryOptions(_diagnostics).StateTtl(query, null) is not null ? new QueryPlan(Plain(from, null, same)!, from.Relation, from.Changing is not null || inside is { Kind: EmitKind.Changes }) : null;
        }

        var windows = new WindowBinder(from.Scope, from.Relation, _diagnostics);
        Emission? emission = new EmissionBinder(windows, _diagnostics).Bind(query, GroupWindow.Whole(from.Input, body.OperatorSpan));
        var select = new SelectBody(SyntaxList<SelectItem>.Empty, body.Span) { Distinct = true, DistinctSpan = body.OperatorSpan };
        return emission is null ? null : Finish(query, select, from, Distinct(from, Plain(from, null, same), emission, select), body.OperatorSpan, emission);
    }

    /// <summary>INTERSECT is of rows that both queries have, EXCEPT of those that the left one has alone: each row's numbers on either side say which, as they change.</summary>
    private QueryPlan? Counted(SetBody body, BoundFrom from, IReadOnlyList<OutputItem> items)
    {
        PlanColumn[] columns = items.Select((c, i) => from.Input.Columns[i]).ToArray();
        if (!columns.Select(c => NestedKeys.CanBe(c.Type, body.Operator, body.OperatorSpan, _diagnostics)).ToArray().All(can => can))
        {
            return null;
        }

        BoundExpression[] keys = items.Select(i => i.Expression).ToArray();
        var ofLeft = new BoundColumn(items.Count, "of_left", SqlType.Boolean, false, body.OperatorSpan);
        BoundAggregate Count(BoundExpression filter) => new(CountFunctions.Count, System.Array.Empty<BoundExpression>(), filter, SqlType.BigInt, false, body.OperatorSpan);
        BoundAggregate[] counts = [Count(ofLeft), Count(new BoundUnary(UnaryOperator.Not, ofLeft, SqlType.Boolean, false, body.OperatorSpan))];
        var window = GroupWindow.Whole(from.Input, body.OperatorSpan);
        WindowSpec spec = WindowSpec.Whole(new BoundLiteral(EventTime.Epoch(window.Type), window.Type, body.OperatorSpan));
        PlanColumn[] all = [.. columns, .. EventTimeAnalysis.WindowColumns(window, grouped: true), new PlanColumn("lefts", SqlType.BigInt, false), new PlanColumn("rights", SqlType.BigInt, false)];
        var groups = new WindowAggregateNode(from.Input, keys, spec, counts, EmitMode.Changes, all);
        PlanColumn[] result = columns.Select((c, i) => c with { Name = items[i].Name, EventTimeLag = null }).ToArray();
        WarnOfGrowth(groups, body.OperatorSpan);
        if (body.All)
        {
            return EachTime(body, groups, keys.Length, result, from.Relation);
        }

        BoundExpression Has(int count, BinaryOperator op) => new BoundBinary(op, new BoundColumn(groups.FirstAggregateOrdinal + count, all[groups.FirstAggregateOrdinal + count].Name, SqlType.BigInt, false, body.OperatorSpan), new BoundLiteral(0L, SqlType.BigInt, body.OperatorSpan), SqlType.Boolean, false, body.OperatorSpan);
        var both = new BoundBinary(BinaryOperator.And, Has(0, BinaryOperator.Greater), Has(1, body.Operator == "INTERSECT" ? BinaryOperator.Greater : BinaryOperator.Equal), SqlType.Boolean, false, body.OperatorSpan);
        return new QueryPlan(new ProjectNode(new FilterNode(groups, both), keys, result), from.Relation, true);
    }

    /// <summary>With ALL, each row as often as the lesser of both numbers says, or their difference.</summary>
    private static QueryPlan EachTime(SetBody body, WindowAggregateNode groups, int keys, PlanColumn[] result, Relation relation)
    {
        TextSpan span = body.OperatorSpan;
        BoundExpression Column(PlanNode node, int ordinal) => new BoundColumn(ordinal, node.Columns[ordinal].Name, node.Columns[ordinal].Type, node.Columns[ordinal].Nullable, span);
        int[] kept = [.. Enumerable.Range(0, keys), groups.FirstAggregateOrdinal, groups.FirstAggregateOrdinal + 1];
        ScanNode scan = InnerQueries.Scan(new QueryPlan(new ProjectNode(groups, kept.Select(o => Column(groups, o)).ToArray(), kept.Select(o => groups.Columns[o]).ToArray()), relation, true));
        BoundExpression lefts = Column(scan, keys);
        BoundExpression rights = Column(scan, keys + 1);
        BoundExpression count = body.Operator == "EXCEPT"
            ? new BoundBinary(BinaryOperator.Subtract, lefts, rights, SqlType.BigInt, false, span)
            : new BoundCase(new[] { new BoundWhen(new BoundBinary(BinaryOperator.Less, lefts, rights, SqlType.Boolean, false, span), lefts) }, rights, SqlType.BigInt, false, span);
        SqlType places = SqlType.Array(SqlType.BigInt, false);
        var each = new UnnestNode(scan, ScalarCalls.Make(new ScalarFunction("as many places", "SqlArray.Places"), places, span, count), false, false, scan.Columns.Append(new PlanColumn("place", SqlType.BigInt, false)).ToArray());
        return new QueryPlan(new ProjectNode(each, Enumerable.Range(0, keys).Select(o => Column(each, o)).ToArray(), result), scan.Relation, true);
    }
}
