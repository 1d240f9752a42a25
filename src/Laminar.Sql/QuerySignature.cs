using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Sql;

/// <summary>A query as other queries see it: output columns, event time, append-only or updating; nothing of how it is computed.</summary>
public static class QuerySignature
{
    private static readonly HashSet<string> Taken = new(StringComparer.Ordinal)
    {
        "Row", "Query", "Pipeline", "PipelinePart", "Info", "Definition", "AddTo", "Create", "Restore", "Sink", "Push", "OnError", "Clock", "Statistics", "Advance", "AdvanceWatermark",
        "Complete", "Snapshot", "Load", "Upsert", "Delete", "Table", "Resume", "Tick", "Dispose", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize",
    };

    /// <param name="plan">The query's checked plan.</param>
    /// <param name="name">The SQL name by which others read it.</param>
    /// <param name="rowClrType">Its row type, fully qualified with <c>global::</c>.</param>
    /// <param name="queryClrType">The class that holds it, fully qualified with <c>global::</c>.</param>
    /// <param name="baseSources">The C# types of the sources at the bottom.</param>
    public static Relation ToRelation(QueryPlan plan, string name, string rowClrType, string queryClrType, IReadOnlyList<string> baseSources)
    {
        string rowName = rowClrType.Substring(rowClrType.LastIndexOf('.') + 1);
        return new Relation(
            name,
            RelationKind.Query,
            rowClrType,
            plan.Columns.Select(c => new RelationColumn(c.Name, OutputNames.Of(c.Name, rowName), c.Type, c.Nullable) { EventTimeLag = c.EventTimeLag }).ToArray())
        {
            IsUpdating = plan.IsUpdating,
            Key = ResultKey.Of(plan),
            IsUpsert = ResultKey.IsUpsert(plan),
            QueryClrType = queryClrType,
            BaseSources = baseSources,
            BaseTables = plan.BaseTables,
        };
    }

    /// <summary>
    /// The rows that are late for a query, as other queries see them (LATE DATA TO); null without that clause. They are rows of what the query reads, and none of
    /// their columns is event time any more: no watermark says when all late ones have come.
    /// </summary>
    /// <param name="plan">The query's checked plan.</param>
    /// <param name="queryClrType">The class that holds it, fully qualified with <c>global::</c>; empty where there is none.</param>
    /// <param name="baseSources">The C# types of the sources at the bottom.</param>
    public static Relation? LateRelation(QueryPlan plan, string queryClrType, IReadOnlyList<string> baseSources) => plan.LateTo is not { } name
        ? null
        : new Relation(name, RelationKind.Query, plan.Input.ClrType, plan.Input.Columns.Select(c => c with { EventTimeLag = null }).ToArray())
        {
            QueryClrType = queryClrType.Length == 0 ? string.Empty : $"{queryClrType}.{LateClass(name, queryClrType)}",
            BaseSources = baseSources,
            IsLate = true,
        };

    /// <summary>The C# class nested in a query class, and the member of the query, for late rows: <c>late_trades</c> is <c>LateTrades</c>, with <c>Rows</c> behind it where a query uses the name itself.</summary>
    public static string LateClass(string lateName, string queryClrType)
    {
        string name = SqlName.ToPascalCase(lateName);
        return Taken.Contains(name) || name == queryClrType.Substring(queryClrType.LastIndexOf('.') + 1) ? name + "Rows" : name;
    }
}
