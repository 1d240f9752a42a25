using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Functions.Aggregates;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>A call with OVER: what it takes, over which rows, in which order.</summary>
internal sealed class OverCall
{
    /// <summary>By name: the least and the most arguments.</summary>
    private static readonly Dictionary<string, (int Least, int Most)> Functions = new()
    {
        ["ROW_NUMBER"] = (0, 0),
        ["RANK"] = (0, 0),
        ["DENSE_RANK"] = (0, 0),
        ["PERCENT_RANK"] = (0, 0),
        ["CUME_DIST"] = (0, 0),
        ["NTILE"] = (1, 1),
        ["LAG"] = (1, 3),
        ["LEAD"] = (1, 3),
        ["NTH_VALUE"] = (2, 2),
    };

    private readonly ExpressionBinder _binder;
    private readonly IReadOnlyList<NamedWindow> _windows;
    private readonly DiagnosticBag _diagnostics;

    /// <param name="binder">Of what stands in the call.</param>
    /// <param name="windows">WINDOW w AS (...).</param>
    /// <param name="diagnostics">Where errors go.</param>
    public OverCall(ExpressionBinder binder, IReadOnlyList<NamedWindow> windows, DiagnosticBag diagnostics)
    {
        _binder = binder;
        _windows = windows;
        _diagnostics = diagnostics;
    }

    /// <summary>The functions that are nothing without OVER.</summary>
    public static IEnumerable<string> Names => Functions.Keys;

    /// <summary>Whether a function is nothing without OVER.</summary>
    public static bool IsFunction(string name) => Functions.ContainsKey(name);

    /// <param name="syntax">The call.</param>
    /// <param name="name">Upper case.</param>
    /// <param name="aggregate">The aggregate of that name; null for none.</param>
    public BoundExpression? Bind(CallExpression syntax, string name, AggregateFunction? aggregate)
    {
        bool isOwn = Functions.TryGetValue(name, out (int Least, int Most) arity);
        if (!isOwn && aggregate is null)
        {
            _diagnostics.Report(SqlRules.OverNotAllowed, syntax.Name.Span, name, "a call with OVER", "leave OVER out");
            return null;
        }

        if (isOwn && !TakesArguments(syntax, name, arity))
        {
            return null;
        }

        if (Merged(syntax.Over!) is not { } window)
        {
            return null;
        }

        BoundExpression?[] partition = window.PartitionBy.Select(_binder.Bind).ToArray();
        BoundOrder?[] order = window.OrderBy.Select(Order).ToArray();
        if (partition.Any(e => e is null) || order.Any(o => o is null) || !partition.All(p => NestedKeys.CanBe(p!.Type, "PARTITION BY", p.Span, _diagnostics)))
        {
            return null;
        }

        var frames = new FrameBinder(_binder, _diagnostics);
        if (aggregate is not null)
        {
            return frames.Bind(window.Frame, order!) is { } frame ? Aggregate(syntax, name, aggregate, partition!, order!, frame) : null;
        }

        if (order.Length == 0 && name is not ("ROW_NUMBER" or "NTILE" or "NTH_VALUE"))
        {
            _diagnostics.Report(SqlRules.OverNotAllowed, syntax.Over!.Span, name, "an OVER without ORDER BY", "add ORDER BY");
            return null;
        }

        BoundExpression?[] arguments = syntax.Arguments.Select(a => _binder.Bind(a.Value)).ToArray();
        if (arguments.Any(e => e is null))
        {
            return null;
        }

        if (name == "NTH_VALUE")
        {
            return frames.Bind(window.Frame, order!) is { } frame && Function(syntax, name, arguments!, partition!, order!) is { } nth ? nth with { Frame = frame } : null;
        }

        // A frame says nothing to the others, as in PostgreSQL, but it must be one.
        return window.Frame is not null && frames.Bind(window.Frame, order!) is null ? null : Function(syntax, name, arguments!, partition!, order!);
    }

    /// <summary>A key of an order, or null when it can't be one.</summary>
    public BoundOrder? Order(OrderItem item) => _binder.Bind(item.Expression) is { } key ? Order(item, key) : null;

    /// <inheritdoc cref="Order(OrderItem)"/>
    public BoundOrder? Order(OrderItem item, BoundExpression key)
    {
        key = key.Type.Kind == SqlTypeKind.Null ? Coercion.To(key, SqlType.Varchar) : key;
        if (!ExtremeFunctions.IsOrdered(key.Type))
        {
            _diagnostics.Report(SqlRules.ArgumentType, key.Span, "ORDER BY", key.Type.ToString(), ExtremeFunctions.Ordered);
            return null;
        }

        return new BoundOrder(key, item.Descending, item.NullsFirst ?? item.Descending);
    }

    private static BoundExpression Valued(BoundExpression argument) => argument.Type.Kind == SqlTypeKind.Null ? Coercion.To(argument, SqlType.Varchar) : argument;

