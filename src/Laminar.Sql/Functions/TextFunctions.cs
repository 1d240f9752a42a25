using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions;

/// <summary>Text; run by <c>SqlText</c>. Positions and lengths count code points.</summary>
internal static class TextFunctions
{
    private static readonly SqlType T = SqlType.Varchar;
    private static readonly SqlType I = SqlType.Int;

    public static IEnumerable<FunctionEntry> All => Special.Concat(Plain);

    private static IEnumerable<FunctionEntry> Special
    {
        get
        {
            yield return new FunctionEntry("CONCAT", 1, int.MaxValue, Concat);
            yield return new FunctionEntry("CONCAT_WS", 2, int.MaxValue, ConcatWs);
        }
    }

    private static IEnumerable<FunctionEntry> Plain
    {
        get
        {
            yield return Overload.Function("LOWER", new Overload("SqlText.Lower", T, T));
            yield return Overload.Function("LCASE", new Overload("SqlText.Lower", T, T));
            yield return Overload.Function("UPPER", new Overload("SqlText.Upper", T, T));
            yield return Overload.Function("UCASE", new Overload("SqlText.Upper", T, T));
            foreach ((string name, string method) in new[] { ("TRIM", "Trim"), ("BTRIM", "Trim"), ("LTRIM", "LTrim"), ("RTRIM", "RTrim") })
            {
                yield return Overload.Function(name, new Overload("SqlText." + method, T, T), new Overload("SqlText." + method, T, T, T));
            }

            foreach (string name in new[] { "LENGTH", "CHAR_LENGTH", "CHARACTER_LENGTH" })
            {
                yield return Overload.Function(name, new Overload("SqlText.Length", I, T), new Overload("SqlBytes.Length", I, SqlType.Bytes));
            }

            yield return Overload.Function("OCTET_LENGTH", new Overload("SqlText.OctetLength", I, T), new Overload("SqlBytes.Length", I, SqlType.Bytes));
            foreach (string name in new[] { "SUBSTRING", "SUBSTR" })
            {
                yield return Overload.Function(name, new Overload("SqlText.Substring", T, T, I), new Overload("SqlText.Substring", T, T, I, I) { CanFail = true });
            }

            yield return Overload.Function("LEFT", new Overload("SqlText.Left", T, T, I));
            yield return Overload.Function("RIGHT", new Overload("SqlText.Right", T, T, I));
            yield return Overload.Function("POSITION", new Overload("SqlText.Position", I, T, T));
            yield return Overload.Function("STRPOS", new Overload("SqlText.StrPos", I, T, T));
            yield return Overload.Function("INSTR", new Overload("SqlText.StrPos", I, T, T));
            yield return Overload.Function("REPLACE", new Overload("SqlText.Replace", T, T, T, T) { CanFail = true });
            foreach ((string name, string method) in new[] { ("LPAD", "LPad"), ("RPAD", "RPad") })
            {
                yield return Overload.Function(name, new Overload("SqlText." + method, T, T, I) { CanFail = true }, new Overload("SqlText." + method, T, T, I, T) { CanFail = true });
            }

            yield return Overload.Function("REVERSE", new Overload("SqlText.Reverse", T, T));
            yield return Overload.Function("REPEAT", new Overload("SqlText.Repeat", T, T, I) { CanFail = true });
            yield return Overload.Function("SPLIT_PART", new Overload("SqlText.SplitPart", T, T, T, I) { CanFail = true });
            yield return Overload.Function("SPLIT_INDEX", new Overload("SqlText.SplitIndex", T, T, T, I) { CanReturnNull = true });
            yield return Overload.Function("INITCAP", new Overload("SqlText.InitCap", T, T));
            yield return Overload.Function("TRANSLATE", new Overload("SqlText.Translate", T, T, T, T) { CanFail = true });
            yield return Overload.Function(
                "OVERLAY", new Overload("SqlText.Overlay", T, T, T, I) { CanFail = true }, new Overload("SqlText.Overlay", T, T, T, I, I) { CanFail = true });
            yield return Overload.Function("LEVENSHTEIN", new Overload("SqlText.Levenshtein", I, T, T) { CanFail = true });
            yield return Overload.Function("STARTS_WITH", new Overload("SqlText.StartsWith", SqlType.Boolean, T, T));
            yield return Overload.Function("ENDS_WITH", new Overload("SqlText.EndsWith", SqlType.Boolean, T, T));
            yield return Overload.Function("CONTAINS", new Overload("SqlText.Contains", SqlType.Boolean, T, T));
            yield return Overload.Function("ASCII", new Overload("SqlText.Ascii", I, T));
            yield return Overload.Function("CHR", new Overload("SqlText.Chr", T, I) { CanFail = true });
        }
    }

    // CONCAT leaves NULLs out and takes any type, as in PostgreSQL.
    private static BoundExpression? Concat(FunctionCall call)
    {
        BoundExpression result = Filled(call, AsText(call[0]));
        foreach (BoundExpression argument in call.Arguments.Skip(1))
        {
            result = Join(call, result, Filled(call, AsText(argument)));
        }

        return result;
    }

    // NULLs leave no separator; a NULL separator makes the result NULL.
    private static BoundExpression? ConcatWs(FunctionCall call)
    {
        BoundExpression separator = AsText(call[0]);
        if (separator.Type.Kind != SqlTypeKind.Varchar)
        {
            return call.WrongType(0, "VARCHAR");
        }

        BoundExpression result = AsText(call[1]);
        foreach (BoundExpression argument in call.Arguments.Skip(2).Select(AsText))
        {
            if (!separator.Nullable && !result.Nullable && !argument.Nullable)
            {
                result = Join(call, Join(call, result, separator), argument);
                continue;
            }

            var function = new ScalarFunction(call.Name, "SqlText.ConcatWs") { Strict = false, CanReturnNull = true };
            bool nullable = separator.Nullable || (result.Nullable && argument.Nullable);
            result = new BoundCall(function, new[] { separator, result, argument }, T, nullable, call.Span);
        }

        result = Filled(call, result);
        if (!separator.Nullable)
        {
            return result;
        }

        var missing = new BoundIsNull(separator, false, separator.Span);
        return new BoundCase(new[] { new BoundWhen(missing, new BoundLiteral(null, T, call.Span)) }, result, T, true, call.Span);
    }

    private static BoundBinary Join(FunctionCall call, BoundExpression left, BoundExpression right) => new(BinaryOperator.Concat, left, right, T, false, call.Span);

    private static BoundExpression AsText(BoundExpression argument) => Coercion.To(argument, T);

    private static BoundExpression Filled(FunctionCall call, BoundExpression text) =>
        text.Nullable ? new BoundCoalesce(new[] { text, new BoundLiteral(string.Empty, T, call.Span) }, T, false, call.Span) : text;
}
