using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Functions;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <content>IS, BETWEEN, IN, LIKE, CASE, CAST: all lowered to a few bound forms.</content>
internal sealed partial class ExpressionBinder
{
    private BoundExpression? BindIs(IsExpression syntax)
    {
        if (syntax.Test == "NULL")
        {
            return Bind(syntax.Operand) is { } operand ? new BoundIsNull(operand, syntax.Negated, syntax.Span) : null;
        }

        if (BindCondition(syntax.Operand, "IS " + syntax.Test) is not { } condition)
        {
            return null;
        }

        if (syntax.Test == "UNKNOWN")
        {
            return new BoundIsNull(condition, syntax.Negated, syntax.Span);
        }

        if (syntax.Test == "FALSE")
        {
            condition = new BoundUnary(UnaryOperator.Not, condition, SqlType.Boolean, condition.Nullable, syntax.Span);
        }

        BoundExpression known = condition.Nullable
            ? new BoundCoalesce(new[] { condition, new BoundLiteral(false, SqlType.Boolean, syntax.Span) }, SqlType.Boolean, false, syntax.Span)
            : condition;
        return syntax.Negated ? new BoundUnary(UnaryOperator.Not, known, SqlType.Boolean, false, syntax.Span) : known;
    }

    private BoundExpression? BindBetween(BetweenExpression syntax)
    {
        BoundExpression? operand = Bind(syntax.Operand);
        BoundExpression? low = Bind(syntax.Low);
        BoundExpression? high = Bind(syntax.High);
        if (operand is null || low is null || high is null)
        {
            return null;
        }

        BoundExpression? result = Range(operand, low, high, syntax.Span);
        if (result is not null && syntax.Symmetric && Range(operand, high, low, syntax.Span) is { } swapped)
        {
            result = new BoundBinary(BinaryOperator.Or, result, swapped, SqlType.Boolean, result.Nullable || swapped.Nullable, syntax.Span);
        }

        return Negate(result, syntax.Negated, syntax.Span);
    }

    private BoundExpression? Range(BoundExpression operand, BoundExpression low, BoundExpression high, TextSpan span)
    {
        BoundExpression? from = Comparison(BinaryOperator.GreaterOrEqual, "BETWEEN", operand, low, span, span);
        BoundExpression? to = Comparison(BinaryOperator.LessOrEqual, "BETWEEN", operand, high, span, span);
        return from is null || to is null ? null : new BoundBinary(BinaryOperator.And, from, to, SqlType.Boolean, from.Nullable || to.Nullable, span);
    }

    // x IN (a, b) is x = a OR x = b, which is also right with NULL.
    private BoundExpression? BindIn(InListExpression syntax)
    {
        BoundExpression? operand = Bind(syntax.Operand);
        var tests = new List<BoundExpression>();
        bool failed = operand is null;
        foreach (ExpressionSyntax item in syntax.Items)
        {
            BoundExpression? value = Bind(item);
            BoundExpression? test = operand is null || value is null ? null : Comparison(BinaryOperator.Equal, "IN", operand, value, item.Span, item.Span);
            if (test is null)
            {
                failed = true;
                continue;
            }

            tests.Add(test);
        }

        return failed || tests.Count == 0 ? null : Negate(Balanced(BinaryOperator.Or, tests, 0, tests.Count) with { Span = syntax.Span }, syntax.Negated, syntax.Span);
    }

    private BoundExpression? BindLike(LikeExpression syntax)
    {
        BoundExpression? operand = TextOperand(syntax.Operand, syntax.Operator);
        BoundExpression? pattern = TextOperand(syntax.Pattern, syntax.Operator);
        BoundExpression? escape = syntax.Escape is null ? null : TextOperand(syntax.Escape, "ESCAPE");
        if (operand is null || pattern is null || (syntax.Escape is not null && escape is null))
        {
            return null;
        }

        if (escape is BoundLiteral { Value: string text } && new StringInfo(text).LengthInTextElements > 1)
        {
            _diagnostics.Report(SqlRules.InvalidLiteral, escape.Span, text, "escape", "ESCAPE takes one character, or '' for none");
            return null;
        }

        if (syntax.Operator == "SIMILAR TO")
        {
            return Negate(RegexFunctions.Similar(operand, pattern, escape, syntax.Span, _diagnostics), syntax.Negated, syntax.Span);
        }

        string method = syntax.Operator == "LIKE" ? "SqlText.Like" : "SqlText.ILike";
        var function = new ScalarFunction(syntax.Operator, method) { CanFail = escape is not null };
        BoundExpression result = escape is null
            ? ScalarCalls.Make(function, SqlType.Boolean, syntax.Span, operand, pattern)
            : ScalarCalls.Make(function, SqlType.Boolean, syntax.Span, operand, pattern, escape);
        return Negate(result, syntax.Negated, syntax.Span);
    }

