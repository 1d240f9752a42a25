using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Binding;

/// <summary>What GROUP BY came to.</summary>
/// <param name="Keys">Over the input's rows, each once, without the window.</param>
/// <param name="Window">The window.</param>
/// <param name="Sets">The grouping sets, each the keys that it groups by; null: there is one, of all keys.</param>
internal sealed record BoundGroup(IReadOnlyList<BoundExpression> Keys, GroupWindow Window, GroupingSets? Sets = null)
{
    /// <summary>A grouping set of no keys has a row even of no rows, as a query without GROUP BY has; windows have none.</summary>
    public bool GivesNone => Window.IsWhole && Sets is { Empty.Count: > 0 };
}

/// <summary>GROUP BY: keys (columns, expressions, ordinals, aliases of the select list) and at most one window.</summary>
internal sealed class GroupBinder
{
    private readonly BoundFrom _from;
    private readonly SelectBody _body;
    private readonly WindowBinder _windows;
    private readonly DiagnosticBag _diagnostics;
    private readonly ExpressionBinder _binder;
    private readonly List<BoundExpression> _keys = new();
    private List<IReadOnlyList<int>> _sets = new() { System.Array.Empty<int>() };
    private int _lastKey;
    private GroupWindow? _window;
    private bool _failed;

    public GroupBinder(BoundFrom from, SelectBody body, WindowBinder windows, DiagnosticBag diagnostics, string sql, IReadOnlyList<(ExpressionSyntax Syntax, BoundExpression Bound)> known)
    {
        _from = from;
        _body = body;
        _windows = windows;
        _diagnostics = diagnostics;
        _binder = new ExpressionBinder(from.Scope, diagnostics) { Clause = "GROUP BY", Sql = sql, Windows = windows, Known = known };
    }

    /// <summary>It groups rows by something else than the windows of FROM: those have to be put on the rows first. Nothing was reported then.</summary>
    public bool NeedsRowsOfWindows { get; private set; }

    private int RowColumns => _from.Input.Columns.Count;

