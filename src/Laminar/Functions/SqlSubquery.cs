using System.ComponentModel;
using System.Globalization;

namespace Laminar.Functions;

/// <summary>What generated code and the interpreter ask about subqueries that stand for a value.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SqlSubquery
{
    /// <summary>Whether a subquery has a row.</summary>
    /// <param name="rows">How many there are.</param>
    /// <exception cref="LaminarException">There are several.</exception>
    public static bool IsSingle(long rows) => rows <= 1
        ? rows == 1
        : throw new LaminarException($"A subquery that stands for a value has {rows.ToString(CultureInfo.InvariantCulture)} rows; aggregate them, or say which with ORDER BY ... LIMIT 1.");
}
