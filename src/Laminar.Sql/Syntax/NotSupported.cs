using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Functions.Aggregates;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <summary>
/// What the language has and nothing executes yet: reported from the tree, on its exact place, before anything is bound. Whoever makes a construct run
/// removes its line here. Types and functions are the binder's to judge, because only it knows what a name means.
/// </summary>
public static class NotSupported
{

    /// <summary>Reports LAM1900 for everything under <paramref name="root"/> that can't run yet.</summary>
    public static void Check(SyntaxNode root, DiagnosticBag diagnostics)
    {
        foreach ((TextSpan span, string what) in Of(root))
        {
            diagnostics.Report(SqlRules.NotSupportedYet, span, what);
        }

        // What is under a construct that can't run is judged when that construct can.
        if (!Ends(root))
        {
            foreach (SyntaxNode child in SyntaxChildren.Of(root))
            {
                Check(child, diagnostics);
            }
        }
    }

    private static bool Ends(SyntaxNode node) =>
        node is MatchRecognizeTable or CreateFunctionStatement
            or ExplainStatement;

    private static IEnumerable<(TextSpan Span, string What)> Of(SyntaxNode node) => node switch
    {
        StatementSyntax statement => OfStatement(statement),
        QuerySyntax query => OfQuery(query),
        TableSyntax table => OfTable(table),
        ExpressionSyntax expression => OfExpression(expression),
        _ => Nothing(),
    };

    private static IEnumerable<(TextSpan Span, string What)> One(TextSpan span, string what) => new[] { (span, what) };

    private static IEnumerable<(TextSpan Span, string What)> Nothing() => Array.Empty<(TextSpan, string)>();

    private static IEnumerable<(TextSpan Span, string What)> OfStatement(StatementSyntax statement) => statement switch
    {
        CreateFunctionStatement s => One(s.Name.Span, "CREATE FUNCTION"),
        ExplainStatement s => One(new TextSpan(s.Span.Start, "EXPLAIN".Length), "EXPLAIN"),
        ShowStatement s => One(s.Span, "SHOW"),
        DescribeStatement s => One(s.Span, "DESCRIBE"),
        DropStatement s => One(s.Span, "DROP"),
        _ => Nothing(),
    };

    private static IEnumerable<(TextSpan Span, string What)> OfQuery(QuerySyntax query)
    {
        if (query.Recursive && query.With.Count > 0)
        {
            yield return (query.With[0].Name.Span, "WITH RECURSIVE");
        }
    }

    private static bool IsWindow(CallExpression call) =>
        !call.Name.Quoted && new[] { "TUMBLE", "HOP", "SLIDE", "SESSION", "CUMULATE" }.Any(w => call.Name.Text.StartsWith(w, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<(TextSpan Span, string What)> OfTable(TableSyntax table)
    {
        switch (table)
        {
            case DerivedTable { Lateral: true } t:
                yield return (t.Query.Span, "LATERAL");
                break;
            case JoinTable { Right: UnnestTable } t when !UnnestBinder.Takes(t):
                yield return (t.KindSpan, "this join with UNNEST");
                break;
            case MatchRecognizeTable t:
                yield return (t.KeywordSpan, "MATCH_RECOGNIZE");
                break;
        }
    }

    private static IEnumerable<(TextSpan Span, string What)> OfExpression(ExpressionSyntax expression) => expression switch
    {
        CallExpression e => OfCall(e),
        ParameterExpression e => One(e.Span, "parameters"),
        _ => Nothing(),
    };

    private static IEnumerable<(TextSpan Span, string What)> OfCall(CallExpression call)
    {
        bool isAggregate = AggregateFunctions.Find(call.Name.Text) is not null;
        if (call.OrderBy.Count > 0 && !isAggregate)
        {
            yield return (call.OrderBy[0].Span, call.WithinGroup ? "WITHIN GROUP" : "ORDER BY in a call");
        }

        if (call.IgnoreNulls is { } ignore && !isAggregate && call.Over is null)
        {
            yield return (call.Span, ignore ? "IGNORE NULLS" : "RESPECT NULLS");
        }

        if (!IsWindow(call))
        {
            foreach (ArgumentSyntax argument in call.Arguments.Where(argument => argument.Name is not null))
            {
                yield return (argument.Span, "named arguments");
            }
        }
    }
}
