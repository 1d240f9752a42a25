using Laminar.Sql.Binding;
using Laminar.Sql.Functions;
using Laminar.Sql.Types;

namespace Laminar.Sql.Rewrites;

/// <summary>LIKE with a constant pattern whose only wildcards are <c>%</c> at its ends becomes <c>=</c>, STARTS_WITH, ENDS_WITH or CONTAINS.</summary>
internal static class LikePatterns
{
    public static BoundExpression Apply(BoundExpression expression)
    {
        if (expression is not BoundCall { Function.Method: "SqlText.Like", Arguments: [{ } text, BoundLiteral { Value: string pattern }] } call)
        {
            return expression;
        }

        bool open = pattern.StartsWith("%", System.StringComparison.Ordinal);
        bool end = pattern.Length > 1 && pattern.EndsWith("%", System.StringComparison.Ordinal);
        string body = pattern.Substring(open ? 1 : 0, pattern.Length - (open ? 1 : 0) - (end ? 1 : 0));
        if (body.Length == 0 || body.IndexOf('%') >= 0 || body.IndexOf('_') >= 0)
        {
            return expression;
        }

        var part = new BoundLiteral(body, SqlType.Varchar, call.Arguments[1].Span);
        return (open, end) switch
        {
            (false, false) => new BoundBinary(BinaryOperator.Equal, text, part, SqlType.Boolean, call.Nullable, call.Span),
            (false, true) => Call("STARTS_WITH", "SqlText.StartsWith"),
            (true, false) => Call("ENDS_WITH", "SqlText.EndsWith"),
            _ => Call("CONTAINS", "SqlText.Contains"),
        };

        BoundExpression Call(string name, string method) => ScalarCalls.Make(new ScalarFunction(name, method), SqlType.Boolean, call.Span, text, part);
    }
}
