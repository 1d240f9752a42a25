using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Advice;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Fixes;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Syntax;

namespace Laminar.Sql;

/// <summary>The front end as a whole: text in, checked plan or diagnostics out. Never throws on any text; keeps nothing between calls; thread-safe.</summary>
public static class SqlCompiler
{
    /// <summary>Parses, binds and plans one query.</summary>
    /// <param name="sql">One SELECT statement, with or without a semicolon.</param>
    /// <param name="name">The query's name, for the result only.</param>
    /// <param name="catalog">What FROM can name.</param>
    public static CompiledQuery CompileQuery(string sql, string name, ICatalog catalog)
    {
        ParseResult<QuerySyntax> parsed = SqlParser.ParseQuery(sql);
        return CompileTree(parsed.Root, parsed.Diagnostics, sql, name, catalog);
    }

    /// <summary>As <see cref="CompileQuery"/>, from a tree. A tree with syntax errors isn't bound: they would only breed more.</summary>
    /// <param name="query">The tree; any tree, also one made by hand.</param>
    /// <param name="syntax">What the parser found.</param>
    /// <param name="sql">The text that the spans refer to; empty when there is none.</param>
    /// <param name="name">The query's name, for the result only.</param>
    /// <param name="catalog">What FROM can name.</param>
    public static CompiledQuery CompileTree(QuerySyntax query, IReadOnlyList<SqlDiagnostic> syntax, string sql, string name, ICatalog catalog)
    {
        var diagnostics = new DiagnosticBag();
        foreach (SqlDiagnostic diagnostic in syntax)
        {
            diagnostics.Add(diagnostic);
        }

        var reads = new List<Relation>();
        QueryPlan? plan = null;
        try
        {
            if (!diagnostics.HasErrors)
            {
                // A tree that was mended is no witness of what was meant.
                NotSupported.Check(query, diagnostics);
            }

            if (diagnostics.HasErrors)
            {
                reads.AddRange(FromNames.Of(query).Select(catalog.Find).OfType<Relation>().Distinct());
            }
            else
            {
                plan = Plan(query, sql, name, catalog, diagnostics, reads);
                UnusedQuery.Report(query, diagnostics);
            }
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A bug of ours must not take the compiler down: it is reported as one, on the query.
            diagnostics.Report(SqlRules.InternalError, query.Span, exception.GetType().Name + ": " + exception.Message);
        }

        if (plan is null && !diagnostics.HasErrors)
        {
            diagnostics.Report(SqlRules.InternalError, query.Span, "no plan and no reason");
        }

        return new CompiledQuery(name, diagnostics.HasErrors ? null : plan, FixFinder.Attach(Tidy(diagnostics), query, sql), reads);
    }

    /// <summary>The names that stand in FROM, as written, each once: cheap (parse only), for the order in which queries depend on each other.</summary>
    public static IReadOnlyList<string> ReadNames(string sql) => FromNames.Of(SqlParser.ParseQuery(sql).Root);

    /// <summary>The name behind LATE DATA TO, as written; null without the clause. Cheap: most texts don't have the word.</summary>
    public static string? LateName(string sql) =>
        sql.IndexOf("LATE", StringComparison.OrdinalIgnoreCase) < 0 ? null : SqlParser.ParseQuery(sql).Root.LateData is { Target.Text.Length: > 0 } late ? late.Target.Text : null;

    /// <summary>The names that are called in a text, folded (<see cref="SqlName.Fold"/>), each once: cheap (words before a parenthesis only), and more rather than less.</summary>
    public static IReadOnlyList<string> CalledNames(string sql)
    {
        Token[] tokens = Lexer.Tokenize(sql, new DiagnosticBag());
        return tokens.Where((t, i) => t.Kind is TokenKind.Word or TokenKind.QuotedName && i + 1 < tokens.Length && tokens[i + 1].Is("(")).Select(t => SqlName.Fold(t.Text)).Distinct().ToArray();
    }

    /// <summary>Parses, binds and plans a script of CREATE SOURCE, CREATE STREAM, CREATE SINK and INSERT INTO statements.</summary>
    /// <param name="sql">Statements separated by semicolons.</param>
    /// <param name="catalog">What the script can read besides its own sources and streams.</param>
    /// <param name="containingType">
    /// The C# class that the row types are nested in, fully qualified with <c>global::</c>: source <c>cars</c> gets the row type
    /// <c>{containingType}.Cars</c>, stream <c>fast</c> the row type <c>{containingType}.Fast</c> and the query class <c>{containingType}.FastQuery</c>.
    /// Empty: the relations carry no C# names.
    /// </param>
    public static CompiledScript CompileScript(string sql, ICatalog catalog, string containingType = "") =>
        new Scripts.ScriptCompiler(sql, catalog, containingType).Compile();

