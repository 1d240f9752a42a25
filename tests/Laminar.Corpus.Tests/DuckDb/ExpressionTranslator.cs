using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.DuckDb;

/// <summary>Prints a bound expression as DuckDB SQL. Columns are <c>c0</c>, <c>c1</c>, ... by ordinal.</summary>
internal static class ExpressionTranslator
{
    /// <summary>Functions that mean the same in both, by SQL name.</summary>
    private static readonly Dictionary<string, string> Same = new(StringComparer.Ordinal)
    {
        ["ABS"] = "abs", ["CEIL"] = "ceil", ["CEILING"] = "ceil", ["FLOOR"] = "floor", ["SQRT"] = "sqrt", ["EXP"] = "exp", ["LN"] = "ln", ["POWER"] = "power",
        ["SIGN"] = "sign", ["UPPER"] = "upper", ["LOWER"] = "lower", ["LENGTH"] = "length", ["CHAR_LENGTH"] = "length", ["TRIM"] = "trim", ["LTRIM"] = "ltrim", ["RTRIM"] = "rtrim",
        ["SUBSTRING"] = "substring", ["SUBSTR"] = "substring", ["LEFT"] = "left", ["RIGHT"] = "right", ["REPLACE"] = "replace",
        ["STARTS_WITH"] = "starts_with", ["ENDS_WITH"] = "ends_with", ["CONTAINS"] = "contains", ["REVERSE"] = "reverse", ["CONCAT"] = "concat",
        ["NULLIF"] = "nullif", ["LPAD"] = "lpad", ["RPAD"] = "rpad", ["SPLIT_PART"] = "split_part", ["REPEAT"] = "repeat", ["STRPOS"] = "strpos",
        ["GREATEST"] = "greatest", ["LEAST"] = "least",
        ["CBRT"] = "cbrt", ["LOG2"] = "log2", ["LOG10"] = "log10", ["DEGREES"] = "degrees", ["RADIANS"] = "radians", ["SIN"] = "sin", ["COS"] = "cos", ["TAN"] = "tan",
        ["ASIN"] = "asin", ["ACOS"] = "acos", ["ATAN"] = "atan", ["ATAN2"] = "atan2", ["SINH"] = "sinh", ["COSH"] = "cosh", ["TANH"] = "tanh", ["GCD"] = "gcd", ["LCM"] = "lcm",
        ["IS_NAN"] = "isnan", ["IS_INF"] = "isinf", ["IS_FINITE"] = "isfinite",
        ["TRANSLATE"] = "translate", ["LEVENSHTEIN"] = "levenshtein", ["MD5"] = "md5", ["SHA256"] = "sha256", ["URL_ENCODE"] = "url_encode", ["URL_DECODE"] = "url_decode",
        ["CARDINALITY"] = "cardinality", ["ARRAY_CONTAINS"] = "list_contains", ["ARRAY_POSITION"] = "list_position", ["ARRAY_APPEND"] = "list_append", ["ARRAY_PREPEND"] = "list_prepend",
        ["ARRAY_CONCAT"] = "list_concat", ["ARRAY_SLICE"] = "list_slice", ["ARRAY_MIN"] = "list_min", ["ARRAY_MAX"] = "list_max", ["ARRAY_JOIN"] = "array_to_string",
        ["MAP_KEYS"] = "map_keys", ["MAP_VALUES"] = "map_values",
        ["ASCII"] = "ascii", ["CHR"] = "chr", ["OCTET_LENGTH"] = "strlen",
    };

    private static readonly Dictionary<string, string> Regular = new(StringComparer.Ordinal) { ["REGEXP_LIKE"] = "regexp_matches", ["REGEXP_REPLACE"] = "regexp_replace" };

