using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Sql;

/// <summary>A query as other queries see it: output columns, event time, append-only or updating; nothing of how it is computed.</summary>
public static class QuerySignature
{
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
            QueryClrType = queryClrType,
            BaseSources = baseSources,
        };
    }

    // Members can't be called like their type.
    private static string RowName(string rowClrType) => rowClrType.Length == 0 ? "Row" : rowClrType.Substring(rowClrType.LastIndexOf('.') + 1);
}