    /// <summary>As <see cref="CompileScript"/>, for statements that are added to those before: a sink may have no feed yet, and its columns come with the first when it names none.</summary>
    public static CompiledScript CompileAddition(string sql, ICatalog catalog, string containingType) =>
        new Scripts.ScriptCompiler(sql, catalog, containingType) { AllowsFeedless = true }.Compile();

    /// <summary>In the order of places, each finding once, each cause once.</summary>
    internal static IReadOnlyList<SqlDiagnostic> Tidy(IEnumerable<SqlDiagnostic> diagnostics) => FloodControl.Tidy(diagnostics);

    // Groups have no row whose watermark it could be, and what goes into them would depend on where rows meet.
    private static void RefuseWatermark(QueryPlan plan, DiagnosticBag diagnostics)
    {
        bool isGrouped = false;
        BoundWatermark? found = null;
        foreach (PlanNode node in plan.Root.DownToScan())
        {
            IEnumerable<BoundExpression> expressions = node switch
            {
                FilterNode filter => new[] { filter.Predicate },
                ProjectNode project => project.Expressions,
                WindowAggregateNode aggregate => aggregate.Keys.Concat(aggregate.Aggregates.SelectMany(a => a.Expressions)),
                _ => Enumerable.Empty<BoundExpression>(),
            };
            isGrouped |= node is WindowAggregateNode;
            found ??= expressions.SelectMany(e => e.DescendantsAndSelf()).OfType<BoundWatermark>().FirstOrDefault();
        }

        if (isGrouped && found is not null)
        {
            diagnostics.Report(SqlRules.NotSupportedYet, found.Span, "CURRENT_WATERMARK() in a query with groups; compute it in a query of its own and read that");
        }
    }

    // What takes an earlier result back has to compute it again, and what brings rows to their groups computes keys twice: a clock wouldn't say the same.
    private static void RefuseClock(QueryPlan plan, DiagnosticBag diagnostics)
    {
        foreach (PlanNode node in plan.Root.DownToScan())
        {
            IEnumerable<BoundExpression> refused = node switch
            {
                WindowAggregateNode aggregate => aggregate.Keys,
                ProjectNode project when plan.IsUpdating => project.Expressions,
                FilterNode filter when plan.IsUpdating && filter.Input is WindowAggregateNode => new[] { filter.Predicate },
                _ => Enumerable.Empty<BoundExpression>(),
            };
            if (refused.SelectMany(e => e.DescendantsAndSelf()).OfType<BoundClock>().FirstOrDefault() is { } clock)
            {
                string where = node is WindowAggregateNode ? "GROUP BY; compute it in a query of its own and read that" : "a result that is updated; read it in a query below or above";
                diagnostics.Report(SqlRules.NotSupportedYet, clock.Span, "the clock in " + where);
                return;
            }
        }
    }

    private static void RefuseLateName(QueryPlan plan, string name, DiagnosticBag diagnostics)
    {
        if (plan.LateTo is not null && plan.Scan.Inner.Count > 0)
        {
            diagnostics.Report(SqlRules.NotSupportedYet, plan.LateSpan, "LATE DATA TO of rows that a query inside this one makes; make that a query of its own and read it");
        }

        if (plan.LateTo is { } late && (SqlName.Same(late, name) || SqlName.Same(late, plan.Input.Name)))
        {
            diagnostics.Report(SqlRules.DuplicateName, plan.LateSpan, late, SqlName.Same(late, name) ? "the query itself" : "what the query reads");
        }
    }

    private static QueryPlan? Plan(QuerySyntax query, string sql, string name, ICatalog catalog, DiagnosticBag diagnostics, List<Relation> reads)
    {
        QueryPlan? bound = new SelectBinder(catalog, diagnostics, sql, reads).Bind(query) is { } made ? InnerQueries.Named(InnerColumns.Apply(ChangedInputs.Apply(made, diagnostics))) : null;
        if (bound is null || diagnostics.HasErrors)
        {
            return null;
        }

        foreach (QueryPlan each in bound.AllInner().Select(inner => inner.Plan).Append(bound))
        {
            RefuseClock(each, diagnostics);
            RefuseWatermark(each, diagnostics);
        }
        RefuseLateName(bound, name, diagnostics);
        bound = bound with { Errors = new ErrorOptions(diagnostics).Of(query, bound) };
        Advisor.Report(bound.Root, sql, diagnostics);
        return FirstRows.Apply(TopRows.Apply(bound with { Root = PlanRewriter.Apply(bound.Root, diagnostics) }), diagnostics);
    }
}
