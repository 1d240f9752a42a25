using System.Globalization;
using Laminar.Sql.Plan;

namespace Laminar.Corpus.Tests.DuckDb;

/// <summary>Functions over partitions in DuckDB's SQL. Rows of one order are taken by all their columns, as the plan says.</summary>
internal static class OverTranslator
{
    public static string Print(OverNode node, string input)
    {
        int inputs = node.Input.Columns.Count;
        string columns = string.Concat(Enumerable.Range(0, inputs).Select(i => $"c{i}, "));
        string functions = string.Concat(node.Functions.Select((f, i) => $"{Function(node, f)} AS c{inputs + i}, "));
        string window = $"c{node.Time}, {string.Concat(node.PartitionBy.Select(o => $"c{o} NULLS LAST, "))}{Order(node, all: true)}";
        string rows = $"SELECT {columns}{functions}row_number() OVER ({Partition(node)}ORDER BY {Order(node, all: true)}) AS place, row_number() OVER (ORDER BY {window}) AS rn, wm FROM ({input})";
        string most = node.Take == long.MaxValue ? string.Empty : $" AND place <= {(node.Skip + node.Take).ToString(CultureInfo.InvariantCulture)}";
        return $"SELECT * EXCLUDE (place) FROM ({rows}) WHERE place > {node.Skip.ToString(CultureInfo.InvariantCulture)}{most}";
    }

    private static string Partition(OverNode node) => node.PartitionBy.Count == 0 ? string.Empty : $"PARTITION BY {string.Join(", ", node.PartitionBy.Select(o => $"c{o}"))} ";

    private static string Order(OverNode node, bool all)
    {
        IEnumerable<string> keys = node.OrderBy.Select(o => $"c{o.Ordinal} {(o.Descending ? "DESC" : "ASC")} NULLS {(o.NullsFirst ? "FIRST" : "LAST")}");
        IEnumerable<string> rest = Enumerable.Range(0, node.Input.Columns.Count).Where(o => !node.Input.Columns[o].Type.IsNested).Select(o => $"c{o} NULLS LAST");
        return string.Join(", ", all ? keys.Concat(rest) : keys);
    }

    private static string Function(OverNode node, OverFunction function)
    {
        bool isRank = function.Name is "RANK" or "DENSE_RANK" or "PERCENT_RANK" or "CUME_DIST";
        string number = function.Number.ToString(CultureInfo.InvariantCulture);
        string[] arguments = function.Name == "NTILE" ? [number] : function.Arguments.Count == 0 ? [] : [$"c{function.Arguments[0]}", number, .. function.Arguments.Skip(1).Select(a => $"c{a}")];
        string nulls = function.IgnoreNulls ? " IGNORE NULLS" : string.Empty;
        return $"{function.Name}({string.Join(", ", arguments)}{nulls}) OVER ({Partition(node)}ORDER BY {Order(node, !isRank)})";
    }
}
