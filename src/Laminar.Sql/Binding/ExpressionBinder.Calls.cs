using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Functions;
using Laminar.Sql.Functions.Aggregates;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <content>Calls: scalar functions, aggregates, group windows.</content>
internal sealed partial class ExpressionBinder
{
    /// <summary>Set while the arguments of an aggregate are bound.</summary>
    public string? InsideAggregate { get; init; }

    /// <summary>Whether functions over partitions may stand here.</summary>
    public bool AllowOver { get; init; }

    /// <summary>Set while what stands in a call with OVER is bound.</summary>
    public string? InsideOver { get; init; }

    /// <summary>WINDOW w AS (...).</summary>
    public IReadOnlyList<NamedWindow> NamedWindows { get; init; } = new NamedWindow[0];

    /// <summary>The query's windows, for TUMBLE_START and its kind; null where there is no FROM.</summary>
    public WindowBinder? Windows { get; init; }

    /// <summary>The type of the watermark: that of the columns with event time, and TIMESTAMP where none has been declared.</summary>
    internal SqlType EventTimeType => _scope.Columns.FirstOrDefault(c => c.EventTimeLag is not null)?.Type is { Kind: SqlTypeKind.BigInt } milliseconds ? milliseconds : SqlType.Timestamp;

    /// <summary><c>a % b</c>, for MOD.</summary>
    internal BoundExpression? Modulo(BoundExpression left, BoundExpression right, TextSpan operatorSpan, TextSpan span) =>
        Binary(BinaryOperator.Modulo, "MOD", left, right, operatorSpan, span);

    /// <summary><c>a / b</c>, for SAFE_DIVIDE.</summary>
    internal BoundExpression? Divide(BoundExpression left, BoundExpression right, TextSpan operatorSpan, TextSpan span) =>
        Binary(BinaryOperator.Divide, "SAFE_DIVIDE", left, right, operatorSpan, span);

    /// <summary><c>a = b</c>, for NULLIF and IN.</summary>
    internal BoundExpression? Equal(BoundExpression left, BoundExpression right, TextSpan span) =>
        Comparison(BinaryOperator.Equal, "=", left, right, span, span);

    /// <summary><c>a IS NOT DISTINCT FROM b</c>, for DECODE.</summary>
    internal BoundExpression? Same(BoundExpression left, BoundExpression right, TextSpan span) =>
        Comparison(BinaryOperator.NotDistinct, "=", left, right, span, span);

    private BoundExpression? BindExtract(ExtractExpression syntax) =>
        Bind(syntax.Source) is { } source ? TimeFunctions.Extract(syntax.Field, syntax.FieldSpan, source, syntax.Span, _diagnostics) : null;

    private BoundExpression? BindCall(CallExpression syntax)
    {
        string name = syntax.Name.Text.ToUpperInvariant();
        if (syntax.Over is not null)
        {
            return BindOver(syntax, name);
        }

        if (WindowCall.Parse(syntax) is { } window)
        {
            return BindWindowCall(window);
        }

        if (name is "GROUPING" or "GROUPING_ID")
        {
            return BindGrouping(syntax, name);
        }

        if ((AggregateFunctions.Find(name) ?? _scope.Functions.FindAggregate(syntax.Name.Text)) is { } aggregate)
        {
            return BindAggregate(syntax, aggregate, name);
        }

        if ((FunctionRegistry.Find(name) ?? ClrCalls.Find(_scope.Functions, syntax.Name.Text)) is not { } entry)
        {
            return UnknownFunction(syntax, name);
        }

        bool plain = true;
        plain &= Refuse(syntax.Distinct, name, "DISTINCT", syntax.Name.Span);
        plain &= Refuse(syntax.Filter is not null, name, "FILTER", syntax.Filter?.Span ?? syntax.Span);
        plain &= Refuse(syntax.OrderBy.Count > 0, name, "ORDER BY", syntax.Span);
        if (!plain)
        {
            return null;
        }

        if (syntax.Arguments.Count < entry.Least || syntax.Arguments.Count > entry.Most)
        {
            _diagnostics.Report(SqlRules.ArgumentCount, syntax.Span, name, entry.Arity, syntax.Arguments.Count.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        var arguments = new List<BoundExpression>();
        bool failed = false;
        foreach (ArgumentSyntax argument in syntax.Arguments)
        {
            bool isUnit = entry.UnitFirst && syntax.Arguments.Count == entry.Most && arguments.Count == 0 && argument.Value is ColumnExpression { Name: { Parts.Count: 1, Last.Quoted: false } };
            BoundExpression? bound = isUnit ? new BoundLiteral(((ColumnExpression)argument.Value).Name.Last.Text, SqlType.Varchar, argument.Span) : Bind(argument.Value);
            failed |= bound is null;
            if (bound is not null)
            {
                arguments.Add(bound);
            }
        }

        return failed ? null : entry.Bind(new FunctionCall(name, arguments, this, _diagnostics, syntax.Name.Span, syntax.Span));
    }

    private BoundGroupingReference? BindGrouping(CallExpression syntax, string name)
    {
        if (!AllowAggregates || InsideAggregate is not null || IsGlobal)
        {
            _diagnostics.Report(SqlRules.AggregateNotAllowed, syntax.Name.Span, name, InsideAggregate ?? Clause, "it speaks of the keys of GROUP BY, in SELECT and HAVING");
            return null;
        }

        if (syntax.Arguments.Count is 0 or > 31)
        {
            _diagnostics.Report(SqlRules.ArgumentCount, syntax.Span, name, "one to 31 keys of GROUP BY", syntax.Arguments.Count.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        var keys = syntax.Arguments.Select(a => Bind(a.Value)).OfType<BoundExpression>().ToArray();
        return keys.Length == syntax.Arguments.Count ? new BoundGroupingReference(keys, syntax.Span) : null;
    }

    private bool Refuse(bool given, string name, string what, TextSpan span)
    {
        if (given)
        {
            _diagnostics.Report(SqlRules.NotAnAggregate, span, name, what);
        }

        return !given;
    }

    private BoundExpression? UnknownFunction(CallExpression syntax, string name)
    {
        if (LaterFunctions.Scalar.Contains(name))
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, syntax.Name.Span, "the function " + name);
            return null;
        }

        if (OverCall.IsFunction(name))
        {
            _diagnostics.Report(SqlRules.OverMissing, syntax.Name.Span, name);
            return null;
        }

        IEnumerable<string> names = FunctionRegistry.Names.Concat(AggregateFunctions.Names).Concat(OverCall.Names).Concat(WindowCall.Names).Concat(_scope.Functions.ScalarNames).Concat(_scope.Functions.AggregateNames);
        string? nearest = ForeignFunctions.Of(name) ?? NearestName.Of(name, names);
        _diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownFunction, syntax.Name.Span, syntax.Name.Text, nearest is null ? string.Empty : $"; did you mean {nearest}?")
        {
            Suggestion = nearest,
        });
        return null;
    }

