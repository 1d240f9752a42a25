using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Laminar.Generators.Model;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Signatures;

/// <summary>
/// Finds the output columns of every query, each after the queries that it reads. Queries see each other by signature only, never by
/// generated code, so an edit that keeps a signature concerns one query.
/// </summary>
public sealed class SignatureResolver
{
    private readonly Dictionary<string, QueryModel> _queries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RelationModel> _resolved = new(StringComparer.Ordinal);

    /// <summary>Queries by the folded name of their late rows.</summary>
    private readonly Dictionary<string, QueryModel> _lateOf = new(StringComparer.Ordinal);

    /// <summary>Late rows by the full name of the query class.</summary>
    private readonly Dictionary<string, RelationModel> _late = new(StringComparer.Ordinal);
    private readonly List<string> _open = new();
    private readonly HashSet<string> _cycles = new(StringComparer.Ordinal);
    private readonly ProjectCatalog _catalog;
    private readonly ClrFunctions _functions;
    private readonly CancellationToken _cancellation;

    private SignatureResolver(IEnumerable<RelationModel> sources, IEnumerable<QueryModel> queries, ClrFunctions functions, CancellationToken cancellation)
    {
        _functions = functions;
        _cancellation = cancellation;
        _catalog = new ProjectCatalog(sources);
        foreach (QueryModel query in queries)
        {
            string key = SqlName.Fold(query.Name);
            if (_catalog.FindModel(query.Name) is null && !_queries.ContainsKey(key))
            {
                _queries.Add(key, query);
            }
        }

        foreach (QueryModel query in _queries.Values.OrderBy(q => q.Type.FullName, StringComparer.Ordinal))
        {
            if (!query.IsTextMissing && SqlCompiler.LateName(query.Sql) is { } late && _catalog.FindModel(late) is null && !_queries.ContainsKey(SqlName.Fold(late)) && !_lateOf.ContainsKey(SqlName.Fold(late)))
            {
                _lateOf.Add(SqlName.Fold(late), query);
            }
        }
    }

    /// <summary>The relations of a project.</summary>
    /// <param name="sources">Its sources, in any order.</param>
    /// <param name="queries">Its queries with their text, in any order.</param>
    /// <param name="exports">What references bring; own names hide them.</param>
    /// <param name="functions">What SQL can call, references included.</param>
    /// <param name="cancellation">Stops between queries.</param>
    public static SignatureSet Resolve(
        IEnumerable<RelationModel> sources, IEnumerable<QueryModel> queries, IEnumerable<RelationModel> exports, FunctionSet functions, CancellationToken cancellation)
    {
        // The order of files isn't the user's choice: sort, so that the first of two equal names is always the same.
        List<RelationModel> ownSources = sources.OrderBy(s => s.ClrType, StringComparer.Ordinal).ToList();
        List<QueryModel> ownQueries = queries.OrderBy(q => q.Type.FullName, StringComparer.Ordinal).ToList();
        var resolver = new SignatureResolver(ownSources, ownQueries, functions.ToFunctions(), cancellation);

        // Exports come behind the project's own names, and must be there before the first query is bound.
        foreach (RelationModel export in exports)
        {
            if (!resolver._queries.ContainsKey(SqlName.Fold(export.Name)) && !resolver._lateOf.ContainsKey(SqlName.Fold(export.Name)))
            {
                resolver._catalog.Add(export);
            }
        }

        foreach (QueryModel query in resolver._queries.Values.ToList())
        {
            resolver.Resolve(query);
        }

        IEnumerable<RelationModel> relations = ownSources.Concat(ownQueries.Select(q => resolver._resolved.TryGetValue(q.Type.FullName, out RelationModel? found) ? found : null).OfType<RelationModel>())
            .Concat(resolver._lateOf.Values.OrderBy(q => q.Type.FullName, StringComparer.Ordinal).Select(q => resolver._late.TryGetValue(q.Type.FullName, out RelationModel? late) ? late : null).OfType<RelationModel>())
            .Concat(exports);
        return new SignatureSet(new EquatableArray<RelationModel>(relations), new EquatableArray<string>(resolver._cycles.OrderBy(c => c, StringComparer.Ordinal))) { Functions = functions };
    }

