using System.Collections.Generic;
using System.Globalization;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Functions.Aggregates;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;

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
    public BoundExpression? Bind(CallExpression syntax, AggregateFunction function, string name)
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

        if (syntax.OrderBy.Count > 0 || syntax.IgnoreNulls == true)
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, syntax.OrderBy.Count > 0 ? syntax.OrderBy[0].Span : syntax.Span, syntax.OrderBy.Count > 0 ? $"ORDER BY inside {name}" : "IGNORE NULLS");
            return null;
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

        var call = new AggregateCall(function, name, arguments, filter, _diagnostics, syntax.Span)
        {
            Distinct = syntax.Distinct && !function.IgnoresDistinct,
            TakesNull = function.TakesNull,
        };
        return function.Bind(call) is { } aggregate ? new BoundAggregateReference(aggregate) : null;
    }
}
