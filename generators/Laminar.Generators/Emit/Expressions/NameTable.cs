using System;
using System.Collections.Generic;
using System.Globalization;
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

    private string Distinct(string name)
    {
        string candidate = name;
        for (int i = 2; !_taken.Add(candidate) || Identifiers.Escape(candidate) != candidate; i++)
        {
            candidate = name + i.ToString(CultureInfo.InvariantCulture);
        }

        return candidate;
    }
}