    /// <summary>The part of the relations that one query reads.</summary>
    public static QuerySlice Slice(QueryModel query, SignatureSet signatures)
    {
        if (query.IsTextMissing)
        {
            return new QuerySlice(query, default);
        }

        try
        {
            // A project may have hundreds of queries and each looks for one or two names: no catalog is built for that.
            IEnumerable<RelationModel> reads = SqlCompiler.ReadNames(query.Sql)
                .Select(name => signatures.Relations.FirstOrDefault(r => SqlName.Same(r.Name, name)))
                .OfType<RelationModel>();
            return new QuerySlice(query, new EquatableArray<RelationModel>(reads)) { Functions = signatures.Functions.CalledIn(query.Sql) };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // As in Resolve: the step that emits this query meets it again and says so there.
            return new QuerySlice(query, default);
        }
    }

    private RelationModel Resolve(QueryModel query)
    {
        string key = query.Type.FullName;
        if (_resolved.TryGetValue(key, out RelationModel? known))
        {
            return known;
        }

        if (_open.Contains(key))
        {
            _cycles.UnionWith(_open.Skip(_open.IndexOf(key)));
            return Broken(query);
        }

        _cancellation.ThrowIfCancellationRequested();
        _open.Add(key);
        RelationModel signature;
        try
        {
            signature = Compile(query);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A mistake of ours: the step that emits this query meets it again and says so there; the others go on.
            signature = Broken(query);
        }

        _open.Remove(key);
        _resolved[key] = signature;
        return signature;
    }

    private RelationModel Compile(QueryModel query)
    {
        var reads = new List<RelationModel>();
        IReadOnlyList<string> names = query.IsTextMissing ? Array.Empty<string>() : SqlCompiler.ReadNames(query.Sql);
        foreach (string name in names)
        {
            if (_queries.TryGetValue(SqlName.Fold(name), out QueryModel? upstream))
            {
                reads.Add(Resolve(upstream));
            }
            else if (_lateOf.TryGetValue(SqlName.Fold(name), out QueryModel? late))
            {
                RelationModel main = Resolve(late);
                reads.Add(_late.TryGetValue(late.Type.FullName, out RelationModel? rows) ? rows : main with { Name = name, IsBroken = true });
            }
            else if (_catalog.FindModel(name) is { } relation)
            {
                reads.Add(relation);
            }
        }

        QueryCheck check = QueryCheck.Of(query, new ProjectCatalog(reads) { Functions = _functions }, reads);
        return check.Problem == QueryProblem.None && check.Compiled?.Plan is { } plan
            ? Signature(query, plan, check.Match, reads)
            : Broken(query);
    }

    private RelationModel Signature(QueryModel query, QueryPlan plan, MappedRowMatch? match, List<RelationModel> reads)
    {
        string row = query.MappedRow?.Type.FullName ?? query.Type.FullName + ".Row";
        string[] baseSources = reads.SelectMany(r => r.BaseSources).Distinct(StringComparer.Ordinal).ToArray();
        RelationModel relation = RelationModel.Of(QuerySignature.ToRelation(plan, query.Name, row, query.Type.FullName, baseSources), query.Type.Visibility);
        if (QuerySignature.LateRelation(plan, query.Type.FullName, baseSources) is { } late)
        {
            _late[query.Type.FullName] = RelationModel.Of(late, query.Type.Visibility);
        }

        if (match is null)
        {
            return relation;
        }

        // The row is the user's: members have their names and may be wider than the columns.
        return relation with
        {
            Columns = new EquatableArray<RelationColumn>(relation.Columns.Select((column, i) => column with
            {
                ClrName = match.Members[i].Access,
                Type = match.Members[i].Type.Kind == column.Type.Kind ? column.Type : match.Members[i].Type,
                Nullable = match.Members[i].Nullable,
            })),
        };
    }

    private static RelationModel Broken(QueryModel query) =>
        new(query.Name, RelationKind.Query, query.Type.FullName + ".Row", default)
        {
            QueryClrType = query.Type.FullName,
            Visibility = query.Type.Visibility,
            IsBroken = true,
        };
}