    public BoundGroup? Bind(GroupByClause clause)
    {
        foreach (GroupingElement element in clause.Elements)
        {
            if (element.Kind == GroupingKind.Expression)
            {
                _lastKey = -1;
                Element(element.Sets[0][0], fromSelect: false);
                Multiply(new[] { _lastKey < 0 ? System.Array.Empty<int>() : new[] { _lastKey } }, element);
                continue;
            }

            int[][] items = element.Sets.Select(s => s.Select(SetKey).ToArray()).ToArray();
            Multiply(_failed ? items : GroupingSets.Of(element.Kind, items), element);
        }

        if (_failed || NeedsRowsOfWindows)
        {
            return null;
        }

        if (_from.Window is { } rows && (_window is null || !rows.SameAs(_window.Spec)))
        {
            if (!rows.IsSession)
            {
                NeedsRowsOfWindows = true;
                return null;
            }

            _diagnostics.Report(SqlRules.NotSupportedYet, clause.Span, "GROUP BY over the sessions of FROM without window_start or window_end");
            return null;
        }

        if (_window is { IsSession: true } && _from.Window is { } sessions && !SamePartition(sessions.PartitionBy))
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, sessions.Span, "sessions that aren't counted by the keys of GROUP BY; give the same columns in PARTITION BY and GROUP BY");
            return null;
        }

        return new BoundGroup(_keys, _window ?? GroupWindow.Whole(_from.Input, clause.Span), _sets.Count == 1 ? null : new GroupingSets(_sets));
    }

    /// <summary>The key of an expression inside a grouping set.</summary>
    private int SetKey(ExpressionSyntax syntax)
    {
        _lastKey = -1;
        Element(syntax, fromSelect: false);
        if (_lastKey < 0 && !_failed)
        {
            _failed = true;
            _diagnostics.Report(SqlRules.NotSupportedYet, syntax.Span, "a window inside GROUPING SETS; put it beside them");
        }

        return _lastKey;
    }

    /// <summary>Each set so far with each of an element's.</summary>
    private void Multiply(IReadOnlyList<int[]> sets, GroupingElement element)
    {
        if (_failed)
        {
            return;
        }

        if ((long)_sets.Count * sets.Count > GroupingSets.Most)
        {
            _failed = true;
            _diagnostics.Report(SqlRules.NotSupportedYet, element.Span, $"more than {GroupingSets.Most} grouping sets");
            return;
        }

        _sets = _sets.SelectMany(a => sets.Select(b => (IReadOnlyList<int>)a.Concat(b).Distinct().ToArray())).ToList();
    }

    private void Element(ExpressionSyntax syntax, bool fromSelect)
    {
        while (syntax is ParenthesizedExpression parenthesized)
        {
            syntax = parenthesized.Inner;
        }

        switch (syntax)
        {
            case LiteralExpression { Kind: LiteralKind.Integer } ordinal when !fromSelect:
                Ordinal(ordinal);
                return;
            case CallExpression call when WindowCall.Parse(call) is { } window:
                Take(_windows.Bind(window), call.Span);
                return;
            case ColumnExpression { Name.Parts.Count: 1 } name when !fromSelect && _from.Scope.Find(null, name.Name.Last.Text).Count == 0 && Alias(name.Name.Last.Text) is { } item:
                Element(item.Expression, fromSelect: true);
                return;
            case MissingExpression:
                _failed = true;
                return;
        }

        BoundExpression? key = _binder.Bind(syntax);
        if (key is null)
        {
            _failed = true;
            return;
        }

        Key(key);
    }

    private void Key(BoundExpression key)
    {
        if (!NestedKeys.CanBe(key.Type, "GROUP BY", key.Span, _diagnostics))
        {
            _failed = true;
            return;
        }

        bool ofWindow = key.DescendantsAndSelf().Any(e => e is BoundColumn c && c.Ordinal >= RowColumns);
        bool ofRow = key.DescendantsAndSelf().Any(e => e is BoundColumn c && c.Ordinal < RowColumns);
        if (ofWindow && key is BoundColumn)
        {
            Take(_from.Window, key.Span);
        }
        else if (ofWindow)
        {
            // A function of the window alone adds nothing where the window itself is a key, and doesn't stand for it; beside row columns it
            // would need the row in each window.
            if (ofRow)
            {
                _failed = _from.Window is { IsSession: true };
                NeedsRowsOfWindows = !_failed;
                if (_failed)
                {
                    _diagnostics.Report(SqlRules.NotSupportedYet, key.Span, "a group key over both session and row columns");
                }
            }
        }
        else
        {
            _lastKey = _keys.FindIndex(k => ExpressionComparer.Same(k, key));
            if (_lastKey < 0)
            {
                _lastKey = _keys.Count;
                _keys.Add(key);
            }
        }
    }

    private void Take(GroupWindow? window, TextSpan span)
    {
        if (window is null)
        {
            _failed = true;
        }
        else if (_window is not null && !_window.SameAs(window.Spec))
        {
            if (_from.Window is { IsSession: false } rows && (rows.SameAs(_window.Spec) || rows.SameAs(window.Spec)))
            {
                // GROUP BY window_start, TUMBLE(...): one of them is a column of the rows.
                NeedsRowsOfWindows = true;
                return;
            }

            _failed = true;
            _diagnostics.Report(SqlRules.SeveralWindows, span, PlanText.Window(_window.Spec));
        }
        else
        {
            _window ??= window;
        }
    }

    private bool SamePartition(IReadOnlyList<BoundExpression>? columns) =>
        columns is null ? _keys.Count == 0 : columns.All(c => _keys.Any(k => ExpressionComparer.Same(k, c))) && _keys.All(k => columns.Any(c => ExpressionComparer.Same(k, c)));

    private void Ordinal(LiteralExpression literal)
    {
        bool known = int.TryParse(literal.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int ordinal) && ordinal >= 1 && ordinal <= _body.Items.Count;
        if (!known)
        {
            _failed = true;
            _diagnostics.Report(SqlRules.OrdinalOutOfRange, literal.Span, "GROUP BY " + literal.Text, _body.Items.Count.ToString(CultureInfo.InvariantCulture));
            return;
        }

        SelectItem item = _body.Items[ordinal - 1];
        if (item.Expression is StarExpression)
        {
            _failed = true;
            _diagnostics.Report(SqlRules.OrdinalOutOfRange, literal.Span, "GROUP BY " + literal.Text, "only expressions countable before the star");
            return;
        }

        Element(item.Expression, fromSelect: true);
    }

    private SelectItem? Alias(string name) => _body.Items.FirstOrDefault(i => i.Alias is not null && SqlName.Same(i.Alias.Text, name));
}
