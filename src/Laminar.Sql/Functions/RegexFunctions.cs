using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;
using Laminar.Functions;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions;

/// <summary>REGEXP_LIKE and its kind, SIMILAR TO; run by <c>SqlRegex</c>. Constant patterns are checked here and made once.</summary>
internal static class RegexFunctions
{
    private static readonly SqlType T = SqlType.Varchar;
    private static readonly SqlType Pattern = SqlType.Prepared("SqlPattern");

    public static IEnumerable<FunctionEntry> All
    {
        get
        {
            foreach (string name in new[] { "REGEXP_LIKE", "REGEXP_MATCHES" })
            {
                yield return new FunctionEntry(name, 2, 3, call => Texts(call) ? Like(At(call, 0), At(call, 1), Flags(call, 2), call.Span, call.Diagnostics) : null);
            }

            yield return new FunctionEntry("REGEXP_REPLACE", 3, 4, Replace);
            yield return new FunctionEntry("REGEXP_EXTRACT", 2, 4, Extract);
            yield return new FunctionEntry("REGEXP_COUNT", 2, 4, Count);
        }
    }

    public static BoundExpression? Like(BoundExpression value, BoundExpression pattern, BoundExpression flags, TextSpan span, DiagnosticBag diagnostics) =>
        Prepare(pattern, flags, diagnostics) is { } prepared ? Call("REGEXP_LIKE", "IsMatch", SqlType.Boolean, span, value, prepared) : null;

    public static BoundExpression? Similar(BoundExpression value, BoundExpression pattern, BoundExpression? escape, TextSpan span, DiagnosticBag diagnostics)
    {
        escape ??= new BoundLiteral(string.Empty, T, span);
        bool isKnown = pattern is BoundLiteral && escape is BoundLiteral;
        if (pattern is BoundLiteral { Value: string text } && escape is BoundLiteral { Value: string with }
            && Fails("a pattern of SIMILAR TO", pattern.Span, diagnostics, () => new Regex(RegexText.Similar(text, with), RegexOptions.CultureInvariant)))
        {
            return null;
        }

        var function = new ScalarFunction("SIMILAR TO", "SqlPattern.Similar") { CanFail = !isKnown };
        return Call("SIMILAR TO", "IsMatch", SqlType.Boolean, span, value, ScalarCalls.Make(function, Pattern, pattern.Span, pattern, escape));
    }

    // Matching itself can fail too: a pattern that goes back and forth is stopped after a while.
    private static BoundCall Call(string name, string method, SqlType type, TextSpan span, params BoundExpression[] arguments) =>
        ScalarCalls.Make(new ScalarFunction(name, "SqlRegex." + method) { CanFail = true, CanReturnNull = method == "Extract" }, type, span, arguments);

    private static BoundExpression? Prepare(BoundExpression pattern, BoundExpression flags, DiagnosticBag diagnostics)
    {
        RegexOptions options = RegexOptions.CultureInvariant;
        if (flags is BoundLiteral { Value: string letters } && !RegexText.TryOptions(letters, out options, out _))
        {
            diagnostics.Report(SqlRules.InvalidPattern, flags.Span, "flags of a regular expression", RegexText.Flags + " are");
            return null;
        }

        if (pattern is BoundLiteral { Value: string text }
            && Fails("a regular expression", pattern.Span, diagnostics, () => new Regex(RegexText.Pattern(text, options, wide: false), options)))
        {
            return null;
        }

        var function = new ScalarFunction("REGEX", "SqlPattern.Of") { CanFail = pattern is not BoundLiteral || flags is not BoundLiteral };
        return ScalarCalls.Make(function, Pattern, pattern.Span, pattern, flags);
    }

    private static bool Fails(string what, TextSpan span, DiagnosticBag diagnostics, Func<Regex> make)
    {
        try
        {
            make();
            return false;
        }
        catch (ArgumentException error)
        {
            // .NET's message begins with the pattern, which stands in the SQL already.
            int at = error.Message.LastIndexOf("' at offset ", StringComparison.Ordinal);
            diagnostics.Report(SqlRules.InvalidPattern, span, what, at < 0 ? error.Message.TrimEnd('.') : error.Message.Substring(at + 2).TrimEnd('.'));
            return true;
        }
    }

    private static BoundExpression? Replace(FunctionCall call)
    {
        if (!Texts(call) || Prepare(At(call, 1), Flags(call, 3), call.Diagnostics) is not { } pattern)
        {
            return null;
        }

        BoundExpression with = At(call, 2);
        BoundCall replacement = ScalarCalls.Make(new ScalarFunction("REPLACEMENT", "SqlRegex.Replacement"), T, with.Span, with);
        return Call(call.Name, "Replace", T, call.Span, At(call, 0), pattern, replacement);
    }

    private static BoundExpression? Extract(FunctionCall call)
    {
        if (!Texts(call, 2) || Prepare(At(call, 1), Flags(call, 3), call.Diagnostics) is not { } pattern)
        {
            return null;
        }

        if (call.Arguments.Count == 2)
        {
            return Call(call.Name, "Extract", T, call.Span, At(call, 0), pattern);
        }

        if (call[1] is BoundLiteral { Value: string text } && call[2] is BoundLiteral { Value: int group } && Groups(text) is { } groups && Array.IndexOf(groups, group) < 0)
        {
            call.Diagnostics.Report(SqlRules.InvalidPattern, call[2].Span, "a group of the pattern", "it has " + (groups.Length - 1).ToString(CultureInfo.InvariantCulture));
            return null;
        }

        return Number(call, 2) is { } number ? Call(call.Name, "Extract", T, call.Span, At(call, 0), pattern, number) : null;
    }

    private static int[] Groups(string pattern) => new Regex(RegexText.Pattern(pattern, RegexOptions.None, wide: false)).GetGroupNumbers();

    // As in PostgreSQL the third argument is where to begin.
    private static BoundExpression? Count(FunctionCall call)
    {
        if (!Texts(call, 2) || Prepare(At(call, 1), Flags(call, 3), call.Diagnostics) is not { } pattern)
        {
            return null;
        }

        BoundExpression? start = call.Arguments.Count > 2 ? Number(call, 2) : call.Int(1);
        return start is null ? null : Call(call.Name, "Count", SqlType.Int, call.Span, At(call, 0), pattern, start);
    }

    private static BoundExpression? Number(FunctionCall call, int index) =>
        Coercion.Widens(call[index].Type, SqlType.Int) ? Coercion.To(call[index], SqlType.Int) : call.WrongType(index, "INT");

    private static bool Texts(FunctionCall call, int except = -1)
    {
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            if (i != except && !Coercion.Widens(call[i].Type, T))
            {
                call.WrongType(i, "VARCHAR");
                return false;
            }
        }

        return true;
    }

    private static BoundExpression At(FunctionCall call, int index) => Coercion.To(call[index], T);

    private static BoundExpression Flags(FunctionCall call, int index) => call.Arguments.Count > index ? At(call, index) : new BoundLiteral(string.Empty, T, call.Span);
}
