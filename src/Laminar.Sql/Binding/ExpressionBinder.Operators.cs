using System.Collections.Generic;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <content>Unary and binary operators.</content>
internal sealed partial class ExpressionBinder
{
    private static readonly Dictionary<string, BinaryOperator> Operators = new()
    {
        ["+"] = BinaryOperator.Add, ["-"] = BinaryOperator.Subtract, ["*"] = BinaryOperator.Multiply, ["/"] = BinaryOperator.Divide, ["%"] = BinaryOperator.Modulo,
        ["||"] = BinaryOperator.Concat, ["="] = BinaryOperator.Equal, ["<>"] = BinaryOperator.NotEqual, ["!="] = BinaryOperator.NotEqual,
        ["<"] = BinaryOperator.Less, ["<="] = BinaryOperator.LessOrEqual, [">"] = BinaryOperator.Greater, [">="] = BinaryOperator.GreaterOrEqual,
        ["AND"] = BinaryOperator.And, ["OR"] = BinaryOperator.Or, ["IS DISTINCT FROM"] = BinaryOperator.Distinct, ["IS NOT DISTINCT FROM"] = BinaryOperator.NotDistinct,
        ["&"] = BinaryOperator.BitAnd, ["|"] = BinaryOperator.BitOr, ["^"] = BinaryOperator.BitXor, ["#"] = BinaryOperator.BitXor,
    };

    private const string CastOne = "CAST an operand to a type it works on";

    private BoundExpression? BindUnary(UnaryExpression syntax)
    {
        if (syntax.Operator == "-" && syntax.Operand is LiteralExpression { Kind: LiteralKind.Integer } digits)
        {
            // The sign belongs to the digits, so that the least INT and BIGINT can be written.
            return LiteralBinder.Bind(digits, _diagnostics, negative: true) is BoundLiteral literal ? literal with { Span = syntax.Span } : null;
        }

        if (syntax.Operator == "NOT")
        {
            return BindCondition(syntax.Operand, "NOT") is { } condition
                ? new BoundUnary(UnaryOperator.Not, condition, SqlType.Boolean, condition.Nullable, syntax.Span)
                : null;
        }

        BoundExpression? operand = Bind(syntax.Operand);
        if (operand is null)
        {
            return null;
        }

        SqlType type = operand.Type;
        if (type.Kind == SqlTypeKind.Null)
        {
            return new BoundLiteral(null, SqlType.Int, syntax.Span);
        }

        switch (syntax.Operator)
        {
            case "+" when type.IsNumeric || type.IsInterval:
                return operand;
            case "-" when type.IsUnsigned:
                SqlType signed = NumericTypes.Common(type, SqlType.TinyInt);
                return new BoundUnary(UnaryOperator.Negate, Coercion.To(operand, signed), signed, operand.Nullable, syntax.Span);
            case "-" when type.IsNumeric || type.IsInterval:
                return new BoundUnary(UnaryOperator.Negate, operand, type, operand.Nullable, syntax.Span);
            case "~" when type.IsInteger:
                return new BoundUnary(UnaryOperator.BitNot, operand, type, operand.Nullable, syntax.Span);
        }

        if (type.Kind == SqlTypeKind.Varchar && syntax.Operator is "-" or "+")
        {
            return TextWithNumber(operand, "the sign " + syntax.Operator, SqlType.Double);
        }

        _diagnostics.Report(SqlRules.OperatorType, syntax.OperatorSpan, syntax.Operator, type.ToString(), CastOne);
        return null;
    }

