using System.Globalization;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Expressions;

/// <content>Calls of functions in C#: plain static calls, over the types of row members.</content>
internal sealed partial class ExpressionEmitter
{
    /// <summary>Takes the names of the functions that are called.</summary>
    public CallTable Calls { get; init; } = new();

    /// <summary>What stands before the members of the operator.</summary>
    public string Op { get; init; } = "";

    /// <summary>The value as a parameter of a method in C# takes it.</summary>
    public static string AsArgument(EmittedValue value, ClrParameter parameter) =>
        !parameter.Nullable ? ClrForm.ToMember(parameter.Type, value.Code, value.IsInRange)
        : value.Null == "true" ? $"default({ClrTypes.Of(parameter.Type, true)})"
        : (value with { Type = parameter.Type }).AsMember;

    /// <summary>What a method in C# returned in a local, as a value.</summary>
    /// <param name="type">The SQL type of the result.</param>
    /// <param name="nullable">Whether the method's type says that it may return null.</param>
    /// <param name="returned">A local of the method's type.</param>
    public static EmittedValue OfReturned(SqlType type, bool nullable, string returned)
    {
        if (!nullable)
        {
            return new EmittedValue(ClrForm.FromMember(type, returned), null, type) { IsInRange = type.IsTimestamp };
        }

        if (ClrForm.IsReference(type))
        {
            return new EmittedValue(returned + "!", $"({returned} is null)", type);
        }

        string value = returned + ".GetValueOrDefault()";
        return new EmittedValue(ClrForm.FromMember(type, value), $"(!{returned}.HasValue)", type) { IsInRange = type.IsTimestamp };
    }

    private EmittedValue FunctionCall(BoundCall call, ClrFunction function)
    {
        EmittedValue[] arguments = call.Arguments.Select((a, i) => ToLocal(Emit(a), "argument" + (i + 1))).ToArray();
        string? skipped = Or(arguments.Where((_, i) => !function.Parameters[i].Nullable).Select(a => a.Null).ToArray());
        string type = ClrTypes.Of(function.Result, function.ResultNullable);
        if (skipped == "true")
        {
            return new EmittedValue(ClrForm.IsReference(call.Type) ? "null!" : $"default({ClrForm.Of(call.Type)})", "true", call.Type);
        }

        string code = $"{function.FullMethod}({string.Join(", ", arguments.Select((a, i) => AsArgument(a, function.Parameters[i])))})";
        if (ClrForm.IsReference(function.Result) && !function.ResultNullable)
        {
            code = $"Functions::UserCall.NotNull({code})";
        }

        string returned = _names.Local("returned");
        _writer.Line($"{Op}Calling = {Calls.Number(call.Function.Name).ToString(CultureInfo.InvariantCulture)};");
        _writer.Line($"{type} {returned} = {(skipped is null ? code : $"{skipped} ? {(ClrForm.IsReference(function.Result) && !function.ResultNullable ? "null!" : $"default({type})")} : {code}")};");
        _writer.Line($"{Op}Calling = 0;");
        EmittedValue value = OfReturned(function.Result, function.ResultNullable, returned);
        return ToLocal(function.ResultNullable ? value : value with { Null = skipped }, "result");
    }
}