    // a ~ b is REGEXP_LIKE(a, b); a star ignores letter case.
    private BoundExpression? BindMatch(BinaryExpression syntax)
    {
        BoundExpression? operand = TextOperand(syntax.Left, syntax.Operator);
        BoundExpression? pattern = TextOperand(syntax.Right, syntax.Operator);
        if (operand is null || pattern is null)
        {
            return null;
        }

        BoundExpression flags = new BoundLiteral(syntax.Operator.EndsWith("*", System.StringComparison.Ordinal) ? "i" : string.Empty, SqlType.Varchar, syntax.OperatorSpan);
        return Negate(RegexFunctions.Like(operand, pattern, flags, syntax.Span, _diagnostics), syntax.Operator[0] == '!', syntax.Span);
    }

    private BoundExpression? TextOperand(ExpressionSyntax syntax, string what)
    {
        BoundExpression? bound = Bind(syntax);
        switch (bound?.Type.Kind)
        {
            case null:
                return null;
            case SqlTypeKind.Varchar:
                return bound;
            case SqlTypeKind.Null:
                return new BoundLiteral(null, SqlType.Varchar, bound.Span);
            default:
                string cast = $"CAST({TextOf(bound.Span, "x")} AS VARCHAR)";
                _diagnostics.Add(new SqlDiagnostic(SqlRules.ArgumentType, bound.Span, what, bound.Type.ToString(), "VARCHAR; write " + cast) { Suggestion = cast });
                return null;
        }
    }

    private static BoundExpression? Negate(BoundExpression? condition, bool negated, TextSpan span) =>
        condition is null || !negated ? condition : new BoundUnary(UnaryOperator.Not, condition, SqlType.Boolean, condition.Nullable, span);

    private BoundExpression? BindCase(CaseExpression syntax)
    {
        BoundExpression? operand = syntax.Operand is null ? null : Bind(syntax.Operand);
        bool failed = syntax.Operand is not null && operand is null;
        var conditions = new List<BoundExpression>();
        var results = new List<BoundExpression>();
        foreach (WhenClause when in syntax.Whens)
        {
            BoundExpression? condition = syntax.Operand is null ? BindCondition(when.When, "WHEN") : Bind(when.When);
            if (condition is not null && operand is not null)
            {
                condition = Comparison(BinaryOperator.Equal, "CASE", operand, condition, when.When.Span, when.When.Span);
            }

            BoundExpression? result = Bind(when.Then);
            failed |= condition is null || result is null;
            if (condition is not null && result is not null)
            {
                conditions.Add(condition);
                results.Add(result);
            }
        }

        BoundExpression? otherwise = syntax.Else is null ? null : Bind(syntax.Else);
        failed |= syntax.Else is not null && otherwise is null;
        if (otherwise is not null)
        {
            results.Add(otherwise);
        }

        if (failed || results.Count == 0 || conditions.Count == 0)
        {
            return null;
        }

        IReadOnlyList<BoundExpression>? values = Unify(results, "CASE");
        return values is null ? null : Case(conditions, values, syntax.Span);
    }

    /// <summary>A CASE whose values have one type already; one value more than conditions is the ELSE.</summary>
    private static BoundCase Case(IReadOnlyList<BoundExpression> conditions, IReadOnlyList<BoundExpression> values, TextSpan span)
    {
        BoundExpression? otherwise = values.Count > conditions.Count ? values[conditions.Count] : null;
        bool nullable = otherwise is null || values.Any(v => v.Nullable);
        return new BoundCase(conditions.Select((c, i) => new BoundWhen(c, values[i])).ToArray(), otherwise, values[0].Type, nullable, span);
    }

