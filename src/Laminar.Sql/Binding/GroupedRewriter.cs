using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Functions;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Streaming;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>
/// Turns expressions of SELECT and HAVING, bound over the input's rows, into expressions over the grouping node: keys, window bounds and
/// aggregates become columns; any other column of the input is an error. Equal aggregates become one.
/// </summary>
internal sealed class GroupedRewriter
{
    private readonly GroupWindow _window;
    private readonly IReadOnlyList<BoundExpression> _keys;
    private readonly int _rowColumns;
    private readonly DiagnosticBag _diagnostics;
    private readonly List<BoundAggregate> _aggregates = new();
    private readonly GroupingSets? _sets;

    /// <param name="window">The query's window.</param>
    /// <param name="keys">Over the input's rows.</param>
    /// <param name="rowColumns">Ordinals from here on are a table function's window columns.</param>
    /// <param name="diagnostics">Where ungrouped columns are reported.</param>
    /// <param name="sets">Grouping sets, if there are several.</param>
    public GroupedRewriter(GroupWindow window, IReadOnlyList<BoundExpression> keys, int rowColumns, DiagnosticBag diagnostics, GroupingSets? sets = null)
    {
        _sets = sets;
        _window = window;
        _keys = keys;
        _rowColumns = rowColumns;
        _diagnostics = diagnostics;
    }

    public IReadOnlyList<BoundAggregate> Aggregates => _aggregates;

    /// <summary>The names of the keys' columns.</summary>
    public IReadOnlyList<string> KeyNames => _keys.Select(KeyName).ToArray();

    /// <summary>Columns before those of the window.</summary>
    private int KeyColumns => _keys.Count + (_sets is null ? 0 : 1);

    /// <summary>The expression over the grouping node's columns, or null when a column was ungrouped.</summary>
    public BoundExpression? Rewrite(BoundExpression expression)
    {
        bool failed = false;
        BoundExpression result = Walk(expression);
        return failed ? null : result;

        BoundExpression Fail(BoundExpression node)
        {
            failed = true;
            return node;
        }

        BoundExpression Walk(BoundExpression node)
        {
            for (int i = 0; i < _keys.Count; i++)
            {
                if (ExpressionComparer.Same(node, _keys[i]))
                {
                    return new BoundColumn(i, KeyName(_keys[i], i), node.Type, IsNullable(i), node.Span);
                }
            }

            switch (node)
            {
                case BoundAggregateReference reference:
                    return Aggregate(reference);
                case BoundGroupingReference grouping:
                    return Grouping(grouping) ?? Fail(grouping);
                case BoundWindowReference window:
                    return Bound(window.Part, window);
                case BoundColumn column when column.Ordinal >= _rowColumns:
                    return Bound((WindowPart)(column.Ordinal - _rowColumns), column);
                case BoundColumn column:
                    failed = true;
                    _diagnostics.Report(SqlRules.UngroupedColumn, column.Span, column.Name, string.Empty);
                    return column;
                default:
                    return ExpressionRewriter.Children(node, Walk);
            }
        }
    }

    /// <summary>The columns of the grouping node: keys, window bounds, aggregates.</summary>
    public IReadOnlyList<PlanColumn> Columns()
    {
        IEnumerable<PlanColumn> keys = _keys.Select((k, i) => new PlanColumn(KeyName(k, i), k.Type, IsNullable(i)));
        keys = _sets is null ? keys : keys.Append(GroupingSets.Column);
        IEnumerable<PlanColumn> aggregates = _aggregates.Select((a, i) => new PlanColumn(AggregateName(a, i), a.Type, a.Nullable));
        return keys.Concat(EventTimeAnalysis.WindowColumns(_window, grouped: true)).Concat(aggregates).ToArray();
    }

    private bool IsNullable(int key) => _keys[key].Nullable || _sets?.IsLeftOut(key) == true;

    private BoundExpression? Grouping(BoundGroupingReference grouping)
    {
        int[] keys = grouping.Keys.Select(k => _keys.ToList().FindIndex(known => ExpressionComparer.Same(known, k))).ToArray();
        int unknown = System.Array.IndexOf(keys, -1);
        if (unknown >= 0)
        {
            _diagnostics.Report(SqlRules.UngroupedColumn, grouping.Keys[unknown].Span, ExpressionPrinter.Print(grouping.Keys[unknown]), string.Empty);
            return null;
        }

        return _sets is null ? new BoundLiteral(0, SqlType.Int, grouping.Span) : _sets.Grouping(keys, _keys.Count, grouping.Span);
    }

    private static string KeyName(BoundExpression key, int index) => key is BoundColumn column ? column.Name : $"key_{index + 1}";

    private static string AggregateName(BoundAggregate aggregate, int index)
    {
        string kind = aggregate.Function.Name.ToLowerInvariant();
        string name = aggregate.Argument is BoundColumn column ? kind + "_" + SqlName.ToSnakeCase(column.Name) : kind;
        return $"{name}_{index + 1}";
    }

    private BoundExpression Aggregate(BoundAggregateReference reference)
    {
        // COUNT(x) that counts rows becomes COUNT(*) here, so that both share one column.
        BoundAggregate aggregate = CountNotNull.Apply(reference.Aggregate);
        int index = _aggregates.FindIndex(a => ExpressionComparer.Same(a, aggregate));
        if (index < 0)
        {
            index = _aggregates.Count;
            _aggregates.Add(aggregate);
        }

        return new BoundColumn(KeyColumns + 3 + index, AggregateName(aggregate, index), reference.Type, reference.Nullable, reference.Span);
    }

    // Windows over a lagging column were shifted by its lag: their bounds are shifted back.
    private BoundExpression Bound(WindowPart part, BoundExpression node)
    {
        var column = new BoundColumn(KeyColumns + (int)part, GroupWindow.NameOf(part), _window.Type, false, node.Span);
        if (_window.TimeLag == 0)
        {
            return column;
        }

        return _window.Type.IsTimestamp
            ? ScalarCalls.Make(
                new ScalarFunction("-", "SqlTime.SubtractTicks") { CanFail = true },
                _window.Type,
                node.Span,
                column,
                new BoundLiteral(_window.TimeLag, SqlType.IntervalDayTime, node.Span))
            : new BoundBinary(BinaryOperator.Subtract, column, new BoundLiteral(_window.TimeLag, SqlType.BigInt, node.Span), SqlType.BigInt, false, node.Span);
    }
}
