using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;
using Laminar.Sql;
using Laminar.Sql.Catalog;

namespace Laminar.Generators.Signatures;

/// <summary>A query compiled against the relations it reads, and whether code can be generated for it.</summary>
/// <param name="Compiled">The front end's result; null when there was no text.</param>
/// <param name="Problem">Why only a stub can be generated.</param>
/// <param name="Match">How it fits the user's row type; null without one, or without a plan.</param>
public sealed record QueryCheck(CompiledQuery? Compiled, QueryProblem Problem, MappedRowMatch? Match)
{
    public static QueryCheck Of(QueryModel query, ICatalog catalog, IReadOnlyList<RelationModel> reads)
    {
        if (query.IsTextMissing)
        {
            return new QueryCheck(null, QueryProblem.NoText, null);
        }

        CompiledQuery compiled = SqlCompiler.CompileQuery(query.Sql, query.Name, catalog);
        MappedRowMatch? match = query.MappedRow is { } row && compiled.Plan is { } plan ? MappedRowMatch.Of(row, plan) : null;
        return new QueryCheck(compiled, ProblemOf(query, compiled, reads, match), match);
    }

    private static QueryProblem ProblemOf(QueryModel query, CompiledQuery compiled, IReadOnlyList<RelationModel> reads, MappedRowMatch? match)
    {
        if (reads.Any(r => r.IsBroken))
        {
            return QueryProblem.BrokenInput;
        }

        if (compiled.Plan is null)
        {
            return QueryProblem.Sql;
        }

        if (query.Type.Problem != TypeProblem.None)
        {
            return QueryProblem.Type;
        }

        if (query.MappedRow is { } row && (row.Problem != TypeProblem.None || match is null or { Misfits.Count: > 0 }))
        {
            return QueryProblem.MappedRow;
        }

        bool isTooVisible = reads.Any(r => r.Visibility < query.Type.Visibility)
            || (query.MappedRow is { } mapped && mapped.Type.Visibility < query.Type.Visibility);
        return isTooVisible ? QueryProblem.Visibility : QueryProblem.None;
    }
}
