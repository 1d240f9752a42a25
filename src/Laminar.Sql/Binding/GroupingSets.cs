using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Streaming;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>
/// GROUPING SETS, ROLLUP and CUBE: each row is given once for each set, with the number of the set as a key behind the others; keys that a set leaves
/// out are NULL.
/// </summary>
/// <param name="Sets">The keys of each, by number.</param>
internal sealed record GroupingSets(IReadOnlyList<IReadOnlyList<int>> Sets)
{
    /// <summary>Most sets of a query: CUBE of six.</summary>
    public const int Most = 64;

    private const string Name = "grouping_set";

    /// <summary>Whether a set leaves a key out, so that it can be NULL.</summary>
    public bool IsLeftOut(int key) => Sets.Any(s => !s.Contains(key));

    /// <summary>The sets of no keys, by number.</summary>
    public IReadOnlyList<int> Empty => Enumerable.Range(0, Sets.Count).Where(s => Sets[s].Count == 0).ToArray();

    /// <summary>The column of the set's number.</summary>
    public static PlanColumn Column => new(Name, SqlType.Int, false);

    /// <summary>The sets that an element stands for.</summary>
    /// <param name="kind">GROUPING SETS, ROLLUP or CUBE.</param>
    /// <param name="items">What stands in its parentheses.</param>
    public static IReadOnlyList<int[]> Of(GroupingKind kind, int[][] items) => kind switch
    {
        GroupingKind.Rollup => Enumerable.Range(0, items.Length + 1).Select(left => items.Take(items.Length - left).SelectMany(i => i).ToArray()).ToArray(),
        GroupingKind.Cube when items.Length < 20 => Enumerable.Range(0, 1 << items.Length)
            .Select(out_ => items.Where((_, i) => (out_ >> (items.Length - 1 - i) & 1) == 0).SelectMany(i => i).ToArray()).ToArray(),
        GroupingKind.Cube => new int[Most + 1][],
        _ => items,
    };

    /// <summary>GROUPING(...) over the grouping node.</summary>
    /// <param name="keys">By number, the highest bit first.</param>
    /// <param name="ordinal">Of the set's number.</param>
    /// <param name="span">Where it stands.</param>
    public BoundExpression Grouping(IReadOnlyList<int> keys, int ordinal, TextSpan span) =>
        BySet(ordinal, s => keys.Aggregate(0, (bits, key) => (bits << 1) | (Sets[s].Contains(key) ? 0 : 1)), bits => new BoundLiteral(bits, SqlType.Int, span), SqlType.Int, false, span);

    /// <summary>
    /// The rows that are grouped: what keys and aggregates are made of is computed once per row, and the row then given once per set.
    /// </summary>
    public (PlanNode Input, IReadOnlyList<BoundExpression> Keys, WindowSpec Window, IReadOnlyList<BoundAggregate> Aggregates) Expand(
        PlanNode input, IReadOnlyList<BoundExpression> keys, IReadOnlyList<string> names, WindowSpec window, IReadOnlyList<BoundAggregate> aggregates)
    {
        var expressions = new List<BoundExpression>();
        BoundColumn Computed(BoundExpression expression)
        {
            int known = expressions.FindIndex(e => ExpressionComparer.Same(e, expression));
            if (known < 0)
            {
                known = expressions.Count;
                expressions.Add(expression);
            }

            return new BoundColumn(known, expression is BoundColumn column ? column.Name : $"value_{known + 1}", expression.Type, expression.Nullable, expression.Span);
        }

        BoundColumn[] computed = keys.Select(Computed).ToArray();
        BoundAggregate[] over = aggregates.Select(a => a with
        {
            // An argument is only evaluated for rows that pass its filter.
            Arguments = a.Arguments.Select(x => (BoundExpression)Computed(Guarded(x, a.Filter))).ToArray(),
            OrderBy = a.OrderBy.Select(o => o with { Key = Computed(Guarded(o.Key, a.Filter)) }).ToArray(),
            Filter = a.Filter is null ? null : Computed(a.Filter),
        }).ToArray();
        WindowSpec spec = window.Kind == WindowKind.Whole && window.Time is BoundLiteral ? window : window with { Time = Computed(window.Time) };
        PlanColumn[] columns = expressions
            .Select((e, i) => new PlanColumn(e is BoundColumn c ? c.Name : $"value_{i + 1}", e.Type, e.Nullable) { EventTimeLag = EventTimeAnalysis.LagOf(ConstantFolding.Fold(e), input.Columns) })
            .ToArray();
        string[] sets = Sets.Select(s => $"({string.Join(", ", s.OrderBy(k => k).Select(k => names[k]))})").ToArray();
        var expand = new ExpandNode(new ProjectNode(input, expressions, columns), sets, columns.Append(Column).ToArray());
        TextSpan span = keys.Count > 0 ? keys[0].Span : default;
        IEnumerable<BoundExpression> masked = computed.Select((k, i) => !IsLeftOut(i) ? k
            : BySet(columns.Length, s => Sets[s].Contains(i), isKey => isKey ? k : new BoundLiteral(null, k.Type, span), k.Type, true, span));
        return (expand, masked.Append(new BoundColumn(columns.Length, Name, SqlType.Int, false, span)).ToArray(), spec, over);
    }

