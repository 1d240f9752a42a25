using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions;

/// <summary>Calls of functions in C#: the overload whose parameters ask for the least change of the arguments; two that ask for as little are an error.</summary>
internal static class ClrCalls
{
    /// <summary>Null when there is no function of that name.</summary>
    public static FunctionEntry? Find(ClrFunctions functions, string name)
    {
        IReadOnlyList<ClrFunction> overloads = functions.Find(name);
        return overloads.Count == 0
            ? null
            : new FunctionEntry(overloads[0].Name, overloads.Min(o => o.Parameters.Count), overloads.Max(o => o.Parameters.Count), call => Choose(call with { Name = overloads[0].Name }, overloads));
    }

    /// <summary>As a parameter of a method in C# takes it; the caller has made sure that it can.</summary>
    public static BoundExpression Convert(BoundExpression argument, SqlType parameter, DiagnosticBag diagnostics)
    {
        // A C# decimal takes whatever digits there are.
        SqlType type = parameter is { Kind: SqlTypeKind.Decimal, Open: true } && (argument.Type.IsInteger || argument.Type.Kind == SqlTypeKind.Decimal) ? NumericTypes.AsDecimal(argument.Type) : parameter;
        return Overload.Convert(argument, type, diagnostics);
    }

    /// <summary>How much an argument changes to become a parameter; <see cref="int.MaxValue"/> when it can't.</summary>
    public static int Cost(BoundExpression argument, ClrParameter parameter)
    {
        bool isOpen = parameter.Type is { Kind: SqlTypeKind.Decimal, Open: true };
        int cost = isOpen && argument.Type.Kind == SqlTypeKind.Decimal ? 0
            : isOpen && argument.Type.IsInteger ? 2 + SqlTypeKind.Decimal - argument.Type.Kind
            : Overload.Cost(argument, parameter.Type);

        // Beside one that takes NULL, one that isn't called for it.
        return cost == int.MaxValue ? cost : (2 * cost) + (argument.Nullable && !parameter.Nullable ? 1 : 0);
    }

    private static BoundExpression? Choose(FunctionCall call, IReadOnlyList<ClrFunction> overloads)
    {
        var rated = overloads
            .Where(o => o.Parameters.Count == call.Arguments.Count)
            .Select(o => (Function: o, Costs: o.Parameters.Select((p, i) => Cost(call[i], p)).ToArray()))
            .Where(o => !o.Costs.Contains(int.MaxValue))
            .OrderBy(o => o.Costs.Sum())
            .ToList();
        if (rated.Count == 0)
        {
            return Overload.Report(call, overloads.Select(o => new Overload(o.FullMethod, o.Result, o.Parameters.Select(p => p.Type).ToArray())).ToArray());
        }

        if (rated.Count > 1 && rated[0].Costs.Sum() == rated[1].Costs.Sum())
        {
            call.Diagnostics.Report(SqlRules.AmbiguousCall, call.Span, call.Name, $"{rated[0].Function} and {rated[1].Function}");
            return null;
        }

        ClrFunction function = rated[0].Function;
        BoundExpression[] arguments = function.Parameters.Select((p, i) => Convert(call[i], p.Type, call.Diagnostics)).ToArray();
        bool isSkipped = function.Parameters.Where((p, i) => !p.Nullable && arguments[i].Nullable).Any();
        var scalar = new ScalarFunction(call.Name, function.FullMethod)
        {
            Clr = function,
            CanFail = true,
            CanReturnNull = function.ResultNullable,
            Strict = function.Parameters.All(p => !p.Nullable),
        };
        return new BoundCall(scalar, arguments, function.Result, function.ResultNullable || isSkipped, call.Span);
    }
}
