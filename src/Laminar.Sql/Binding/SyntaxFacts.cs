using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Functions.Aggregates;
using Laminar.Sql.Syntax;

namespace Laminar.Sql.Binding;

/// <summary>What can be told of expressions before they are bound. Subqueries inside them count for nothing.</summary>
internal static class SyntaxFacts
{
    /// <summary>Whether a query makes groups.</summary>
    public static bool IsGrouped(SelectBody body) => body.GroupBy is not null || body.Having is not null || body.Items.Any(i => HasAggregate(i.Expression));

    /// <summary>Whether there is an aggregate of groups.</summary>
    public static bool HasAggregate(SyntaxNode node) => Aggregates(node).Any();

    /// <summary>Whether there is a function over partitions.</summary>
    public static bool HasOver(SyntaxNode node) => node is CallExpression { Over: not null } || (node is not QuerySyntax && SyntaxChildren.Of(node).Any(HasOver));

    /// <summary>The aggregates of groups.</summary>
    public static IEnumerable<CallExpression> Aggregates(SyntaxNode node) =>
        IsAggregate(node) ? new[] { (CallExpression)node }
        : node is QuerySyntax or CallExpression { Over: not null } ? Enumerable.Empty<CallExpression>()
        : SyntaxChildren.Of(node).SelectMany(Aggregates);

    /// <summary>Whether a node is one.</summary>
    public static bool IsAggregate(SyntaxNode node) => node is CallExpression { Over: null } call && AggregateFunctions.Find(call.Name.Text) is not null;

    /// <summary>What stands between the ANDs of a condition.</summary>
    public static IEnumerable<ExpressionSyntax> Conditions(ExpressionSyntax? condition) => condition switch
    {
        null => Enumerable.Empty<ExpressionSyntax>(),
        BinaryExpression { Operator: "AND" } and => Conditions(and.Left).Concat(Conditions(and.Right)),
        ParenthesizedExpression inner => Conditions(inner.Inner),
        _ => new[] { condition },
    };

    /// <summary>All of several conditions; null of none.</summary>
    public static ExpressionSyntax? All(IEnumerable<ExpressionSyntax> conditions) =>
        conditions.Aggregate((ExpressionSyntax?)null, (a, b) => a is null ? b : new BinaryExpression(a, "AND", a.Span, b, Text.TextSpan.Cover(a.Span, b.Span)));
}