    public static string Print(BoundExpression expression) => expression switch
    {
        BoundColumn column => $"c{column.Ordinal}",
        BoundLiteral literal => DuckDbTypes.Literal(literal.Value, literal.Type),
        BoundUnary { Operator: UnaryOperator.Negate } unary => $"CAST(-({Print(unary.Operand)}) AS {DuckDbTypes.Of(unary.Type)})",
        BoundUnary { Operator: UnaryOperator.Not } unary => $"(NOT {Print(unary.Operand)})",
        BoundUnary unary => $"(~{Print(unary.Operand)})",
        BoundBinary binary => Binary(binary),
        BoundIsNull isNull => $"({Print(isNull.Operand)} IS {(isNull.Negated ? "NOT " : string.Empty)}NULL)",
        BoundCase choice => "(CASE " + string.Concat(choice.Whens.Select(w => $"WHEN {Print(w.Condition)} THEN {Print(w.Result)} "))
            + (choice.Else is null ? string.Empty : $"ELSE {Print(choice.Else)} ") + "END)",
        BoundCoalesce coalesce => $"COALESCE({string.Join(", ", coalesce.Arguments.Select(Print))})",
        BoundItems { Type.Kind: SqlTypeKind.Array } items => $"CAST([{string.Join(", ", items.Items.Select(Print))}] AS {DuckDbTypes.Of(items.Type)})",
        BoundItems items => $"{{{string.Join(", ", items.Items.Select((v, i) => $"'{items.Type.Fields[i].Name}': {Print(v)}"))}}}",
        BoundCast cast => Cast(cast.Operand, cast.Type, cast.Try),
        BoundCall call => Call(call),
        _ => throw new NotInDuckDbException(expression.GetType().Name),
    };

    private static string Cast(BoundExpression operand, SqlType type, bool isTry) =>
        $"{(isTry ? "TRY_CAST" : "CAST")}({Print(operand)} AS {DuckDbTypes.Of(type)})";

    private static string Binary(BoundBinary binary)
    {
        string left = Print(binary.Left);
        string right = Print(binary.Right);
        string op = binary.Operator switch
        {
            BinaryOperator.Add => "+",
            BinaryOperator.Subtract => "-",
            BinaryOperator.Multiply => "*",
            BinaryOperator.Divide => binary.Left.Type.IsInteger ? "//" : "/",
            BinaryOperator.Modulo => "%",
            BinaryOperator.Concat => "||",
            BinaryOperator.Equal => "=",
            BinaryOperator.NotEqual => "<>",
            BinaryOperator.Less => "<",
            BinaryOperator.LessOrEqual => "<=",
            BinaryOperator.Greater => ">",
            BinaryOperator.GreaterOrEqual => ">=",
            BinaryOperator.NotDistinct => "IS NOT DISTINCT FROM",
            BinaryOperator.Distinct => "IS DISTINCT FROM",
            BinaryOperator.And => "AND",
            BinaryOperator.Or => "OR",
            BinaryOperator.BitAnd => "&",
            BinaryOperator.BitOr => "|",
            BinaryOperator.BitXor => "xor",
            _ => throw new NotInDuckDbException(binary.Operator.ToString()),
        };
        string result = op == "xor" ? $"xor({left}, {right})" : $"({left} {op} {right})";
        return binary.Type.IsNumeric ? $"CAST({result} AS {DuckDbTypes.Of(binary.Type)})" : result;
    }