    /// <summary>The same, of rows that a query inside this one makes.</summary>
    public static (PlanNode Input, IReadOnlyList<BoundExpression> Keys, WindowSpec Window, IReadOnlyList<BoundAggregate> Aggregates) Apart(
        Relation relation, PlanNode input, IReadOnlyList<BoundExpression> keys, WindowSpec window, IReadOnlyList<BoundAggregate> aggregates)
    {
        BoundExpression Column(int ordinal, PlanColumn column, TextSpan span) => new BoundColumn(ordinal, column.Name, column.Type, column.Nullable, span);
        PlanColumn[] computed = input.Columns.Take(input.Columns.Count - 1).ToArray();
        IEnumerable<PlanColumn> masked = keys.Select((k, i) => new PlanColumn(k is BoundColumn column ? column.Name : $"key_{i + 1}", k.Type, k.Nullable));
        var rows = new ProjectNode(input, keys.Concat(computed.Select((c, i) => Column(i, c, default))).ToArray(), masked.Concat(computed).ToArray());
        ScanNode scan = InnerQueries.Scan(new QueryPlan(rows, relation, false));
        BoundExpression Above(BoundExpression expression) => expression is BoundColumn c ? Column(keys.Count + c.Ordinal, scan.Columns[keys.Count + c.Ordinal], c.Span) : expression;
        BoundAggregate[] over = aggregates.Select(a => a with
        {
            Arguments = a.Arguments.Select(Above).ToArray(),
            OrderBy = a.OrderBy.Select(o => o with { Key = Above(o.Key) }).ToArray(),
            Filter = a.Filter is null ? null : Above(a.Filter),
        }).ToArray();
        return (scan, keys.Select((k, i) => Column(i, scan.Columns[i], k.Span)).ToArray(), window with { Time = Above(window.Time) }, over);
    }

    private static BoundExpression Guarded(BoundExpression argument, BoundExpression? filter) =>
        filter is null || !ExpressionFacts.CanFail(argument) ? argument : new BoundCase(new[] { new BoundWhen(filter, argument) }, null, argument.Type, true, argument.Span);

    /// <summary>An expression that is one for some sets and another for others: the commonest stands behind ELSE.</summary>
    private BoundExpression BySet<T>(int ordinal, Func<int, T> choose, Func<T, BoundExpression> make, SqlType type, bool nullable, TextSpan span)
    {
        IGrouping<T, int>[] choices = Enumerable.Range(0, Sets.Count).GroupBy(choose).OrderBy(g => g.Count()).ToArray();
        BoundExpression other = make(choices[choices.Length - 1].Key);
        if (choices.Length == 1)
        {
            return other;
        }

        var set = new BoundColumn(ordinal, Name, SqlType.Int, false, span);
        IEnumerable<BoundWhen> whens = choices.Take(choices.Length - 1).SelectMany(g => g.OrderBy(s => s).Select(s =>
            new BoundWhen(new BoundBinary(BinaryOperator.Equal, set, new BoundLiteral(s, SqlType.Int, span), SqlType.Boolean, false, span), make(g.Key))));
        return new BoundCase(whens.ToArray(), other, type, nullable, span);
    }
}
