using System;
using System.Collections.Generic;
using System.Linq;

namespace Laminar.Sql.Catalog;

/// <summary>The C# members of a query's row type: output columns in PascalCase, with the suffix <c>Column</c> where C# or the row type already uses the name.</summary>
public static class OutputNames
{
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "Kind", "Row", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize",
        "Deconstruct", "PrintMembers", "EqualityContract", "Clone", "Schema", "Read", "Write",
    };

    /// <summary>The member behind one output column.</summary>
    /// <param name="column">The SQL name.</param>
    /// <param name="rowType">The row type's simple name: a member can't be called like its type.</param>
    public static string Of(string column, string rowType = "Row")
    {
        string name = SqlName.ToPascalCase(column);
        return Taken.Contains(name) || name == rowType ? name + "Column" : name;
    }

    /// <summary>The members behind all columns, in order.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<string> columns, string rowType = "Row") => columns.Select(c => Of(c, rowType)).ToArray();
}