    private static string Call(BoundCall call)
    {
        string name = call.Function.Name;
        switch (name)
        {
            case "CAST" or "TRY_CAST":
                return Converted(call, name == "TRY_CAST");
            case "/" when call.Type.Kind == SqlTypeKind.Decimal:
                return $"CAST(round(CAST({Print(call.Arguments[0])} AS DOUBLE) / CAST({Print(call.Arguments[1])} AS DOUBLE), {call.Type.Scale}) AS {DuckDbTypes.Of(call.Type)})";
            case "DATE_TRUNC" when call.Arguments[1] is BoundLiteral { Value: { } unit }:
                return $"CAST(date_trunc('{Unit(unit)}', {Print(call.Arguments[0])}) AS TIMESTAMP)";
            case "DATE_BIN":
                return $"time_bucket({Print(call.Arguments[0])}, {Print(call.Arguments[1])}, {Print(call.Arguments[2])})";
            case "+" when call.Type.IsTimestamp:
                return $"({Print(call.Arguments[0])} + {Print(call.Arguments[1])})";
            case "DATE_DIFF" when call.Arguments.Count == 2:
                return $"date_diff('week', {Print(call.Arguments[0])}, {Print(call.Arguments[1])})";
            case "DATE_DIFF" or "DATEDIFF" when call.Arguments[2] is BoundLiteral { Value: { } unit }:
                return $"date_diff('{Unit(unit)}', {Print(call.Arguments[0])}, {Print(call.Arguments[1])})";
            case "REPLACEMENT":
                return Print(call.Arguments[0]);
            case "->" or "->>":
                return $"({Print(call.Arguments[0])} {name} {Print(call.Arguments[1])})";
            case "JSON_EXISTS" when call.Arguments[1] is BoundCall { Arguments: [{ } path] }:
                return $"json_exists({Print(call.Arguments[0])}, {Print(path)})";
            case "[]" when call.Function.Method is "SqlArray.Get" or "SqlNested.Get":
                return $"({Print(call.Arguments[0])})[{Print(call.Arguments[1])}]";
            case "MAP" when call.Arguments[0] is BoundItems pairs:
                return $"map([{string.Join(", ", pairs.Items.Where((_, i) => i % 2 == 0).Select(Print))}], [{string.Join(", ", pairs.Items.Where((_, i) => i % 2 == 1).Select(Print))}])";
            case "ARRAY_SORT" when call.Arguments.Count == 1:
                return $"list_sort({Print(call.Arguments[0])}, 'ASC', 'NULLS LAST')";
            case "CARDINALITY" when call.Arguments[0].Type.Kind == SqlTypeKind.Array:
                return $"CAST(len({Print(call.Arguments[0])}) AS INTEGER)";
            case "a single row":
                return $"({Print(call.Arguments[0])} = 1)";
            case "as many places":
                return $"range(1, greatest({Print(call.Arguments[0])}, 0) + 1)";
            case "TO_JSON":
                return $"to_json({Print(call.Arguments[0])})";
            case "JSON_OBJECT" when call.Arguments[0] is BoundItems items:
                return $"json_object({string.Join(", ", items.Items.Select(Print))})";
            case "POSITION":
                return $"CAST(position({Print(call.Arguments[0])} IN {Print(call.Arguments[1])}) AS {DuckDbTypes.Of(call.Type)})";
            case "+" or "-" or "*" or "%" or "<<" or ">>":
                return $"CAST(({Print(call.Arguments[0])} {name} {Print(call.Arguments[1])}) AS {DuckDbTypes.Of(call.Type)})";
        }

        // Their point doesn't match line ends unless asked to.
        if (Regular.TryGetValue(name, out string? regular) && call.Arguments[1] is BoundCall { Type.Kind: SqlTypeKind.Prepared, Arguments: [{ } pattern, BoundLiteral { Value: string flags }] })
        {
            string rest = call.Arguments.Count > 2 ? ", " + Print(call.Arguments[2]) : string.Empty;
            return $"{regular}({Print(call.Arguments[0])}, {Print(pattern)}{rest}, '{flags}s')";
        }

        if (name.StartsWith('.'))
        {
            return $"struct_extract({Print(call.Arguments[0])}, '{name[1..]}')";
        }

        if (name.StartsWith("EXTRACT ", StringComparison.Ordinal))
        {
            return $"CAST(date_part('{name["EXTRACT ".Length..].ToLowerInvariant()}', {Print(call.Arguments[0])}) AS {DuckDbTypes.Of(call.Type)})";
        }

        if (!Same.TryGetValue(name, out string? function))
        {
            throw new NotInDuckDbException("function " + name);
        }

        return $"CAST({function}({string.Join(", ", call.Arguments.Select(Print))}) AS {DuckDbTypes.Of(call.Type)})";
    }

    /// <summary>The unit of so many months (INT) or ticks (BIGINT).</summary>
    private static string Unit(object size) => size switch
    {
        1 => "month",
        3 => "quarter",
        12 => "year",
        TimeSpan.TicksPerSecond => "second",
        TimeSpan.TicksPerMinute => "minute",
        TimeSpan.TicksPerHour => "hour",
        TimeSpan.TicksPerDay => "day",
        7 * TimeSpan.TicksPerDay => "week",
        _ => throw new NotInDuckDbException("unit of " + size),
    };

    private static string Converted(BoundCall call, bool isTry)
    {
        BoundExpression operand = call.Arguments[0];

        // Only conversions on which both agree: floats, say, are printed in different ways.
        bool exact = (operand.Type.IsInteger && (call.Type.IsNumeric || call.Type.Kind is SqlTypeKind.Varchar or SqlTypeKind.Boolean))
            || (operand.Type.Kind == SqlTypeKind.Varchar && (call.Type.IsInteger || call.Type.Kind is SqlTypeKind.Date or SqlTypeKind.Timestamp))
            || (operand.Type.Kind == SqlTypeKind.Decimal && call.Type.IsNumeric)
            || (operand.Type.IsFloat && (call.Type.IsFloat || call.Type.IsInteger))
            || (operand.Type.Kind is SqlTypeKind.Date or SqlTypeKind.Timestamp && call.Type.Kind is SqlTypeKind.Date or SqlTypeKind.Timestamp)
            || operand.Type.Kind == SqlTypeKind.Boolean;
        return exact ? Cast(operand, call.Type, isTry) : throw new NotInDuckDbException($"CAST of {operand.Type} to {call.Type}");
    }
}
