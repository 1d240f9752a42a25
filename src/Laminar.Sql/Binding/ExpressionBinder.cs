using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Functions;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>
/// Tree to bound expression: names, types, nullability, coercions. Null means that an error was reported and the caller says nothing more.
/// One instance serves one clause; what the clause allows stands in its init properties.
/// </summary>
internal sealed partial class ExpressionBinder
{
    /// <summary>Levels of operators and calls inside each other. The parser's own limit is below; trees made by hand may come deeper.</summary>
    public const int MaxDepth = 500;

    private readonly NameScope _scope;
    private readonly DiagnosticBag _diagnostics;
    private int _depth;
    private IReadOnlyList<OutputItem> _results = System.Array.Empty<OutputItem>();

    public ExpressionBinder(NameScope scope, DiagnosticBag diagnostics)
    {
        _scope = scope;
        _diagnostics = diagnostics;
    }

    /// <summary>The clause, for messages: <c>WHERE</c>.</summary>
    public string Clause { get; init; } = "an expression";

    /// <summary>The text, for suggestions that repeat a part of it; empty when it isn't known.</summary>
    public string Sql { get; init; } = string.Empty;

    /// <summary>What expressions have become that are worked out before: subqueries for a value, and what is made of groups below them.</summary>
    public IReadOnlyList<(ExpressionSyntax Syntax, BoundExpression Bound)> Known { get; init; } = System.Array.Empty<(ExpressionSyntax, BoundExpression)>();

    /// <summary>Whether aggregates may stand here.</summary>
    public bool AllowAggregates { get; init; }

    /// <summary>The query's group window, when this clause is computed after grouping.</summary>
    public GroupWindow? Window { get; init; }

    /// <summary>Aggregates are over all rows, and there may be none: all but counts are NULL then.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>One of the groups is there even of no rows, though there are others.</summary>
    public bool GivesNone { get; init; }

    /// <summary>Aliases of the select list, so that a message can say why one isn't visible here.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = new string[0];

    /// <summary>Columns that a wrong name could have meant besides those in scope.</summary>
    private IEnumerable<string> Candidates => _scope.Columns.Select(c => c.Name).Concat(Window is null ? Enumerable.Empty<string>() : GroupWindow.Names);

    /// <summary>Names that nothing in FROM has mean these.</summary>
    public ExpressionBinder Seeing(IReadOnlyList<OutputItem> results)
    {
        _results = results;
        return this;
    }

    public BoundExpression? Bind(ExpressionSyntax syntax)
    {
        if (_depth >= MaxDepth)
        {
            _diagnostics.Report(SqlRules.NestedTooDeep, syntax.Span, "500");
            return null;
        }

        _depth++;
        try
        {
            return BindCore(syntax);
        }
        finally
        {
            _depth--;
        }
    }

    /// <summary>A condition: BOOLEAN or NULL.</summary>
    public BoundExpression? BindCondition(ExpressionSyntax syntax, string what)
    {
        BoundExpression? bound = Bind(syntax);
        if (bound is null)
        {
            return null;
        }

        if (bound.Type.Kind is SqlTypeKind.Boolean or SqlTypeKind.Null)
        {
            return Coercion.To(bound, SqlType.Boolean);
        }

        _diagnostics.Report(SqlRules.ConditionType, syntax.Span, what, bound.Type.ToString());
        return null;
    }

    private BoundExpression? BindCore(ExpressionSyntax syntax)
    {
        if (Known.Count > 0 && Known.FirstOrDefault(k => ReferenceEquals(k.Syntax, syntax)).Bound is { } known)
        {
            return known;
        }

        switch (syntax)
        {
            case ParenthesizedExpression parenthesized:
                return Bind(parenthesized.Inner);
            case LiteralExpression literal:
                return LiteralBinder.Bind(literal, _diagnostics);
            case TypedLiteralExpression typed:
                return LiteralBinder.Bind(typed, _diagnostics);
            case IntervalExpression interval:
                return LiteralBinder.Bind(interval, _diagnostics);
            case ColumnExpression column:
                return BindColumn(column);
            case UnaryExpression unary:
                return BindUnary(unary);
            case BinaryExpression binary:
                return BindBinary(binary);
            case IsExpression @is:
                return BindIs(@is);
            case BetweenExpression between:
                return BindBetween(between);
            case InListExpression inList:
                return BindIn(inList);
            case LikeExpression like:
                return BindLike(like);
            case CaseExpression @case:
                return BindCase(@case);
            case CastExpression cast:
                return BindCast(cast);
            case ExtractExpression extract:
                return BindExtract(extract);
            case CallExpression call:
                return BindCall(call);
            case AtTimeZoneExpression zoned:
                return Bind(zoned.Operand) is { } time && Bind(zoned.Zone) is { } zone ? ZoneFunctions.At(time, zone, zoned.Span, _diagnostics) : null;
            case ArrayExpression array:
                return BindArray(array);
            case MapExpression map:
                return BindMap(map);
            case RowExpression row:
                return BindRow(row);
            case SubscriptExpression subscript:
                return BindSubscript(subscript);
            case FieldExpression field:
                return Bind(field.Operand) is { } of ? Field(of, field.Field, field.Span) : null;
            case StarExpression:
                _diagnostics.Report(SqlRules.StarNotAllowed, syntax.Span);
                return null;
            case MissingExpression:
                return null;
            default:
                _diagnostics.Report(SqlRules.NotSupportedYet, syntax.Span, Describe(syntax));
                return null;
        }
    }

