using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions;

/// <summary>Digests, bytes as text, URLs; run by <c>SqlEncoding</c> and <c>SqlUrl</c>.</summary>
internal static class EncodingFunctions
{
    private static readonly SqlType T = SqlType.Varchar;
    private static readonly string[] Formats = { "hex", "base64", "utf-8" };
    private static readonly string[] UrlParts = { "PROTOCOL", "AUTHORITY", "USERINFO", "HOST", "PORT", "PATH", "QUERY", "FILE", "REF" };

    public static IEnumerable<FunctionEntry> All
    {
        get
        {
            yield return Digest("MD5", "Md5");
            yield return Digest("SHA256", "Sha256");
            yield return Overload.Function(
                "TO_HEX",
                new Overload("SqlEncoding.ToHex", T, SqlType.Int),
                new Overload("SqlEncoding.ToHex", T, SqlType.BigInt),
                new Overload("SqlEncoding.ToHex", T, SqlType.UBigInt),
                new Overload("SqlEncoding.ToHex", T, SqlType.Bytes) { CanFail = true });
            yield return new FunctionEntry("ENCODE", 2, 2, Encode);

            // Two things by one name: bytes of a text, or, with more arguments, Oracle's CASE.
            yield return new FunctionEntry("DECODE", 2, int.MaxValue, call => call.Arguments.Count == 2 ? Decode(call) : ConditionalFunctions.Decode(call));
            yield return Overload.Function("URL_ENCODE", new Overload("SqlUrl.Encode", T, T) { CanFail = true });
            yield return Overload.Function("URL_DECODE", new Overload("SqlUrl.Decode", T, T));
            yield return new FunctionEntry("PARSE_URL", 2, 3, ParseUrl);
        }
    }

    private static FunctionEntry Digest(string name, string method) =>
        Overload.Function(name, new Overload("SqlEncoding." + method, T, T), new Overload("SqlEncoding." + method, T, SqlType.Bytes));

    // ENCODE makes text of bytes (hex, base64); of a text's own bytes, too. ENCODE(text, 'utf-8') is those bytes.
    private static BoundExpression? Encode(FunctionCall call)
    {
        BoundExpression value = call[0].Type.Kind == SqlTypeKind.Null ? Coercion.To(call[0], SqlType.Bytes) : call[0];
        if (value.Type.Kind is not (SqlTypeKind.Bytes or SqlTypeKind.Varchar))
        {
            return call.WrongType(0, "BYTES or VARCHAR");
        }

        if (Format(call) is not { } format)
        {
            return null;
        }

        if (format == "utf-8")
        {
            return value.Type.Kind == SqlTypeKind.Varchar ? Cast(value, SqlType.Bytes, call.Span) : call.WrongType(0, "VARCHAR");
        }

        BoundExpression bytes = value.Type.Kind == SqlTypeKind.Varchar ? Cast(value, SqlType.Bytes, value.Span) : value;
        return call.Call(format == "hex" ? "SqlEncoding.ToHex" : "SqlEncoding.ToBase64", T, true, bytes);
    }

    private static BoundExpression? Decode(FunctionCall call)
    {
        if (Format(call) is not { } format)
        {
            return null;
        }

        SqlType takes = format == "utf-8" ? SqlType.Bytes : T;
        if (!Coercion.Widens(call[0].Type, takes))
        {
            return call.WrongType(0, takes.ToString());
        }

        BoundExpression value = Coercion.To(call[0], takes);
        return format == "utf-8" ? Cast(value, T, call.Span) : call.Call(format == "hex" ? "SqlEncoding.FromHex" : "SqlEncoding.FromBase64", SqlType.Bytes, true, value);
    }

    private static BoundCast Cast(BoundExpression value, SqlType type, TextSpan span) => new(value, false, type, value.Nullable, span);

    // The format decides the type of the result, so it has to be known at build time.
    private static string? Format(FunctionCall call)
    {
        if (call[1] is not BoundLiteral { Value: string text })
        {
            call.Diagnostics.Report(SqlRules.ConstantRequired, call[1].Span, "The format of " + call.Name, ", such as 'hex'");
            return null;
        }

        string name = text.ToLowerInvariant() is "utf8" ? "utf-8" : text.ToLowerInvariant();
        return Formats.Contains(name) ? name : Unknown(call, text, "format of " + call.Name, Formats);
    }

    private static string? Unknown(FunctionCall call, string text, string what, string[] known)
    {
        string? nearest = NearestName.Of(text, known);
        string help = nearest is null ? "use " + string.Join(", ", known) : $"did you mean '{nearest}'?";
        call.Diagnostics.Add(new SqlDiagnostic(SqlRules.InvalidLiteral, call[1].Span, text, what, help) { Suggestion = nearest is null ? null : $"'{nearest}'" });
        return null;
    }

    private static BoundExpression? ParseUrl(FunctionCall call)
    {
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            if (!Coercion.Widens(call[i].Type, T))
            {
                return call.WrongType(i, "VARCHAR");
            }
        }

        bool known = call[1] is BoundLiteral;
        if (call[1] is BoundLiteral { Value: string part } && !UrlParts.Contains(part, StringComparer.Ordinal))
        {
            Unknown(call, part, "part of a URL", UrlParts);
            return null;
        }

        var function = new ScalarFunction(call.Name, "SqlUrl.Part") { CanReturnNull = true, CanFail = !known };
        return ScalarCalls.Make(function, T, call.Span, call.Arguments.Select(a => Coercion.To(a, T)).ToArray());
    }
}
