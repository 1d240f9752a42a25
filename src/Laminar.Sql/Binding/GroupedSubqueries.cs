using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;

namespace Laminar.Sql.Binding;

/// <summary>
/// A query with groups and with subqueries in HAVING or the select list, as two: one makes the groups, and all that is asked of them without a subquery; the other reads those and asks the rest.
/// </summary>
internal sealed class GroupedSubqueries
{
    private readonly List<(ExpressionSyntax Syntax, int Ordinal)> _pieces = new();
    private readonly List<SelectItem> _items = new();
    private readonly SelectBody _body;
    private readonly QuerySyntax _query;
    private readonly NameScope _rows;

    private GroupedSubqueries(QuerySyntax query, SelectBody body, NameScope rows)
    {
        _query = query;
        _body = body;
        _rows = rows;

        // Places and names of the select list stay, for GROUP BY 1 and GROUP BY its aliases.
        _items.AddRange(body.Items.Select(i => Splits(i.Expression) ? i with { Expression = new LiteralExpression(LiteralKind.Null, "NULL", i.Span), Alias = Name(_items.Count, i) } : i));
        _pieces.AddRange(body.Items.Select((item, ordinal) => (item.Expression, ordinal)).Where(i => !Splits(i.Expression)));
        string[] aliases = body.Items.Where(i => i.Alias is not null).Select(i => i.Alias!.Text).ToArray();
        foreach (SyntaxNode node in body.Items.Where(i => Splits(i.Expression)).Select(i => (SyntaxNode)i.Expression)
            .Concat(Above)
            .Concat(body.Windows)
            .Concat(body.Qualify is null ? Enumerable.Empty<SyntaxNode>() : new[] { body.Qualify })
            .Concat(query.OrderBy.Where(o => o.Expression is not (LiteralExpression or ColumnExpression { Name.Parts.Count: 1 }) || !aliases.Any(a => o.Expression is LiteralExpression || SqlName.Same(a, ((ColumnExpression)o.Expression).Name.Last.Text)))))
        {
            Collect(node);
        }

        foreach (ExpressionSyntax key in Keys)
        {
            Collect(key);
        }
    }

    /// <summary>What makes the groups.</summary>
    public QuerySyntax Inner => _query with
    {
        Body = _body with { Items = new SyntaxList<SelectItem>(_items), Having = SyntaxFacts.All(SyntaxFacts.Conditions(_body.Having).Where(c => !SubqueryBinder.IsIn(c))), Distinct = false, Qualify = null, Windows = SyntaxList<NamedWindow>.Empty },
        OrderBy = SyntaxList<OrderItem>.Empty,
        Limit = null,
        Offset = null,
    };

    /// <summary>What reads them.</summary>
    public QuerySyntax Outer => _query with { Emit = _query.Emit is { Kind: EmitKind.Changes } ? _query.Emit : null, AllowLateness = null, LateData = null, Options = SyntaxList<OptionSyntax>.Empty, Body = OuterBody };

    /// <summary>Its body: what is left of HAVING is its WHERE.</summary>
    public SelectBody OuterBody => _body with { Where = SyntaxFacts.All(Above), GroupBy = null, Having = null, From = SyntaxList<TableSyntax>.Empty };

    private IEnumerable<ExpressionSyntax> Above => SyntaxFacts.Conditions(_body.Having).Where(SubqueryBinder.IsIn);

    /// <summary>The columns that are keys: subqueries can name them.</summary>
    private IEnumerable<ColumnExpression> Keys => _body.GroupBy?.Elements.SelectMany(e => e.Sets).SelectMany(s => s).OfType<ColumnExpression>().Where(c => Find(c) is not null) ?? Enumerable.Empty<ColumnExpression>();

    /// <summary>The two queries; null where one does.</summary>
    /// <param name="query">The query.</param>
    /// <param name="body">Its body.</param>
    /// <param name="rows">The names that the rows have which are grouped.</param>
    public static GroupedSubqueries? Of(QuerySyntax query, SelectBody body, NameScope rows) =>
        SyntaxFacts.IsGrouped(body) && (IsOfGroups(body.Having) || body.Items.Any(i => IsOfGroups(i.Expression))) ? new GroupedSubqueries(query, body, rows) : null;

    /// <summary>The groups as what FROM is of the query that reads them.</summary>
    /// <param name="groups">The plan that makes them.</param>
    /// <param name="known">Gets what expressions have become.</param>
    public BoundFrom From(QueryPlan groups, out IReadOnlyList<(ExpressionSyntax Syntax, BoundExpression Bound)> known)
    {
        ScanNode scan = InnerQueries.Scan(groups);
        known = _pieces.Select(p => (p.Syntax, (BoundExpression)new BoundColumn(p.Ordinal, groups.Columns[p.Ordinal].Name, scan.Columns[p.Ordinal].Type, scan.Columns[p.Ordinal].Nullable, p.Syntax.Span))).ToArray();
        var names = new List<ScopeColumn>();
        foreach (ColumnExpression key in Keys)
        {
            int ordinal = _pieces.First(p => ReferenceEquals(p.Syntax, key)).Ordinal;
            ScopeColumn column = Find(key)!;
            names.Add(new ScopeColumn(column.Table, column.Name, ordinal, scan.Columns[ordinal].Type, scan.Columns[ordinal].Nullable, scan.Columns[ordinal].EventTimeLag));
        }

        var scope = new NameScope(names) { Functions = _rows.Functions };
        return new BoundFrom(scan.Relation, scan, scope, scope, null) { Changing = groups.IsUpdating ? _body.GroupBy?.Span ?? _body.Span : null };
    }

    /// <summary>Whether there is a subquery that isn't inside an aggregate.</summary>
    private static bool IsOfGroups(SyntaxNode? node) =>
        node is InQueryExpression or ExistsExpression or SubqueryExpression || (node is not (null or QuerySyntax) && !SyntaxFacts.IsAggregate(node) && SyntaxChildren.Of(node).Any(IsOfGroups));

    private static bool Splits(SyntaxNode node) => IsOfGroups(node) || SyntaxFacts.HasOver(node);

    private static Identifier Name(int number, SyntaxNode place) => new("__part_" + (number + 1).ToString(CultureInfo.InvariantCulture), false, place.Span);

    /// <summary>Whether an expression is made of rows: constants are the same above the groups.</summary>
    private static bool ReadsRows(SyntaxNode node) => node is ColumnExpression || SyntaxFacts.IsAggregate(node) || (node is not QuerySyntax && SyntaxChildren.Of(node).Any(ReadsRows));

    private ScopeColumn? Find(ColumnExpression column) =>
        _rows.Find(column.Name.Parts.Count > 1 ? column.Name.Parts[column.Name.Parts.Count - 2].Text : null, column.Name.Last.Text) is { Count: 1 } found ? found[0] : null;

    /// <summary>The largest parts that the groups answer by themselves.</summary>
    private void Collect(SyntaxNode node)
    {
        if (node is QuerySyntax || !ReadsRows(node) || _pieces.Any(p => ReferenceEquals(p.Syntax, node)))
        {
            return;
        }

        if (node is ExpressionSyntax expression && !Splits(node))
        {
            _pieces.Add((expression, _items.Count));
            _items.Add(new SelectItem(expression, Name(_items.Count, expression), expression.Span));
            return;
        }

        foreach (SyntaxNode child in SyntaxChildren.Of(node))
        {
            Collect(child);
        }
    }
}
