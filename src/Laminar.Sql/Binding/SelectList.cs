using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>One output column: its name and what it is computed from.</summary>
internal sealed record OutputItem(string Name, BoundExpression Expression);

/// <summary>
/// The select list: stars expanded, names given. Without an alias a column keeps its name, a cast its operand's, a call its function's in lower
/// case, a field of a ROW its own (as in PostgreSQL), and anything else is <c>column_N</c>; such a name that is taken gets a number, a name given twice by the user is an error.
/// </summary>
internal sealed class SelectList
{
    private readonly BoundFrom _from;
    private readonly ExpressionBinder _binder;
    private readonly DiagnosticBag _diagnostics;
    private readonly List<OutputItem> _items = new();
    private readonly HashSet<string> _taken = new();
    private readonly HashSet<string> _members = new();
    private readonly List<(int Index, string Name)> _unnamed = new();
    private bool _failed;

    public SelectList(BoundFrom from, ExpressionBinder binder, DiagnosticBag diagnostics)
    {
        _from = from;
        _binder = binder;
        _diagnostics = diagnostics;
    }

    public IReadOnlyList<OutputItem>? Bind(IReadOnlyList<SelectItem> items)
    {
        foreach (SelectItem item in items)
        {
            if (item.Expression is StarExpression star)
            {
                Star(star);
                continue;
            }

            BoundExpression? bound = _binder.Bind(item.Expression);
            if (bound is null)
            {
                _failed = true;
                continue;
            }

            Add(item, bound.Type.Kind == SqlTypeKind.Null ? new BoundLiteral(null, SqlType.Varchar, bound.Span) : bound);
        }

        foreach ((int index, string name) in _unnamed)
        {
            _items[index] = _items[index] with { Name = Unique(name) };
        }

        return _failed || _items.Count == 0 ? null : _items;
    }

    private void Add(SelectItem item, BoundExpression bound)
    {
        if (bound.Type.Kind == SqlTypeKind.IntervalYearMonth)
        {
            _failed = true;
            _diagnostics.Report(SqlRules.NotSupportedYet, item.Expression.Span, "output columns of type INTERVAL YEAR TO MONTH");
            return;
        }

        if (item.Alias is not null)
        {
            Named(item.Alias.Text, bound, item.Alias.Span);
            return;
        }

        if (ColumnName(item.Expression, bound) is { } column)
        {
            Named(column, bound, item.Expression.Span);
            return;
        }

        string name = item.Expression is CallExpression call ? call.Name.Text.ToLowerInvariant()
            : item.Expression is CaseExpression ? "case"
            : item.Expression is ExtractExpression ? "extract"
            : bound is BoundCall { Function: { Method: "SqlNested.Field", Name: var field } } ? field.Substring(1)
            : "column_" + (_items.Count + 1).ToString(CultureInfo.InvariantCulture);
        _unnamed.Add((_items.Count, name));
        _items.Add(new OutputItem(name, bound));
    }

    private void Named(string name, BoundExpression bound, TextSpan span)
    {
        if (!Take(name))
        {
            _failed = true;
            _diagnostics.Report(SqlRules.DuplicateOutput, span, name);
        }

        _items.Add(new OutputItem(name, bound));
    }

    // Also by their C# names: kind and kind_column would both be KindColumn.
    private bool Take(string name) => _taken.Add(SqlName.Fold(name)) && _members.Add(OutputNames.Of(name));

    private string Unique(string name)
    {
        string unique = name;
        for (int n = 2; !Take(unique); n++)
        {
            unique = name + "_" + n.ToString(CultureInfo.InvariantCulture);
        }

        return unique;
    }

    private static string? ColumnName(ExpressionSyntax syntax, BoundExpression bound) => (syntax, bound) switch
    {
        (ParenthesizedExpression inner, _) => ColumnName(inner.Inner, bound),
        (CastExpression cast, BoundCast made) => ColumnName(cast.Operand, made.Operand),
        (_, BoundColumn column) => column.Name,
        (_, BoundWindowReference window) => GroupWindow.NameOf(window.Part),
        _ => null,
    };

    private void Star(StarExpression star)
    {
        if (_from.Scope.Columns.Count == 0 && _from.Relation.Kind == RelationKind.OneRow)
        {
            _failed = true;
            _diagnostics.Report(SqlRules.StarOfNothing, star.Span, star.Qualifier?.Parts.Count > 0 ? star.Qualifier.Last.Text : "trades");
            return;
        }

        string? table = star.Qualifier?.Parts.Count > 0 ? star.Qualifier.Last.Text : null;
        if (table is not null && !_from.Scope.HasTable(table))
        {
            _failed = true;
            string? nearest = NearestName.Of(table, _from.Scope.Tables);
            string use = nearest ?? string.Join(", ", _from.Scope.Tables);
            _diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownQualifier, star.Qualifier!.Span, table, use) { Suggestion = nearest });
            return;
        }

        bool hides(ScopeColumn c) => c.Part is null && _from.Scope.Columns.Any(w => w.Part is not null && SqlName.Same(w.Name, c.Name));
        foreach (ScopeColumn column in _from.Scope.Columns.Where(c => (table is null || SqlName.Same(c.Table, table)) && !hides(c)))
        {
            var bound = new BoundColumn(column.Ordinal, column.Name, column.Type, column.Nullable, star.Span);
            if (_from.Scope.Columns.Any(c => c.Table != column.Table && SqlName.Same(c.Name, column.Name)) && (_taken.Contains(SqlName.Fold(column.Name)) || _members.Contains(OutputNames.Of(column.Name))))
            {
                // The second of two tables of a join: nobody has given it a name.
                _unnamed.Add((_items.Count, column.Name));
                _items.Add(new OutputItem(column.Name, bound));
                continue;
            }

            Named(column.Name, bound, star.Span);
        }
    }
}
