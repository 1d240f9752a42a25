using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Syntax;

namespace Laminar.Sql.Binding;

/// <summary><c>TUMBLE(ts, ...)</c>, or <c>TUMBLE_START(ts, ...)</c> and its kind.</summary>
/// <param name="Syntax">The call.</param>
/// <param name="Function"><c>TUMBLE</c>, <c>HOP</c>, <c>SESSION</c> or <c>CUMULATE</c> (SLIDE is HOP).</param>
/// <param name="Part">Which bound is asked for; null for the window itself.</param>
internal sealed record WindowCall(CallExpression Syntax, string Function, WindowPart? Part)
{
    private static readonly string[] Functions = { "TUMBLE", "HOP", "SLIDE", "SESSION", "CUMULATE" };

    private static readonly (string Suffix, WindowPart Part)[] Suffixes =
    {
        ("_START", WindowPart.Start), ("_END", WindowPart.End), ("_TIME", WindowPart.Time), ("_ROWTIME", WindowPart.Time),
    };

    public static IEnumerable<string> Names => Functions.Concat(Functions.SelectMany(f => Suffixes.Take(3).Select(s => f + s.Suffix)));

    public static WindowCall? Parse(CallExpression call)
    {
        string name = call.Name.Text.ToUpperInvariant();
        foreach (string function in Functions)
        {
            if (!name.StartsWith(function, StringComparison.Ordinal))
            {
                continue;
            }

            string kind = function == "SLIDE" ? "HOP" : function;
            string rest = name.Substring(function.Length);
            if (rest.Length == 0)
            {
                return new WindowCall(call, kind, null);
            }

            foreach ((string suffix, WindowPart part) in Suffixes)
            {
                if (rest == suffix)
                {
                    return new WindowCall(call, kind, part);
                }
            }
        }

        return null;
    }
}
