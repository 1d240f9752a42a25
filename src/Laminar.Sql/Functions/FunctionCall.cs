using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions;

/// <summary>One call while its function is being chosen.</summary>
/// <param name="Name">Upper case.</param>
/// <param name="Arguments">Bound, in order.</param>
/// <param name="Binder">Who asks.</param>
/// <param name="Diagnostics">Where errors go.</param>
/// <param name="NameSpan">The name.</param>
/// <param name="Span">The whole call.</param>
internal sealed record FunctionCall(
    string Name,
    IReadOnlyList<BoundExpression> Arguments,
    ExpressionBinder Binder,
    DiagnosticBag Diagnostics,
    TextSpan NameSpan,
    TextSpan Span)
{
    public BoundExpression this[int index] => Arguments[index];

    public BoundExpression? WrongType(int index, string takes)
    {
        Diagnostics.Report(SqlRules.ArgumentType, Arguments[index].Span, Name, Arguments[index].Type.ToString(), takes);
        return null;
    }

    public BoundExpression Call(string method, SqlType type, params BoundExpression[] arguments) => Call(method, type, false, arguments);

    public BoundExpression Call(string method, SqlType type, bool canFail, params BoundExpression[] arguments) =>
        ScalarCalls.Make(new ScalarFunction(Name, method) { CanFail = canFail }, type, Span, arguments);

    public BoundLiteral Int(int value) => new(value, SqlType.Int, Span);

    public BoundLiteral BigInt(long value) => new(value, SqlType.BigInt, Span);
}

/// <summary>One function as the binder finds it by name.</summary>
/// <param name="Name">Upper case.</param>
/// <param name="Least">Fewest arguments.</param>
/// <param name="Most">Most arguments; <see cref="int.MaxValue"/> for any number.</param>
/// <param name="Bind">Chooses method and types; null when it reported an error.</param>
internal sealed record FunctionEntry(string Name, int Least, int Most, Func<FunctionCall, BoundExpression?> Bind)
{
    /// <summary>Whether the first argument may be a unit of time as a bare word, as in <c>TIMESTAMPADD(DAY, 1, ts)</c>; the function gets its name as a text literal.</summary>
    public bool UnitFirst { get; init; }

    /// <summary><c>2 arguments</c>, <c>1 or 2 arguments</c>, <c>at least 1 argument</c>.</summary>
    public string Arity
    {
        get
        {
            string least = Least.ToString(CultureInfo.InvariantCulture);
            string plural = Most == 1 ? " argument" : " arguments";
            return Most == int.MaxValue ? "at least " + least + plural
                : Least == Most ? (Most == 0 ? "no arguments" : least + plural)
                : least + " to " + Most.ToString(CultureInfo.InvariantCulture) + plural;
        }
    }
}

/// <summary>One overload of a plain function: the first that the arguments can widen to with the least change is taken.</summary>
/// <param name="Method">Class and method under <c>Laminar.Functions</c>.</param>
/// <param name="Result">Type of the result.</param>
/// <param name="Parameters">Types of the parameters.</param>
internal sealed record Overload(string Method, SqlType Result, params SqlType[] Parameters)
{
    public bool CanFail { get; init; }

    public bool CanReturnNull { get; init; }

    /// <summary>A function that is nothing but overloads.</summary>
    public static FunctionEntry Function(string name, params Overload[] overloads) =>
        new(name, overloads.Min(o => o.Parameters.Length), overloads.Max(o => o.Parameters.Length), call => Choose(call, overloads));

    private static BoundExpression? Choose(FunctionCall call, IReadOnlyList<Overload> overloads)
    {
        Overload? best = null;
        int bestCost = int.MaxValue;
        foreach (Overload overload in overloads.Where(o => o.Parameters.Length == call.Arguments.Count))
        {
            int cost = 0;
            for (int i = 0; i < overload.Parameters.Length && cost < int.MaxValue; i++)
            {
                int one = Cost(call[i], overload.Parameters[i]);
                cost = one == int.MaxValue ? one : cost + one;
            }

            if (cost < bestCost)
            {
                best = overload;
                bestCost = cost;
            }
        }

        if (best is not null)
        {
            var function = new ScalarFunction(call.Name, best.Method) { CanFail = best.CanFail, CanReturnNull = best.CanReturnNull };
            return ScalarCalls.Make(function, best.Result, call.Span, call.Arguments.Select((a, i) => Convert(a, best.Parameters[i], call.Diagnostics)).ToArray());
        }

        return Report(call, overloads);
    }

    /// <summary>Says what the overloads take instead.</summary>
    public static BoundExpression? Report(FunctionCall call, IReadOnlyList<Overload> overloads)
    {
        List<Overload> near = overloads.Where(o => o.Parameters.Length == call.Arguments.Count).ToList();
        if (near.Count == 0)
        {
            // The number lies between least and most, but no overload has it.
            string counts = string.Join(" or ", overloads.Select(o => o.Parameters.Length).Distinct().OrderBy(n => n)) + " arguments";
            call.Diagnostics.Report(SqlRules.ArgumentCount, call.Span, call.Name, counts, call.Arguments.Count.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        for (int i = 0; i < call.Arguments.Count; i++)
        {
            if (near.All(o => Cost(call[i], o.Parameters[i]) == int.MaxValue))
            {
                return call.WrongType(i, string.Join(" or ", near.Select(o => o.Parameters[i].ToString()).Distinct()));
            }
        }

        return call.WrongType(0, string.Join("; or ", near.Select(o => "(" + string.Join(", ", o.Parameters.Select(p => p.ToString())) + ")")));
    }

    /// <summary>How much an argument changes to become a parameter; <see cref="int.MaxValue"/> when it can't.</summary>
    public static int Cost(BoundExpression argument, SqlType parameter)
    {
        if (argument.Type == parameter)
        {
            return 0;
        }

        if (argument.Type.Kind == SqlTypeKind.Null)
        {
            return 1;
        }

        if (Coercion.IsTextLiteral(argument) && Coercion.TakesText(parameter))
        {
            // Only a text that reads as the type: other overloads may take text.
            return TextConstants.TryRead((string)((BoundLiteral)argument).Value!, parameter, out _) ? 50 : int.MaxValue;
        }

        return Coercion.Widens(argument.Type, parameter) ? 2 + Math.Abs(parameter.Kind - argument.Type.Kind) : int.MaxValue;
    }

    /// <summary>The argument as the parameter's type.</summary>
    public static BoundExpression Convert(BoundExpression argument, SqlType parameter, DiagnosticBag diagnostics) =>
        Coercion.IsTextLiteral(argument) && Coercion.TakesText(parameter)
            ? LiteralBinder.FromText((string)((BoundLiteral)argument).Value!, parameter, argument.Span, argument.Span, diagnostics) ?? argument
            : Coercion.To(argument, parameter);
}
