using System.Globalization;
using Laminar.Sql.Plan;

namespace Laminar.Corpus.Tests.DuckDb;

/// <summary>Joins in DuckDB's SQL. Which rows are late no batch query says: cases with such rows say what they expect by themselves.</summary>
internal static class JoinTranslator
{
    public static string Print(ScanNode scan, string left, string right)
    {
        JoinSpec join = scan.Join!;
        int width = scan.Inner[0].Plan.Columns.Count;
        string columns = string.Concat(Enumerable.Range(0, scan.Columns.Count).Select(i => $"c{i}, "));
        string renamed = string.Concat(Enumerable.Range(0, scan.Columns.Count - width).Select(i => $"c{i} AS c{width + i}, "));
        var conditions = join.LeftKeys.Select((l, i) => $"c{l} = c{width + join.RightKeys[i]}").ToList();
        if (join.Bound is { } bound)
        {
            bool isTicks = scan.Inner[0].Plan.Columns[bound.LeftTime].Type.IsTimestamp;
            string At(int ordinal) => isTicks ? $"epoch_us(c{ordinal})" : $"c{ordinal}";
            string distance = $"({At(width + bound.RightTime)} - {At(bound.LeftTime)})";
            string Units(long value) => (isTicks ? value / 10.0 : value).ToString("R", CultureInfo.InvariantCulture);
            if (bound.Low > long.MinValue)
            {
                conditions.Add($"{distance} >= {Units(bound.Low)}");
            }

            if (bound.High < long.MaxValue)
            {
                conditions.Add($"{distance} <= {Units(bound.High)}");
            }
        }

        if (join.Residual is not null)
        {
            conditions.Add(ExpressionTranslator.Print(join.Residual));
        }

        string closest = join.Pick switch
        {
            JoinPick.Latest => $"c{width + join.Bound!.RightTime} DESC",
            JoinPick.Earliest => $"c{width + join.Bound!.RightTime}",
            _ => $"abs({Distance(scan)}), c{width + (join.Bound?.RightTime ?? 0)}",
        };
        string pick = join.Pick == JoinPick.All ? string.Empty : $" QUALIFY row_number() OVER (PARTITION BY lrn ORDER BY {closest}, rrn DESC) = 1";
        bool isFilter = join.Type is JoinType.Semi or JoinType.Anti;
        columns = isFilter ? string.Concat(Enumerable.Range(0, scan.Columns.Count).Select(i => i < width ? $"c{i}, " : $"NULL AS c{i}, ")) : columns;
        string on = conditions.Count == 0 ? "true" : string.Join(" AND ", conditions);
        string rows = $"(SELECT {string.Concat(Enumerable.Range(0, width).Select(i => $"c{i}, "))}rn AS lrn FROM ({left})) {join.Type} JOIN (SELECT {renamed}rn AS rrn FROM ({right})) ON {on}";
        return $"SELECT {columns}row_number() OVER (ORDER BY lrn{(isFilter ? string.Empty : ", rrn")}) AS rn, {DuckDbTranslator.NoWatermark} AS wm FROM {rows}{pick}";
    }

    /// <summary>A join with a reference table that is whole before the first row: the last row of each key.</summary>
    public static string Print(LookupJoinNode node, string input)
    {
        int table = node.Table.Columns.Count;
        string keys = string.Join(", ", node.Table.Key!.Columns.Select(k => $"c{k}"));
        string renamed = string.Join(", ", Enumerable.Range(0, table).Select(i => $"c{i} AS c{node.Width + i}"));
        string rows = $"SELECT {renamed} FROM {DuckDbTranslator.SourceOf(node.Table)} QUALIFY row_number() OVER (PARTITION BY {keys} ORDER BY rn DESC) = 1";
        List<string> conditions = [.. node.Keys.Select((k, i) => $"{ExpressionTranslator.Print(k)} = c{node.Width + node.Table.Key.Columns[i]}")];
        if (node.Condition is not null)
        {
            conditions.Add(ExpressionTranslator.Print(node.Condition));
        }

        return $"SELECT * FROM ({input}) {node.Type} JOIN ({rows}) ON {string.Join(" AND ", conditions)}";
    }

    private static string Distance(ScanNode scan)
    {
        JoinBound? bound = scan.Join!.Bound;
        int width = scan.Inner[0].Plan.Columns.Count;
        string At(int ordinal) => scan.Inner[0].Plan.Columns[bound!.LeftTime].Type.IsTimestamp ? $"epoch_us(c{ordinal})" : $"c{ordinal}";
        return bound is null ? "0" : $"{At(width + bound.RightTime)} - {At(bound.LeftTime)}";
    }
}
