using Laminar.Sql.Syntax;

namespace Laminar.Sql.Tests.Syntax;

/// <summary>Prints an expression with every grouping in parentheses, so that a test can say how a text is read.</summary>
internal static class ExpressionText
{
    public static string Of(ExpressionSyntax expression) => expression switch
    {
        LiteralExpression { Kind: LiteralKind.String } e => "'" + e.Text + "'",
        LiteralExpression e => e.Text,
        ColumnExpression e => string.Join(".", e.Name.Parts.Select(part => part.Text)),
        StarExpression e => e.Qualifier is null ? "*" : e.Qualifier.Last.Text + ".*",
        ParenthesizedExpression e => Of(e.Inner),
        UnaryExpression e => $"({e.Operator} {Of(e.Operand)})",
        BinaryExpression e => $"({Of(e.Left)} {e.Operator} {Of(e.Right)})",
        IsExpression e => $"({Of(e.Operand)} IS{Not(e.Negated)} {e.Test})",
        BetweenExpression e => $"({Of(e.Operand)}{Not(e.Negated)} BETWEEN {Of(e.Low)} AND {Of(e.High)})",
        LikeExpression e => $"({Of(e.Operand)}{Not(e.Negated)} {e.Operator} {Of(e.Pattern)}{(e.Escape is null ? string.Empty : " ESCAPE " + Of(e.Escape))})",
        InListExpression e => $"({Of(e.Operand)}{Not(e.Negated)} IN [{Of(e.Items)}])",
        CastExpression e => $"({Of(e.Operand)} :: {e.Type.Name})",
        AtTimeZoneExpression e => $"({Of(e.Operand)} AT TIME ZONE {Of(e.Zone)})",
        SubscriptExpression e => $"({Of(e.Operand)} [{Of(e.Index)}])",
        FieldExpression e => $"({Of(e.Operand)} . {e.Field.Text})",
        CallExpression e => $"{e.Name.Text}({string.Join(", ", e.Arguments.Select(a => (a.Name is null ? string.Empty : a.Name.Text + " => ") + Of(a.Value)))})",
        IntervalExpression e => $"INTERVAL<{e.Text}|{e.Unit}|{e.ToUnit}>",
        RowExpression e => $"ROW({Of(e.Items)})",
        CaseExpression e => $"CASE({(e.Operand is null ? string.Empty : Of(e.Operand))}; {string.Join(", ", e.Whens.Select(w => Of(w.When) + " -> " + Of(w.Then)))}; {(e.Else is null ? string.Empty : Of(e.Else))})",
        _ => expression.GetType().Name,
    };

    private static string Of(IEnumerable<ExpressionSyntax> items) => string.Join(", ", items.Select(Of));

    private static string Not(bool negated) => negated ? " NOT" : string.Empty;
}
