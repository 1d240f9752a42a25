using System.Collections.Generic;
using Laminar.Sql.Functions;
using Laminar.Sql.Functions.Aggregates;

namespace Laminar.Sql.Binding;

/// <summary>What functions of other dialects are called here.</summary>
internal static class ForeignFunctions
{
    private static readonly Dictionary<string, string> Here = new()
    {
        ["LEN"] = "LENGTH", ["CHAR_LENGTH"] = "LENGTH", ["CHARACTER_LENGTH"] = "LENGTH", ["DATALENGTH"] = "OCTET_LENGTH", ["SUBSTR"] = "SUBSTRING", ["MID"] = "SUBSTRING",
        ["UCASE"] = "UPPER", ["LCASE"] = "LOWER", ["INSTR"] = "STRPOS", ["CHARINDEX"] = "STRPOS", ["LOCATE"] = "STRPOS", ["ISNULL"] = "COALESCE", ["NVL"] = "COALESCE", ["IIF"] = "IF",
        ["GETDATE"] = "CURRENT_TIMESTAMP", ["SYSDATE"] = "CURRENT_TIMESTAMP", ["DATEADD"] = "DATE_ADD", ["DATEDIFF"] = "DATE_DIFF", ["DATETRUNC"] = "DATE_TRUNC", ["TRUNCATE"] = "TRUNC",
        ["CEILING"] = "CEIL", ["POW"] = "POWER", ["COUNTIF"] = "COUNT_IF", ["MEAN"] = "AVG", ["STDEV"] = "STDDEV_SAMP", ["VAR"] = "VAR_SAMP", ["FIRST"] = "FIRST_VALUE", ["LAST"] = "LAST_VALUE",
        ["GROUP_CONCAT"] = "STRING_AGG", ["LISTAGG"] = "STRING_AGG", ["APPROX_DISTINCT"] = "APPROX_COUNT_DISTINCT", ["MAX_BY"] = "ARG_MAX", ["MIN_BY"] = "ARG_MIN", ["EVERY"] = "BOOL_AND",
    };

    /// <summary>Null when the name isn't known from elsewhere, or what it means doesn't run yet.</summary>
    public static string? Of(string name) =>
        Here.TryGetValue(name, out string? here) && (FunctionRegistry.Find(here) is not null || AggregateFunctions.Find(here) is not null) ? here : null;
}