    private BoundExpression? BindOver(CallExpression syntax, string name)
    {
        if (!AllowOver || InsideAggregate is not null || InsideOver is not null)
        {
            string help = InsideAggregate is not null || InsideOver is not null ? "compute it in a query of its own and read that" : "put the condition into QUALIFY";
            _diagnostics.Report(SqlRules.OverNotAllowed, syntax.Name.Span, name, InsideAggregate ?? InsideOver ?? Clause, help);
            return null;
        }

        var inner = new ExpressionBinder(_scope, _diagnostics)
        {
            Clause = name, Sql = Sql, AllowAggregates = AllowAggregates, IsGlobal = IsGlobal, Window = Window, Windows = Windows, Aliases = Aliases, NamedWindows = NamedWindows, InsideOver = name, Known = Known,
        };
        return new OverCall(inner, NamedWindows, _diagnostics).Bind(syntax, name, AggregateFunctions.Find(name) ?? _scope.Functions.FindAggregate(syntax.Name.Text));
    }

    private BoundExpression? BindAggregate(CallExpression syntax, AggregateFunction function, string name)
    {
        if (InsideAggregate is not null)
        {
            _diagnostics.Report(SqlRules.NestedAggregate, syntax.Span, name);
            return null;
        }

        if (!AllowAggregates)
        {
            string help = Clause == "WHERE" ? "put the condition into HAVING" : "compute it in a query of its own and read that";
            _diagnostics.Report(SqlRules.AggregateNotAllowed, syntax.Name.Span, name, Clause, help);
            return null;
        }

        var inner = new ExpressionBinder(_scope, _diagnostics) { Clause = name, Sql = Sql, InsideAggregate = name, Windows = Windows, Aliases = Aliases, Known = Known };
        var filter = new ExpressionBinder(_scope, _diagnostics) { Clause = "FILTER", Sql = Sql, InsideAggregate = name, Windows = Windows, Aliases = Aliases, Known = Known };
        return new AggregateBinder(inner, filter, _diagnostics).Bind(syntax, function, name, IsGlobal || GivesNone);
    }

    private BoundExpression? BindWindowCall(WindowCall call)
    {
        string add = $"put {call.Function}(...) into GROUP BY and select window_start, window_end or window_time";
        if (call.Part is not { } part)
        {
            _diagnostics.Report(SqlRules.WindowFunctionPlace, call.Syntax.Name.Span, call.Function, add);
            return null;
        }

        if (Window is null || InsideAggregate is not null)
        {
            _diagnostics.Report(SqlRules.WindowFunctionPlace, call.Syntax.Name.Span, call.Syntax.Name.Text.ToUpperInvariant(), $"put {call.Function}(...) into GROUP BY first");
            return null;
        }

        if (call.Syntax.Arguments.Count > 0)
        {
            GroupWindow? same = Windows?.Bind(call);
            if (same is null)
            {
                return null;
            }

            if (!Window.SameAs(same.Spec))
            {
                _diagnostics.Report(SqlRules.SeveralWindows, call.Syntax.Span, Plan.PlanText.Window(Window.Spec));
                return null;
            }
        }

        return new BoundWindowReference(part, Window.Type, call.Syntax.Span);
    }
}
