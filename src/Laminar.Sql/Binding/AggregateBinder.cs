using System.Collections.Generic;
using System.Globalization;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Functions.Aggregates;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>Calls of aggregates: what every one of them may have around its arguments. What it takes and gives is its function's to say.</summary>
internal sealed class AggregateBinder
{
    private readonly ExpressionBinder _arguments;
    private readonly ExpressionBinder _filter;
    private readonly DiagnosticBag _diagnostics;

    public AggregateBinder(ExpressionBinder arguments, ExpressionBinder filter, DiagnosticBag diagnostics)
    {
        _arguments = arguments;
        _filter = filter;
        _diagnostics = diagnostics;
    }

    /// <param name="syntax">The call.</param>
    /// <param name="function">What it calls.</param>
    /// <param name="name">As the call names it, upper case.</param>
    /// <param name="isGlobal">Of a query without GROUP BY.</param>
    public BoundExpression? Bind(CallExpression syntax, AggregateFunction function, string name, bool isGlobal)
    {
        BoundExpression? filter = null;
        if (syntax.Filter is not null)
        {
            filter = _filter.BindCondition(syntax.Filter, "FILTER");
            if (filter is null)
            {
                return null;
            }
        }

        bool star = function.TakesStar && !syntax.Distinct && syntax.Arguments.Count == 1 && syntax.Arguments[0].Value is StarExpression { Qualifier: null };
        int count = star ? 0 : syntax.Arguments.Count;
        if (count < function.Least || count > function.Most)
        {
            _diagnostics.Report(SqlRules.ArgumentCount, syntax.Span, name, function.Arity, count.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        var arguments = new List<BoundExpression>();
        for (int i = 0; i < count; i++)
        {
            if (_arguments.Bind(syntax.Arguments[i].Value) is { } argument)
            {
                arguments.Add(argument);
            }
        }

        if (arguments.Count < count)
        {
            return null;
        }

        if (!function.TakesNested && arguments.Find(a => a.Type.IsNested || !a.Type.HasEquality) is { } nested)
        {
            _diagnostics.Report(SqlRules.ArgumentType, nested.Span, name, nested.Type.ToString(), nested.Type.IsNested ? "values that aren't nested; take an element or a field of it" : "other values; take one out of the JSON with ->>, or write CAST(... AS VARCHAR)");
            return null;
        }

        if (syntax.Distinct && !function.IgnoresDistinct && arguments.Find(a => !NestedKeys.CanBe(a.Type, name + "(DISTINCT)", a.Span, _diagnostics)) is not null)
        {
            return null;
        }

        var call = new AggregateCall(function, name, arguments, filter, _diagnostics, syntax.Span)
        {
            Distinct = syntax.Distinct && !function.IgnoresDistinct,
            TakesNull = function.TakesNull && syntax.IgnoreNulls != true,
            IsGlobal = isGlobal,
        };
        if (!TakesClauses(syntax, call) || BindOrder(syntax, call) is not { } order)
        {
            return null;
        }

        return function.Bind(call with { OrderBy = order }) is { } aggregate ? new BoundAggregateReference(aggregate) : null;
    }

    private static bool TakesClauses(CallExpression syntax, AggregateCall call)
    {
        if (syntax.IgnoreNulls == false && !call.Function.TakesNull)
        {
            call.Wrong(syntax.Span, "RESPECT NULLS", "rows whose argument isn't NULL");
            return false;
        }

        bool takesGroup = call.Function.Order == AggregateOrder.Group;
        bool needsGroup = takesGroup && (call.Arguments.Count == 0 || call.Function.Most == call.Function.Least);
        if ((needsGroup || (takesGroup && syntax.OrderBy.Count > 0)) && (!syntax.WithinGroup || syntax.OrderBy.Count != 1))
        {
            call.Wrong(syntax.Span, "its arguments alone", "WITHIN GROUP (ORDER BY x), with one key");
            return false;
        }

        if (syntax.WithinGroup && !takesGroup)
        {
            call.Wrong(syntax.OrderBy[0].Span, "WITHIN GROUP", "its arguments, and ORDER BY if any, between its parentheses");
            return false;
        }

        return true;
    }

    private List<BoundOrder>? BindOrder(CallExpression syntax, AggregateCall call)
    {
        var order = new List<BoundOrder>();
        foreach (OrderItem item in syntax.OrderBy)
        {
            if (_arguments.Bind(item.Expression) is not { } key)
            {
                return null;
            }

            key = key.Type.Kind == SqlTypeKind.Null ? Coercion.To(key, SqlType.Varchar) : key;
            if (!ExtremeFunctions.IsOrdered(key.Type))
            {
                _diagnostics.Report(SqlRules.ArgumentType, key.Span, "ORDER BY", key.Type.ToString(), ExtremeFunctions.Ordered);
                return null;
            }

            order.Add(new BoundOrder(key, item.Descending, item.NullsFirst ?? item.Descending));
        }

        return order;
    }
}