    /// <summary>Brings the values of CASE, COALESCE and their kind to one type; reports and gives null when there is none.</summary>
    internal IReadOnlyList<BoundExpression>? Unify(IReadOnlyList<BoundExpression> values, string what)
    {
        BoundExpression chosen = values[0];
        SqlType type = chosen.Type;
        foreach (BoundExpression value in values.Skip(1))
        {
            SqlType? common = Coercion.Common(chosen, value);
            if (common is null)
            {
                return Mixed(what, type, value);
            }

            if (common.Precision > TypeResolver.MaxDecimalDigits)
            {
                _diagnostics.Report(SqlRules.DecimalTooWide, value.Span, what, common.Precision.ToString(CultureInfo.InvariantCulture));
                return null;
            }

            // Once a type was chosen, it and not the first literal speaks for the values so far.
            type = common;
            chosen = value.Type == common ? value : chosen.Type == common ? chosen : new BoundColumn(-1, what, common, true, value.Span);
        }

        if (type.Kind == SqlTypeKind.Null)
        {
            // All NULL: PostgreSQL calls that text.
            type = SqlType.Varchar;
        }

        var unified = new List<BoundExpression>();
        foreach (BoundExpression value in values)
        {
            BoundExpression? coerced = Coercion.IsTextLiteral(value) && Coercion.TakesText(type)
                ? LiteralBinder.FromText((string)((BoundLiteral)value).Value!, type, value.Span, value.Span, _diagnostics)
                : Coercion.To(value, type);
            if (coerced is null)
            {
                return null;
            }

            unified.Add(coerced);
        }

        return unified;
    }

    private IReadOnlyList<BoundExpression>? Mixed(string what, SqlType type, BoundExpression value)
    {
        bool textual = (type.Kind == SqlTypeKind.Varchar && value.Type.IsNumeric) || (value.Type.Kind == SqlTypeKind.Varchar && type.IsNumeric);
        SqlType goal = textual ? SqlType.Varchar : type;
        string? cast = value.Type != goal ? $"CAST({TextOf(value.Span, "x")} AS {goal})" : null;
        _diagnostics.Add(new SqlDiagnostic(SqlRules.MixedTypes, value.Span, what, type.ToString(), value.Type.ToString()) { Suggestion = cast });
        return null;
    }

    private BoundExpression? BindCast(CastExpression syntax)
    {
        SqlType? type = TypeResolver.Resolve(syntax.Type, _diagnostics);
        if (type?.Kind == SqlTypeKind.Array && syntax.Operand is ArrayExpression { Items.Count: 0 })
        {
            return new BoundItems([], type, syntax.Span);
        }

        BoundExpression? operand = Bind(syntax.Operand);
        if (operand is null || type is null)
        {
            return null;
        }

        if (!CastRules.Exists(operand.Type, type))
        {
            string help = operand.Type.Kind == SqlTypeKind.BigInt && type.IsTimestamp ? "; for milliseconds since 1970 write EPOCH_MS(x)"
                : operand.Type.IsNumeric && type.IsTimestamp ? "; for seconds since 1970 write TO_TIMESTAMP(x)"
                : operand.Type.IsTimestamp && type.IsNumeric ? "; for seconds since 1970 write EXTRACT(EPOCH FROM x)"
                : string.Empty;
            _diagnostics.Report(SqlRules.InvalidCast, syntax.Span, operand.Type.ToString(), type.ToString(), help);
            return null;
        }

        if (operand is BoundLiteral { Value: null })
        {
            return new BoundLiteral(null, type, syntax.Span);
        }

        if (operand.Type == type)
        {
            return operand with { Span = syntax.Span };
        }

        // A JSON null is NULL to every other type.
        bool mayBeNull = operand.Nullable || (operand.Type.Kind == SqlTypeKind.Json && type.Kind != SqlTypeKind.Varchar) || (operand.Type.Kind == SqlTypeKind.Varchar && type.IsNested) || (syntax.Try && CastRules.CanFail(operand.Type, type));
        return new BoundCast(operand, syntax.Try, type, mayBeNull, syntax.Span);
    }
}
