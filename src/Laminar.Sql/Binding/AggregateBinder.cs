using System.Collections.Generic;
using System.Globalization;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Functions;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>Aggregate calls: kinds, types and nullability. An aggregate without FILTER over a NOT NULL argument is NOT NULL.</summary>
internal sealed class AggregateBinder
{
    private static readonly Dictionary<string, AggregateKind> Kinds = new()
    {
        ["COUNT"] = AggregateKind.Count, ["COUNT_IF"] = AggregateKind.CountRows, ["SUM"] = AggregateKind.Sum, ["AVG"] = AggregateKind.Avg, ["MIN"] = AggregateKind.Min,
        ["MAX"] = AggregateKind.Max, ["FIRST_VALUE"] = AggregateKind.FirstValue, ["LAST_VALUE"] = AggregateKind.LastValue,
    };

    private readonly ExpressionBinder _arguments;
    private readonly ExpressionBinder _filter;
    private readonly DiagnosticBag _diagnostics;

    public AggregateBinder(ExpressionBinder arguments, ExpressionBinder filter, DiagnosticBag diagnostics)
    {
        _arguments = arguments;
        _filter = filter;
        _diagnostics = diagnostics;
    }

    public static IEnumerable<string> Names => Kinds.Keys;

    public static bool IsAggregate(string name) => Kinds.ContainsKey(name);

    public BoundExpression? Bind(CallExpression syntax, string name)
    {
        AggregateKind kind = Kinds[name];
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

        bool star = syntax.Arguments.Count == 1 && syntax.Arguments[0].Value is StarExpression { Qualifier: null };
        if (kind == AggregateKind.Count && !syntax.Distinct && (star || syntax.Arguments.Count == 0))
        {
            return Reference(new BoundAggregate(AggregateKind.CountRows, null, filter, SqlType.BigInt, false, syntax.Span));
        }

        if (syntax.Arguments.Count != 1)
        {
            return WrongCount(syntax, name, kind);
        }

        BoundExpression? argument = _arguments.Bind(syntax.Arguments[0].Value);
        return argument is null ? null : name == "COUNT_IF" ? CountIf(syntax, argument, filter) : Of(syntax, name, kind, argument, filter);
    }

    private BoundExpression? WrongCount(CallExpression syntax, string name, AggregateKind kind)
    {
        if (kind == AggregateKind.Count && syntax.Distinct && syntax.Arguments.Count > 1)
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, syntax.Span, "COUNT(DISTINCT ...) of several columns");
        }
        else
        {
            _diagnostics.Report(SqlRules.ArgumentCount, syntax.Span, name, "1 argument", syntax.Arguments.Count.ToString(CultureInfo.InvariantCulture));
        }

        return null;
    }

    private BoundExpression? Of(CallExpression syntax, string name, AggregateKind kind, BoundExpression argument, BoundExpression? filter)
    {
        if (argument.Type.Kind == SqlTypeKind.Null)
        {
            argument = Coercion.To(argument, kind is AggregateKind.Sum or AggregateKind.Avg ? SqlType.BigInt : SqlType.Varchar);
        }

        if (syntax.Distinct)
        {
            switch (kind)
            {
                case AggregateKind.Count:
                    kind = AggregateKind.CountDistinct;
                    break;
                case AggregateKind.Min or AggregateKind.Max:
                    break;
                default:
                    _diagnostics.Report(SqlRules.NotSupportedYet, syntax.Span, $"{name}(DISTINCT ...)");
                    return null;
            }
        }

        SqlType? type = TypeOf(kind, argument.Type);
        if (type is null)
        {
            string takes = kind is AggregateKind.Sum or AggregateKind.Avg ? "a number" : "a value that has an order (number, text, time, BOOLEAN)";
            _diagnostics.Report(SqlRules.ArgumentType, argument.Span, name, argument.Type.ToString(), takes);
            return null;
        }

        bool counts = kind is AggregateKind.Count or AggregateKind.CountDistinct;
        bool nullable = !counts && (argument.Nullable || filter is not null);
        return Reference(new BoundAggregate(kind, argument, filter, type, nullable, syntax.Span));
    }

    // COUNT_IF(x) is COUNT(*) FILTER (WHERE x).
    private BoundExpression? CountIf(CallExpression syntax, BoundExpression argument, BoundExpression? filter)
    {
        if (argument.Type.Kind is not (SqlTypeKind.Boolean or SqlTypeKind.Null))
        {
            _diagnostics.Report(SqlRules.ConditionType, argument.Span, "COUNT_IF", argument.Type.ToString());
            return null;
        }

        if (syntax.Distinct)
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, syntax.Span, "COUNT_IF(DISTINCT ...)");
            return null;
        }

        BoundExpression condition = Coercion.To(argument, SqlType.Boolean);
        BoundExpression both = filter is null
            ? condition
            : new BoundBinary(BinaryOperator.And, filter, condition, SqlType.Boolean, filter.Nullable || condition.Nullable, syntax.Span);
        return Reference(new BoundAggregate(AggregateKind.CountRows, null, both, SqlType.BigInt, false, syntax.Span));
    }

    private static BoundAggregateReference Reference(BoundAggregate aggregate) => new(aggregate);

    private static SqlType? TypeOf(AggregateKind kind, SqlType argument)
    {
        switch (kind)
        {
            case AggregateKind.Count or AggregateKind.CountDistinct:
                return SqlType.BigInt;
            case AggregateKind.FirstValue or AggregateKind.LastValue:
                return argument;
            case AggregateKind.Min or AggregateKind.Max:
                return argument.Kind is SqlTypeKind.Bytes or SqlTypeKind.Uuid or SqlTypeKind.Json ? null : argument;
            case AggregateKind.Sum when argument.Kind == SqlTypeKind.UBigInt:
                return SqlType.Decimal(28, 0);
            case AggregateKind.Sum when argument.IsInteger:
                return SqlType.BigInt;
            case AggregateKind.Avg when argument.IsInteger:
                return SqlType.Double;
        }

        if (argument.IsFloat)
        {
            return SqlType.Double;
        }

        if (argument.Kind != SqlTypeKind.Decimal)
        {
            return null;
        }

        int scale = kind == AggregateKind.Avg ? System.Math.Max(6, argument.Scale) : argument.Scale;
        return new SqlType(SqlTypeKind.Decimal, 28, scale) { Open = argument.Open };
    }
}
