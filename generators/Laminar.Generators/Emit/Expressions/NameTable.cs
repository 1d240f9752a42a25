using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Catalog;

namespace Laminar.Generators.Emit.Expressions;

/// <summary>Names for locals and members of generated code, taken from the SQL and made distinct.</summary>
internal sealed class NameTable
{
    private readonly HashSet<string> _taken;

    /// <param name="reserved">Names that the emitter uses itself.</param>
    public NameTable(params string[] reserved) => _taken = new HashSet<string>(reserved, StringComparer.Ordinal);

    /// <summary>A camelCase local for a SQL name: <c>event_time</c> becomes <c>eventTime</c>.</summary>
    public string Local(string sqlName)
    {
        string pascal = SqlName.ToPascalCase(sqlName);
        return Distinct(char.ToLowerInvariant(pascal[0]) + pascal.Substring(1));
    }

    /// <summary>A PascalCase member for a SQL name.</summary>
    public string Member(string sqlName) => Distinct(SqlName.ToPascalCase(sqlName));

    /// <summary>A PascalCase member that has others beside it: <c>X</c> with <c>XTime</c> must not meet the <c>XTime</c> of a column x_time.</summary>
    public string Member(string sqlName, IReadOnlyCollection<string> suffixes) => Distinct(SqlName.ToPascalCase(sqlName), suffixes);

    private string Distinct(string name, IReadOnlyCollection<string>? suffixes = null)
    {
        string candidate = name;
        for (int i = 2; _taken.Contains(candidate) || suffixes?.Any(s => _taken.Contains(candidate + s)) == true || Identifiers.Escape(candidate) != candidate; i++)
        {
            candidate = name + i.ToString(CultureInfo.InvariantCulture);
        }

        _taken.Add(candidate);
        foreach (string suffix in suffixes ?? Array.Empty<string>())
        {
            _taken.Add(candidate + suffix);
        }

        return candidate;
    }
}