    private bool TakesArguments(CallExpression syntax, string name, (int Least, int Most) arity)
    {
        if (syntax.Arguments.Count < arity.Least || syntax.Arguments.Count > arity.Most)
        {
            string takes = arity.Least == arity.Most ? arity.Least.ToString(CultureInfo.InvariantCulture) + " argument(s)" : $"{arity.Least} to {arity.Most} arguments";
            _diagnostics.Report(SqlRules.ArgumentCount, syntax.Span, name, takes, syntax.Arguments.Count.ToString(CultureInfo.InvariantCulture));
            return false;
        }

        TextSpan? refused = syntax.Filter?.Span;
        refused ??= syntax.OrderBy.Count > 0 ? syntax.OrderBy[0].Span : syntax.Distinct ? syntax.Name.Span : null;
        if (refused is { } extra)
        {
            _diagnostics.Report(SqlRules.NotAnAggregate, extra, name, syntax.Filter is not null ? "FILTER" : syntax.Distinct ? "DISTINCT" : "ORDER BY");
        }

        return refused is null;
    }

    private BoundOver? Aggregate(CallExpression syntax, string name, AggregateFunction function, BoundExpression[] partition, BoundOrder[] order, OverFrame frame)
    {
        // A frame that may be empty gives NULL, as a query without GROUP BY does of no rows.
        return new AggregateBinder(_binder, _binder, _diagnostics).Bind(syntax, function, name, isGlobal: !frame.HasOwn) is BoundAggregateReference { Aggregate: var aggregate }
            ? new BoundOver(name, aggregate.Expressions.ToArray(), partition, order, aggregate.Type, aggregate.Nullable, syntax.Span) { Aggregate = aggregate, Frame = frame }
            : null;
    }

    private BoundOver? Function(CallExpression syntax, string name, BoundExpression[] arguments, BoundExpression[] partition, BoundOrder[] order)
    {
        BoundOver Result(SqlType type, bool nullable, params BoundExpression[] values) => new(name, values, partition, order, type, nullable, syntax.Span);
        switch (name)
        {
            case "PERCENT_RANK" or "CUME_DIST":
                return Result(SqlType.Double, false);
            case "NTILE":
                return Number(arguments[0], name, least: 1) is { } buckets ? Result(SqlType.BigInt, false) with { Number = buckets } : null;
            case "NTH_VALUE":
                return Number(arguments[1], name, least: 1) is { } nth ? Result(Valued(arguments[0]).Type, true, Valued(arguments[0])) with { Number = nth } : null;
            case "LAG" or "LEAD":
                break;
            default:
                return Result(SqlType.BigInt, false);
        }

        long? distance = arguments.Length > 1 ? Number(arguments[1], name, least: 0) : 1;
        if (distance is null)
        {
            return null;
        }

        BoundExpression value = Valued(arguments[0]);
        if (arguments.Length < 3)
        {
            return Result(value.Type, true, value) with { Number = distance.Value, IgnoreNulls = syntax.IgnoreNulls == true };
        }

        return _binder.Unify(new[] { value, arguments[2] }, name) is { } both
            ? Result(both[0].Type, both.Any(b => b.Nullable), both.ToArray()) with { Number = distance.Value, IgnoreNulls = syntax.IgnoreNulls == true }
            : null;
    }

    private long? Number(BoundExpression expression, string name, long least)
    {
        if (Rewrites.ConstantFolding.Fold(expression) is BoundLiteral { Value: not null } literal && literal.Type.IsInteger
            && System.Convert.ToDecimal(literal.Value, CultureInfo.InvariantCulture) is var number && number >= least && number <= int.MaxValue)
        {
            return (long)number;
        }

        _diagnostics.Report(SqlRules.ConstantRequired, expression.Span, $"This argument of {name}", $", a whole number from {least} on");
        return null;
    }

    /// <summary>With what the named window has that it is based on.</summary>
    private WindowSpecification? Merged(WindowSpecification window)
    {
        var seen = new HashSet<string>();
        while (window.BaseName is { } name)
        {
            NamedWindow? found = _windows.FirstOrDefault(w => SqlName.Same(w.Name.Text, name.Text));
            if (found is null || !seen.Add(SqlName.Fold(name.Text)))
            {
                string? nearest = NearestName.Of(name.Text, _windows.Select(w => w.Name.Text));
                _diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownNamedWindow, name.Span, name.Text, nearest is null ? string.Empty : $"; did you mean '{nearest}'?") { Suggestion = nearest });
                return null;
            }

            WindowSpecification of = found.Specification;
            window = window with
            {
                BaseName = of.BaseName,
                PartitionBy = window.PartitionBy.Count > 0 ? window.PartitionBy : of.PartitionBy,
                OrderBy = window.OrderBy.Count > 0 ? window.OrderBy : of.OrderBy,
                Frame = window.Frame ?? of.Frame,
            };
        }

        return window;
    }
}
