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
        ["FIRST_VALUE"] = (1, 1),
        ["LAST_VALUE"] = (1, 1),
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
    public static IEnumerable<string> Names => Functions.Keys.Where(IsFunction);

    /// <summary>Whether a function is nothing without OVER: the others are aggregates as well.</summary>
    public static bool IsFunction(string name) => Functions.ContainsKey(name) && AggregateFunctions.Find(name) is null;

    public BoundExpression? Bind(CallExpression syntax, string name)
    {
        if (!Functions.TryGetValue(name, out (int Least, int Most) arity))
        {
            bool isAggregate = AggregateFunctions.Find(name) is not null;
            _diagnostics.Report(isAggregate ? SqlRules.NotSupportedYet : SqlRules.OverNotAllowed, isAggregate ? syntax.Over!.Span : syntax.Name.Span, isAggregate ? name + " with OVER" : name, "a call with OVER", "leave OVER out");
            return null;
        }

        if (syntax.Arguments.Count < arity.Least || syntax.Arguments.Count > arity.Most)
        {
            string takes = arity.Least == arity.Most ? arity.Least.ToString(CultureInfo.InvariantCulture) + " argument(s)" : $"{arity.Least} to {arity.Most} arguments";
            _diagnostics.Report(SqlRules.ArgumentCount, syntax.Span, name, takes, syntax.Arguments.Count.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        TextSpan? refused = syntax.Filter?.Span;
        refused ??= syntax.OrderBy.Count > 0 ? syntax.OrderBy[0].Span : syntax.Distinct ? syntax.Name.Span : null;
        if (refused is { } extra)
        {
            _diagnostics.Report(SqlRules.NotAnAggregate, extra, name, syntax.Filter is not null ? "FILTER" : syntax.Distinct ? "DISTINCT" : "ORDER BY");
            return null;
        }

        if (Merged(syntax.Over!) is not { } window)
        {
            return null;
        }

        if (window.Frame is { } frame)
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, frame.Span, "frames of OVER");
            return null;
        }

        if (name is "FIRST_VALUE" or "LAST_VALUE" or "NTH_VALUE")
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, syntax.Over!.Span, name + " with OVER");
            return null;
        }

        BoundExpression?[] arguments = syntax.Arguments.Select(a => _binder.Bind(a.Value)).ToArray();
        BoundExpression?[] partition = window.PartitionBy.Select(_binder.Bind).ToArray();
        BoundOrder?[] order = window.OrderBy.Select(Order).ToArray();
        if (arguments.Concat(partition).Any(e => e is null) || order.Any(o => o is null) || !partition.All(p => NestedKeys.CanBe(p!.Type, "PARTITION BY", p.Span, _diagnostics)))
        {
            return null;
        }

        if (order.Length == 0 && name is not ("ROW_NUMBER" or "NTILE"))
        {
            _diagnostics.Report(SqlRules.OverNotAllowed, syntax.Over!.Span, name, "an OVER without ORDER BY", "add ORDER BY");
            return null;
        }

        return Function(syntax, name, arguments!, partition!, order!);
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

    private BoundOver? Function(CallExpression syntax, string name, BoundExpression[] arguments, BoundExpression[] partition, BoundOrder[] order)
    {
        BoundOver Result(SqlType type, bool nullable, params BoundExpression[] values) => new(name, values, partition, order, type, nullable, syntax.Span);
        switch (name)
        {
            case "PERCENT_RANK" or "CUME_DIST":
                return Result(SqlType.Double, false);
            case "NTILE":
                return Number(arguments[0], name, least: 1) is { } buckets ? Result(SqlType.BigInt, false) with { Number = buckets } : null;
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

        BoundExpression value = arguments[0].Type.Kind == SqlTypeKind.Null ? Coercion.To(arguments[0], SqlType.Varchar) : arguments[0];
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
