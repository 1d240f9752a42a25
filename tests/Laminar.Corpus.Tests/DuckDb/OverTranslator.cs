using System.Globalization;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.DuckDb;

/// <summary>
/// Functions over partitions in DuckDB's SQL. Rows of one order are taken by all their columns where the plan says so (those of a window), and as they arrived where
/// partitions are in the order of time.
/// </summary>
internal static class OverTranslator
{
    public static string Print(OverNode node, string input)
    {
        int inputs = node.Input.Columns.Count;
        string columns = string.Concat(Enumerable.Range(0, inputs).Select(i => $"c{i}, "));
        string functions = string.Concat(node.Functions.Select((f, i) => $"{(f.Aggregate is null ? Function(node, f) : "NULL")} AS c{inputs + i}, "));
        string window = node.Release != OverRelease.Window ? Order(node, all: true) : $"c{node.Time}, {string.Concat(node.PartitionBy.Select(o => $"c{o} NULLS LAST, "))}{Order(node, all: true)}";
        string order = Order(node, all: false);
        string peer = $"rank() OVER ({Partition(node)}{(order.Length == 0 ? string.Empty : "ORDER BY " + order)})";
        string rows = $"SELECT {columns}{functions}row_number() OVER ({Partition(node)}ORDER BY {Order(node, all: true)}) AS place, {peer} AS peer, row_number() OVER (ORDER BY {window}) AS rn2, wm FROM ({input})";
        string all = string.Concat(Enumerable.Range(0, inputs).Select(i => $"a.c{i}, ")) + string.Concat(node.Functions.Select((f, i) => f.Aggregate is null ? $"a.c{inputs + i}, " : $"{Framed(node, f.Aggregate)} AS c{inputs + i}, "));
        string by = node.Functions.Any(f => f.Name == "DENSE_RANK") ? $"a.c{inputs}" : node.Functions.Any(f => f.Name == "RANK") ? "a.peer" : "a.place";
        string most = node.Take == long.MaxValue ? string.Empty : $" AND {by} <= {(node.Skip + node.Take).ToString(CultureInfo.InvariantCulture)}";
        return $"WITH n AS MATERIALIZED ({rows}) SELECT {all}a.rn2 AS rn, a.wm FROM n a WHERE a.place > {node.Skip.ToString(CultureInfo.InvariantCulture)}{most}";
    }

    /// <summary>An aggregate over the rows of a frame, found by where they stand.</summary>
    private static string Framed(OverNode node, BoundAggregate aggregate)
    {
        string columns = string.Concat(Enumerable.Range(0, node.Input.Columns.Count).Select(i => $"b.c{i}, "));
        string same = string.Concat(node.PartitionBy.Select(o => $"b.c{o} IS NOT DISTINCT FROM a.c{o} AND "));
        string framed = $"SELECT {columns}b.place AS rn, b.place AS t, 1 AS one FROM n b WHERE {same}{Holds(node, node.Frame!.From, true)} AND {Holds(node, node.Frame.To, false)}";
        return $"(SELECT {AggregateTranslator.Print(aggregate)} FROM ({framed}))";
    }

    private static string Holds(OverNode node, long? bound, bool isFrom)
    {
        string side = isFrom ? ">=" : "<=";
        if (bound is null)
        {
            return "TRUE";
        }

        if (node.Frame!.Unit == FrameUnit.Rows)
        {
            return $"b.place {side} a.place + ({bound.Value.ToString(CultureInfo.InvariantCulture)})";
        }

        if (bound == 0 || node.OrderBy.Count == 0)
        {
            return $"b.peer {side} a.peer";
        }

        OverOrder order = node.OrderBy[0];
        SqlType type = node.Input.Columns[order.Ordinal].Type;
        string Whole(string row) => type.IsTimestamp ? $"epoch_us({row}.c{order.Ordinal})" : type.IsInteger ? $"CAST({row}.c{order.Ordinal} AS HUGEINT)" : $"datediff('day', DATE '1970-01-01', {row}.c{order.Ordinal})";
        long units = type.IsTimestamp ? bound.Value / 10 : bound.Value;
        string near = order.Descending ? $"{Whole("a")} - {Whole("b")}" : $"{Whole("b")} - {Whole("a")}";
        return $"coalesce({near} {side} {units.ToString(CultureInfo.InvariantCulture)}, b.peer {side} a.peer)";
    }

    private static string Partition(OverNode node) => node.PartitionBy.Count == 0 ? string.Empty : $"PARTITION BY {string.Join(", ", node.PartitionBy.Select(o => $"c{o}"))} ";

    private static string Order(OverNode node, bool all)
    {
        IEnumerable<string> keys = node.OrderBy.Select(o => $"c{o.Ordinal} {(o.Descending ? "DESC" : "ASC")} NULLS {(o.NullsFirst ? "FIRST" : "LAST")}");
        IEnumerable<string> rest = node.Release != OverRelease.Window ? ["rn"] : Enumerable.Range(0, node.Input.Columns.Count).Where(o => !node.Input.Columns[o].Type.IsNested).Select(o => $"c{o} NULLS LAST");
        return string.Join(", ", all ? keys.Concat(rest) : keys);
    }

    private static string Function(OverNode node, OverFunction function)
    {
        if (function.Name == "NTH_VALUE")
        {
            return $"nth_value(c{function.Arguments[0]}, {function.Number.ToString(CultureInfo.InvariantCulture)}) OVER ({Partition(node)}{Frame(node)})";
        }

        bool isRank = function.Name is "RANK" or "DENSE_RANK" or "PERCENT_RANK" or "CUME_DIST";
        string number = function.Number.ToString(CultureInfo.InvariantCulture);
        string[] arguments = function.Name == "NTILE" ? [number] : function.Arguments.Count == 0 ? [] : [$"c{function.Arguments[0]}", number, .. function.Arguments.Skip(1).Select(a => $"c{a}")];
        string nulls = function.IgnoreNulls ? " IGNORE NULLS" : string.Empty;
        return $"{function.Name}({string.Join(", ", arguments)}{nulls}) OVER ({Partition(node)}ORDER BY {Order(node, !isRank)})";
    }

    private static string Frame(OverNode node)
    {
        OverFrame frame = node.Frame!;
        if (frame.Unit == FrameUnit.Range && (frame.From is not (null or 0) || frame.To is not (null or 0)))
        {
            throw new NotInDuckDbException("NTH_VALUE over a frame by distance");
        }

        string order = node.OrderBy.Count == 0 && frame.Unit == FrameUnit.Range ? string.Empty : $"ORDER BY {Order(node, all: true)} ";
        string Bound(long? by, string unbounded) => by is null ? "UNBOUNDED " + unbounded : by == 0 ? "CURRENT ROW" : $"{Math.Abs(by.Value).ToString(CultureInfo.InvariantCulture)} {(by < 0 ? "PRECEDING" : "FOLLOWING")}";
        return $"{order}{(frame.Unit == FrameUnit.Range ? "RANGE" : "ROWS")} BETWEEN {Bound(frame.From, "PRECEDING")} AND {Bound(frame.To, "FOLLOWING")}";
    }
}
