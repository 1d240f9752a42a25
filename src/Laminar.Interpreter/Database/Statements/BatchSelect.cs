using Apache.Arrow;
using Laminar.Interpreter.Database.Catalog;
using Laminar.Interpreter.Database.Flow;
using Laminar.Interpreter.Operators;
using Laminar.Interpreter.Vectors;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Interpreter.Database.Statements;

/// <summary>A SELECT over what is there: the same stages as a query that runs, given all rows and then the end.</summary>
internal sealed class BatchSelect
{
    private readonly QueryPlan _plan;
    private readonly QueryOrder _order;

    private BatchSelect(QueryPlan plan, QueryOrder order)
    {
        _plan = plan;
        _order = order;
    }

    /// <summary>The columns of its result.</summary>
    public IReadOnlyList<PlanColumn> Columns => [.. _plan.Columns.Take(_plan.Columns.Count - _order.Hidden)];

    /// <summary>The relations that it reads, each as often as it does.</summary>
    public IEnumerable<Relation> Reads => _plan.Reads;

    /// <summary>Null when something is wrong.</summary>
    /// <param name="query">The query, parameters replaced.</param>
    /// <param name="sql">The text that it stands in.</param>
    /// <param name="catalog">What FROM can name.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public static BatchSelect? Compile(QuerySyntax query, string sql, DatabaseCatalog catalog, DiagnosticBag diagnostics)
    {
        CheckParameters(query, diagnostics);
        CheckReads(query, catalog, diagnostics);
        if (diagnostics.HasErrors)
        {
            return null;
        }

        // Rows that are only ever added can do the most; rows that change can be joined by any condition, or none.
        var asAdded = new DiagnosticBag();
        if (Compile(query, sql, new BatchCatalog(catalog), asAdded) is { } added)
        {
            return added;
        }

        if (Compile(query, sql, new BatchCatalog(catalog, changes: true), new DiagnosticBag()) is { } changing)
        {
            return changing;
        }

        foreach (SqlDiagnostic found in asAdded)
        {
            diagnostics.Add(found);
        }

        return null;
    }

    private static BatchSelect? Compile(QuerySyntax query, string sql, BatchCatalog catalog, DiagnosticBag diagnostics)
    {
        CompiledQuery Plan(QuerySyntax tree) => SqlCompiler.CompileTree(tree, [], sql, "query", catalog);
        CompiledQuery? first = null;
        QueryOrder order = QueryOrder.Of(query, bare => (first = Plan(bare)).Plan?.Columns, diagnostics);
        CompiledQuery compiled = first is { Plan: null } || (first is not null && order.Hidden == 0) ? first : Plan(order.Query);
        foreach (SqlDiagnostic found in compiled.Diagnostics.Where(d => d.IsError))
        {
            diagnostics.Add(found);
        }

        return diagnostics.HasErrors ? null : new BatchSelect(compiled.Plan!, order);
    }

    /// <summary>Whether the rows of something can be had at any time.</summary>
    public static bool IsReadable(DatabaseObject read) => read is StreamObject { Compiled.View: not null } or SourceObject { Connector: not null };

    /// <param name="rows">The rows of a relation, in batches.</param>
    /// <param name="clock">What CURRENT_TIMESTAMP reads.</param>
    /// <exception cref="StreamRowException">A row can't be computed with.</exception>
    public RecordBatch Run(Func<Relation, IEnumerable<IReadOnlyList<object?[]>>> rows, TimeProvider clock) =>
        new RowShape("query", Columns.Select(c => (c.Name, c.Type, c.Nullable))).ToBatch(Rows(rows, clock));

    /// <summary>The same as rows of values.</summary>
    /// <inheritdoc cref="Run"/>
    public IReadOnlyList<object?[]> Rows(Func<Relation, IEnumerable<IReadOnlyList<object?[]>>> rows, TimeProvider clock)
    {
        var entries = new List<(EntryStage Stage, Relation Relation)>();
        StageChain chain = StageChain.Over(_plan, "query", Entry);
        chain.Runs.ForEach(r => r.Clock = clock);
        RowShape all = RowShape.Of("query", _plan);
        var result = new ResultStage(all, _plan);
        chain.Stages[^1].Next = result;
        foreach (SourceStage constants in chain.Sources)
        {
            constants.PushConstants();
            Check();
        }

        foreach ((EntryStage stage, Relation relation) in entries)
        {
            foreach (IReadOnlyList<object?[]> some in rows(relation))
            {
                stage.Seed(some, clock);
                Check();
            }
        }

        foreach ((EntryStage stage, _) in entries)
        {
            stage.Advance(long.MaxValue);
            Check();
        }

        IReadOnlyList<object?[]> ordered = _order.Apply(result.ToList(), all);
        int width = _plan.Columns.Count - _order.Hidden;
        return _order.Hidden == 0 ? ordered : [.. ordered.Select(r => r[..width])];

        EntryStage? Entry(Relation relation)
        {
            if (relation.Kind == RelationKind.OneRow)
            {
                return null;
            }

            var entry = new EntryStage(relation.Name, RowShape.Of(relation), isUpdating: relation.IsUpdating);
            entries.Add((entry, relation));
            return entry;
        }

        void Check()
        {
            if (chain.Runs[0].Fault is { } fault)
            {
                throw fault;
            }
        }
    }

    private static void CheckParameters(SyntaxNode node, DiagnosticBag diagnostics)
    {
        if (node is ParameterExpression parameter)
        {
            diagnostics.Report(DatabaseRules.MissingParameter, parameter.Span, parameter.Name);
        }

        foreach (SyntaxNode child in SyntaxChildren.Of(node))
        {
            CheckParameters(child, diagnostics);
        }
    }

    private static void CheckReads(SyntaxNode node, DatabaseCatalog catalog, DiagnosticBag diagnostics)
    {
        if (node is NamedTable { Name.Parts: [.., var name] } table && catalog.OwnerOf(name.Text) is { } owner && !IsReadable(owner))
        {
            diagnostics.Report(DatabaseRules.KeepsNoRows, table.Name.Span, name.Text, owner.What);
        }

        foreach (SyntaxNode child in SyntaxChildren.Of(node))
        {
            CheckReads(child, catalog, diagnostics);
        }
    }

    /// <summary>What has come out, in order; of changes what they leave.</summary>
    private sealed class ResultStage(RowShape shape, QueryPlan plan) : ChunkStage
    {
        private readonly List<object?[]> _rows = [];
        private readonly ViewContent? _kept = plan.IsUpdating ? ViewContent.Of("query", plan, null) : null;

        public IReadOnlyList<object?[]> ToList() => _kept?.ToList() ?? _rows;

        public override void Process(Chunk chunk)
        {
            for (int k = 0; k < chunk.Rows.Count; k++)
            {
                int row = chunk.Rows[k];
                object?[] values = shape.Read(chunk, row);
                if (_kept is null)
                {
                    _rows.Add(values);
                }
                else
                {
                    _kept.Apply(values, chunk.KindOf(row));
                }
            }
        }

        public override void Advance(long watermark)
        {
        }
    }
}