    private static string Describe(ExpressionSyntax syntax) => syntax switch
    {
        ParameterExpression => "parameters",
        InQueryExpression => "IN with a subquery anywhere but in WHERE and in a select list without groups",
        ExistsExpression => "EXISTS anywhere but in WHERE and in a select list without groups",
        SubqueryExpression => "a subquery for a value anywhere but in WHERE and in a select list without groups",
        _ => "this expression",
    };

    private BoundExpression? BindColumn(ColumnExpression syntax)
    {
        SyntaxList<Identifier> parts = syntax.Name.Parts;
        if (parts.Count == 0)
        {
            return null;
        }

        Identifier name = syntax.Name.Last;
        if (parts.Count == 1)
        {
            return Resolve(null, name, syntax.Span);
        }

        bool isField = !_scope.HasTable(parts[0].Text) ? _scope.Find(null, parts[0].Text) is [{ Type.Kind: SqlTypeKind.Row or SqlTypeKind.Json }]
            : parts.Count > 2 && _scope.Find(parts[0].Text, parts[1].Text).Count > 0;
        if (isField)
        {
            return BindPath(parts, syntax.Span);
        }

        if (parts.Count > 2)
        {
            _diagnostics.Report(SqlRules.UnknownQualifier, syntax.Span, string.Join(".", parts.Take(parts.Count - 1).Select(p => p.Text)), TablesText());
            return null;
        }

        Identifier table = parts[0];
        if (!_scope.HasTable(table.Text))
        {
            if (Window is not null && SqlName.Same(table.Text, "window") && GroupWindow.PartOf("window_" + name.Text) is { } part)
            {
                return new BoundWindowReference(part, Window.Type, syntax.Span);
            }

            string? nearest = NearestName.Of(table.Text, _scope.Tables) ?? (_scope.Tables.Count() == 1 ? _scope.Tables.Single() : null);
            _diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownQualifier, table.Span, table.Text, nearest is null ? TablesText() : $"'{nearest}'") { Suggestion = nearest });
            return null;
        }

        return Resolve(table.Text, name, syntax.Span);
    }

    private string TablesText()
    {
        string text = string.Join(", ", _scope.Tables.Select(t => $"'{t}'"));
        return text.Length == 0 ? "a constant (there is no FROM here)" : text;
    }

    private BoundExpression? Resolve(string? table, Identifier name, TextSpan span)
    {
        if (table is null && Window is not null && GroupWindow.PartOf(name.Text) is { } part)
        {
            return new BoundWindowReference(part, Window.Type, span);
        }

        IReadOnlyList<ScopeColumn> found = _scope.Find(table, name.Text);
        if (found.Count == 1)
        {
            ScopeColumn column = found[0];
            return new BoundColumn(column.Ordinal, column.Name, column.Type, column.Nullable, span);
        }

        if (found.Count > 1)
        {
            string choices = string.Join(" or ", found.Select(c => $"{c.Table}.{c.Name}"));
            _diagnostics.Report(SqlRules.AmbiguousColumn, name.Span, name.Text, choices);
            return null;
        }

        if (table is null && _results.FirstOrDefault(i => SqlName.Same(i.Name, name.Text)) is { } result)
        {
            return result.Expression;
        }

        if (table is null && Aliases.Any(a => SqlName.Same(a, name.Text)))
        {
            _diagnostics.Report(SqlRules.AliasNotVisible, name.Span, name.Text, Clause);
            return null;
        }

        if (name.Quoted && table is null && NearestName.Of(name.Text, Candidates) is null)
        {
            string quoted = "'" + name.Text.Replace("'", "''") + "'";
            string scope = string.Join(", ", _scope.Tables.Select(t => $"'{t}'"));
            _diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownColumn, name.Span, name.Text, scope.Length == 0 ? "scope" : scope, $"; double quotes are for names, for text write {quoted}") { Suggestion = quoted });
            return null;
        }

        ReportUnknown(table, name);
        return null;
    }

    private void ReportUnknown(string? table, Identifier name)
    {
        IEnumerable<string> candidates = table is null ? Candidates : _scope.Columns.Where(c => SqlName.Same(c.Table, table)).Select(c => c.Name);
        string? nearest = NearestName.Of(name.Text, candidates);
        string where = table is not null ? $"'{table}'" : _scope.Columns.Count == 0 ? "a query without FROM" : string.Join(", ", _scope.Tables.Select(t => $"'{t}'"));
        string help = nearest is not null ? $"; did you mean '{nearest}'?"
            : Window is null && GroupWindow.PartOf(name.Text) is not null ? "; it exists where GROUP BY has a window, such as TUMBLE(ts, INTERVAL '1' MINUTE)"
            : _scope.Columns.Count == 0 ? Clause == "VALUES" ? $"; for text write '{name.Text}'" : "; add FROM and what has it"
            : "; it has " + Some(candidates);
        _diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownColumn, name.Span, name.Text, where, help) { Suggestion = nearest });
    }

    private static string Some(IEnumerable<string> names)
    {
        List<string> all = names.Distinct().ToList();
        if (all.Count == 0)
        {
            return "no columns";
        }

        return string.Join(", ", all.Take(8)) + (all.Count > 8 ? ", ..." : string.Empty);
    }

    /// <summary>The characters of a part of the text, or a stand-in when the text isn't known.</summary>
    private string TextOf(TextSpan span, string otherwise) =>
        span.Length > 0 && span.Start >= 0 && span.End <= Sql.Length ? Sql.Substring(span.Start, span.Length) : otherwise;
}