    private BoundExpression? BindBinary(BinaryExpression syntax)
    {
        if (syntax.Operator is "~" or "~*" or "!~" or "!~*")
        {
            return BindMatch(syntax);
        }

        if (syntax.Operator is "->" or "->>")
        {
            BoundExpression? json = Bind(syntax.Left);
            BoundExpression? key = Bind(syntax.Right);
            return json is null || key is null ? null : Functions.JsonFunctions.Arrow(syntax.Operator, json, key, syntax.OperatorSpan, syntax.Span, _diagnostics);
        }

        if (syntax.Operator is "<<" or ">>")
        {
            BoundExpression? value = Bind(syntax.Left);
            BoundExpression? count = Bind(syntax.Right);
            return value is null || count is null ? null : Shift(syntax.Operator, value, count, syntax.OperatorSpan, syntax.Span);
        }

        if (!Operators.TryGetValue(syntax.Operator, out BinaryOperator op))
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, syntax.OperatorSpan, "the operator " + syntax.Operator);
            return null;
        }

        if (op is BinaryOperator.And or BinaryOperator.Or)
        {
            return BindLogic(syntax, op);
        }

        BoundExpression? left = Bind(syntax.Left);
        BoundExpression? right = Bind(syntax.Right);
        return left is null || right is null ? null : Binary(op, syntax.Operator, left, right, syntax.OperatorSpan, syntax.Span);
    }

    // Chains of AND and OR come left-deep and long; the left spine is walked in a loop so that its length isn't depth.
    private BoundExpression? BindLogic(BinaryExpression syntax, BinaryOperator op)
    {
        var spine = new Stack<BinaryExpression>();
        ExpressionSyntax first = syntax;
        while (first is BinaryExpression next && next.Operator == syntax.Operator)
        {
            spine.Push(next);
            first = next.Left;
        }

        var operands = new List<BoundExpression>();
        bool failed = !Take(first);
        while (spine.Count > 0)
        {
            failed |= !Take(spine.Pop().Right);
        }

        return failed ? null : Balanced(op, operands, 0, operands.Count);

        bool Take(ExpressionSyntax operand)
        {
            BoundExpression? bound = BindCondition(operand, syntax.Operator);
            if (bound is not null)
            {
                operands.Add(bound);
            }

            return bound is not null;
        }
    }

    /// <summary>AND and OR over many operands as a tree of logarithmic depth: both are associative, also with NULL and with their short circuit.</summary>
    private static BoundExpression Balanced(BinaryOperator op, IReadOnlyList<BoundExpression> operands, int start, int count)
    {
        if (count == 1)
        {
            return operands[start];
        }

        // Two or three stay as written (left-deep): plans are read by people.
        int half = count <= 4 ? count - 1 : count / 2;
        BoundExpression left = Balanced(op, operands, start, half);
        BoundExpression right = Balanced(op, operands, start + half, count - half);
        return new BoundBinary(op, left, right, SqlType.Boolean, left.Nullable || right.Nullable, TextSpan.Cover(left.Span, right.Span));
    }

    /// <summary>Any binary operator but AND and OR over bound operands.</summary>
    private BoundExpression? Binary(BinaryOperator op, string symbol, BoundExpression left, BoundExpression right, TextSpan operatorSpan, TextSpan span)
    {
        switch (op)
        {
            case BinaryOperator.Concat:
                return Concat(left, right, span);
            case >= BinaryOperator.Equal and <= BinaryOperator.Distinct:
                return Comparison(op, symbol, left, right, operatorSpan, span);
            case BinaryOperator.BitAnd or BinaryOperator.BitOr or BinaryOperator.BitXor:
                return Bits(op, symbol, left, right, operatorSpan, span);
        }

        if (left.Type.Kind == SqlTypeKind.Null && right.Type.Kind == SqlTypeKind.Null)
        {
            return new BoundLiteral(null, SqlType.Int, span);
        }

        (BoundExpression? a, BoundExpression? b) = ReadTextBesideTime(left, right);
        if (a is null || b is null)
        {
            return null;
        }

        if (IsTime(a.Type) || IsTime(b.Type))
        {
            return TimeArithmetic.Bind(op, a, b, span) ?? WrongOperands(symbol, a, b, operatorSpan);
        }

        if (Textual(a) || Textual(b))
        {
            return TextBesideNumber(symbol, a, b, operatorSpan);
        }

        if (!Arithmetic.Takes(a.Type) || !Arithmetic.Takes(b.Type))
        {
            return WrongOperands(symbol, a, b, operatorSpan);
        }

        BoundExpression? result = Arithmetic.Bind(op, a, b, span, out int digits);
        if (result is null)
        {
            _diagnostics.Report(SqlRules.DecimalTooWide, span, $"{a.Type} {symbol} {b.Type}", digits.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return result;
    }

    /// <summary><c>=</c> and its kind: both sides are brought to one type.</summary>
    private BoundExpression? Comparison(BinaryOperator op, string symbol, BoundExpression left, BoundExpression right, TextSpan operatorSpan, TextSpan span)
    {
        if ((Textual(left) && right.Type.IsNumeric) || (Textual(right) && left.Type.IsNumeric))
        {
            return TextBesideNumber(symbol, left, right, operatorSpan);
        }

        SqlType? common = Coercion.Common(left, right);
        bool isOrdering = op is BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual;
        if (common is null || !common.HasEquality || (isOrdering && !common.HasOrder))
        {
            return WrongOperands(symbol, left, right, operatorSpan);
        }

        bool strict = op is not (BinaryOperator.Distinct or BinaryOperator.NotDistinct);
        if (common.Kind == SqlTypeKind.Null)
        {
            common = SqlType.Boolean;
        }

        BoundExpression? a = Coerce(left, common);
        BoundExpression? b = Coerce(right, common);
        return a is null || b is null ? null : new BoundBinary(op, a, b, SqlType.Boolean, strict && (a.Nullable || b.Nullable), span);
    }

    /// <summary>Brings an expression to a type that <see cref="Coercion.Common(BoundExpression, BoundExpression, bool)"/> chose; a text literal is read.</summary>
    private BoundExpression? Coerce(BoundExpression expression, SqlType type)
    {
        if (Coercion.IsTextLiteral(expression) && Coercion.TakesText(type))
        {
            return LiteralBinder.FromText((string)((BoundLiteral)expression).Value!, type, expression.Span, expression.Span, _diagnostics);
        }

        if (type.IsNested)
        {
            return Coercion.To(expression, type);
        }

        // DECIMALs compare exactly whatever their digits are; a type of more than 28 digits must not come into the plan.
        if (expression.Type.Kind == SqlTypeKind.Decimal && type.Kind == SqlTypeKind.Decimal)
        {
            return expression;
        }

        return Coercion.To(expression, type.Kind == SqlTypeKind.Decimal ? NumericTypes.AsDecimal(expression.Type.IsInteger ? expression.Type : type) : type);
    }

    private BoundExpression? Concat(BoundExpression left, BoundExpression right, TextSpan span)
    {
        if (left.Type.Kind == SqlTypeKind.Bytes && right.Type.Kind == SqlTypeKind.Bytes)
        {
            return Functions.ScalarCalls.Make(new Functions.ScalarFunction("||", "SqlBytes.Concat"), SqlType.Bytes, span, left, right);
        }

        if (left.Type.Kind == SqlTypeKind.Array || right.Type.Kind == SqlTypeKind.Array)
        {
            return Functions.ArrayFunctions.Concat(new Functions.FunctionCall("||", [left, right], this, _diagnostics, span, span));
        }

        BoundExpression? a = AsText(left);
        BoundExpression? b = AsText(right);
        return a is null || b is null ? null : new BoundBinary(BinaryOperator.Concat, a, b, SqlType.Varchar, a.Nullable || b.Nullable, span);
    }

    /// <summary>Concatenation turns any value into its text, as in PostgreSQL.</summary>
    private BoundExpression? AsText(BoundExpression expression) => expression.Type.Kind switch
    {
        SqlTypeKind.Varchar => expression,
        SqlTypeKind.Null => new BoundLiteral(null, SqlType.Varchar, expression.Span),
        _ => new BoundCast(expression, false, SqlType.Varchar, expression.Nullable, expression.Span),
    };

    private BoundExpression? Bits(BinaryOperator op, string symbol, BoundExpression left, BoundExpression right, TextSpan operatorSpan, TextSpan span)
    {
        SqlType? common = Coercion.Common(left, right);
        if (common is null || (!common.IsInteger && common.Kind != SqlTypeKind.Null))
        {
            return WrongOperands(symbol, left, right, operatorSpan);
        }

        common = common.IsInteger ? common : SqlType.Int;
        return new BoundBinary(op, Coercion.To(left, common), Coercion.To(right, common), common, left.Nullable || right.Nullable, span);
    }

    private BoundExpression? Shift(string symbol, BoundExpression left, BoundExpression right, TextSpan operatorSpan, TextSpan span)
    {
        SqlType type = left.Type.Kind == SqlTypeKind.Null ? SqlType.Int : left.Type;
        if (!type.IsInteger || !Coercion.Widens(right.Type, SqlType.Int))
        {
            return WrongOperands(symbol, left, right, operatorSpan);
        }

        var function = new Functions.ScalarFunction(symbol, symbol == "<<" ? "SqlMath.ShiftLeft" : "SqlMath.ShiftRight") { CanFail = right is not BoundLiteral { Value: >= 0 } };
        return Functions.ScalarCalls.Make(function, type, span, Coercion.To(left, type), Coercion.To(right, SqlType.Int));
    }

    private BoundExpression? WrongOperands(string symbol, BoundExpression left, BoundExpression right, TextSpan operatorSpan)
    {
        BoundExpression other = IsTime(left.Type) ? right : left;
        SqlType time = IsTime(left.Type) ? left.Type : right.Type;
        string help = left.Type.Kind == SqlTypeKind.Json || right.Type.Kind == SqlTypeKind.Json ? "JSON has no equality and no order: take a value out of it with ->>, or CAST it" : CastOne;
        SqlFix[] fixes = [];
        if (IsTime(time) && other.Type.IsNumeric)
        {
            string text = TextOf(other.Span, "5");
            bool sum = symbol is "+" or "-";
            string interval = other is BoundLiteral ? $"INTERVAL '{text}' SECOND" : $"{text} * INTERVAL '1' SECOND";
            help = sum ? "add or subtract an interval, such as " + interval : "write the other side as one too, such as " + $"{(time.IsInterval ? "INTERVAL" : time.ToString())} '{TextConstants.Example(time).Trim('\'')}'";
            fixes = sum && other.Span.Length > 0 ? [new SqlFix("interval", "Write " + interval, new SqlEdit(other.Span, interval))] : [];
        }

        _diagnostics.Add(new SqlDiagnostic(SqlRules.OperatorType, operatorSpan, symbol, $"{left.Type} and {right.Type}", help) { Fixes = fixes });
        return null;
    }

    private BoundExpression? TextBesideNumber(string symbol, BoundExpression left, BoundExpression right, TextSpan operatorSpan)
    {
        (BoundExpression text, BoundExpression other) = Textual(left) ? (left, right) : (right, left);
        if (!other.Type.IsNumeric && !Textual(other))
        {
            return WrongOperands(symbol, left, right, operatorSpan);
        }

        if (symbol == "+" && Textual(left) && Textual(right) && operatorSpan.Length > 0)
        {
            _diagnostics.Add(new SqlDiagnostic(SqlRules.TextWithNumber, operatorSpan, "the operator +", "|| to join texts, or CAST both to a number") { Suggestion = "||" });
            return null;
        }

        return TextWithNumber(text, other);
    }

    /// <summary>Two ways out: the text as a number, or a number that is a constant as text.</summary>
    private BoundExpression? TextWithNumber(BoundExpression text, BoundExpression other)
    {
        bool constant = other is BoundLiteral { Value: not null } && text is not BoundLiteral && other.Span.Length > 0;
        string quoted = $"'{TextOf(other.Span, "0")}'";
        SqlFix[] fixes = constant ? [new SqlFix("quote", $"Write {quoted}", new SqlEdit(other.Span, quoted))] : [];
        return TextWithNumber(text, other.Type.IsNumeric ? other.Type.ToString() : "this operator", other.Type.IsNumeric ? other.Type : SqlType.Double, constant ? $", or {quoted} to compare texts" : string.Empty, fixes);
    }

    private BoundExpression? TextWithNumber(BoundExpression text, string with, SqlType type, string or = "", SqlFix[]? fixes = null)
    {
        string cast = text is BoundLiteral { Value: string constant } && TextConstants.TryRead(constant, type, out _)
            ? constant.Trim()
            : $"CAST({TextOf(text.Span, "x")} AS {type})";
        _diagnostics.Add(new SqlDiagnostic(SqlRules.TextWithNumber, text.Span, with, cast + or) { Suggestion = cast, Fixes = fixes ?? [] });
        return null;
    }

    // '2020-01-01' beside a timestamp is one, '1 hour' beside it in a sum is an interval.
    private (BoundExpression? Left, BoundExpression? Right) ReadTextBesideTime(BoundExpression left, BoundExpression right)
    {
        if (Coercion.IsTextLiteral(left) && IsTime(right.Type))
        {
            return (Read(left, right.Type), right);
        }

        return Coercion.IsTextLiteral(right) && IsTime(left.Type) ? (left, Read(right, left.Type)) : (left, right);

        BoundExpression? Read(BoundExpression literal, SqlType beside)
        {
            string text = (string)((BoundLiteral)literal).Value!;
            SqlType type = TextConstants.TryRead(text, beside, out _) || !TextConstants.TryRead(text, SqlType.IntervalDayTime, out _) ? beside : SqlType.IntervalDayTime;
            return LiteralBinder.FromText(text, type, literal.Span, literal.Span, _diagnostics);
        }
    }

    private static bool Textual(BoundExpression expression) => expression.Type.Kind == SqlTypeKind.Varchar;

    private static bool IsTime(SqlType type) => type.IsTimestamp || type.IsInterval || type.Kind is SqlTypeKind.Date or SqlTypeKind.Time;
}
