using System;
using System.Linq;
using Laminar.Generators.Model;
using Laminar.Generators.Signatures;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit;

/// <summary>The file of one query: its code, or a stub.</summary>
public static class QueryFileEmitter
{
    /// <summary>Null when nothing can be generated into the class at all.</summary>
    public static GeneratedFile? Emit(QuerySlice slice)
    {
        QueryModel query = slice.Query;
        if (query.Type.Problem != TypeProblem.None)
        {
            return null;
        }

        try
        {
            QueryCheck check = QueryCheck.Of(query, new ProjectCatalog(slice.Reads) { Functions = slice.Functions.ToFunctions() }, slice.Reads);
            return check.Problem == QueryProblem.None && check.Compiled?.Plan is { } plan
                ? new GeneratedFile(HintName.Of(query.Type.FullName, "Query"), QueryEmitter.Emit(Request(slice, plan, check.Match)))
                : QueryStubEmitter.Emit(query);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A mistake of ours in one query must not take the code of all others with it.
            return QueryStubEmitter.Emit(query, InternalError(query.Name, e));
        }
    }

    /// <summary>A line that fails the build at this file only and says what to report.</summary>
    public static string InternalError(string name, Exception exception) =>
        "#error LAM9001: Laminar failed while it compiled " + OneLine($"{name}: {exception.GetType().Name}: {exception.Message} {exception.StackTrace}");

    private static string OneLine(string text) => string.Join(" ", text.Split(new[] { '\r', '\n' }, StringSplitOptions.RemoveEmptyEntries).Select(l => l.Trim()));

    private static QueryEmitRequest Request(QuerySlice slice, QueryPlan plan, MappedRowMatch? match)
    {
        QueryModel query = slice.Query;
        var request = new QueryEmitRequest(
            query.Type.Namespace, query.Type.ContainingTypes, query.Type.Header, query.Type.Name, query.Name, query.Sql, plan, StateFingerprint.Of(plan))
        {
            BaseSources = slice.Reads.SelectMany(r => r.BaseSources).Distinct(StringComparer.Ordinal).ToArray(),
            OwnSources = slice.Reads.Where(r => r.Kind == RelationKind.Source && r.IsOwn).Select(r => r.ClrType).ToArray(),
        };
        if (query.MappedRow is not { } row || match is null)
        {
            return request;
        }

        return request with
        {
            RowName = row.Type.FullName,
            RowIsForeign = true,
            ForeignRow = row.ToRow(row.Type.FullName, row.Type.Name) with { Members = new EquatableArray<RowMember>(match.Members) },
        };
    }
}
