using System.Reflection;
using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Interpreter.Expressions;

/// <summary>Turns a bound expression into a tree of typed kernels, once per query. Each compilation has buffers of its own.</summary>
internal static partial class KernelCompiler
{
    public static Kernel Compile(BoundExpression expression) => expression switch
    {
        BoundColumn column => Make(typeof(ColumnKernel<>), [ClrValueTypes.Of(column.Type)], column.Ordinal),
        BoundLiteral literal => Make(typeof(LiteralKernel<>), [ClrValueTypes.Of(literal.Type)], literal.Value),
        BoundClock => new ClockKernel(),
        BoundWatermark => new WatermarkKernel(),
        BoundUnary unary => Unary(unary),
        BoundBinary binary => Binary(binary),
        BoundIsNull isNull => new IsNullKernel(Compile(isNull.Operand), isNull.Negated),
        BoundCase choice => Case(choice),
        BoundCoalesce coalesce => Make(
            typeof(CoalesceKernel<>), [ClrValueTypes.Of(coalesce.Type)], Typed(ClrValueTypes.Of(coalesce.Type), [.. coalesce.Arguments.Select(Compile)])),
        BoundItems items => new ItemsKernel([.. items.Items.Select(Compile)]),
        BoundCast cast => Cast(cast),
        BoundCall call => Call(call),
        _ => throw new LaminarException($"The interpreter doesn't know the expression {expression.GetType().Name}."),
    };

    private static Kernel Make(Type open, Type[] types, params object?[] arguments) => (Kernel)ClrValueTypes.Make(open, types, arguments);

    /// <summary>An array of <c>Kernel&lt;T&gt;</c>.</summary>
    private static Array Typed(Type type, Kernel[] kernels)
    {
        var typed = Array.CreateInstance(typeof(Kernel<>).MakeGenericType(type), kernels.Length);
        Array.Copy(kernels, typed, kernels.Length);
        return typed;
    }

    private static Kernel Call(BoundCall call)
    {
        if (call.Function.Clr is { } function)
        {
            return FunctionBinder.Bind(function, [.. call.Arguments.Select(Compile)]);
        }

        Type[] types = [.. call.Arguments.Select(a => ClrValueTypes.Of(a.Type))];
        MethodInfo method = FunctionBinder.Find(call.Function.Method, types);
        if (call.Type.Kind == SqlTypeKind.Prepared && call.Arguments.All(a => a is BoundLiteral { Value: not null }))
        {
            object? prepared = method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [.. call.Arguments.Select(a => ((BoundLiteral)a).Value)], null);
            return Make(typeof(LiteralKernel<>), [ClrValueTypes.Of(call.Type)], prepared);
        }

        return FunctionBinder.Bind(
            method,
            [.. call.Arguments.Select(Compile)],
            types,
            ClrValueTypes.Of(call.Type),
            call.Function);
    }

    /// <summary>A plan holds only casts that widen; all others are calls.</summary>
    private static Kernel Cast(BoundCast cast)
    {
        Type to = ClrValueTypes.Of(cast.Type);
        if (cast.Operand.Type.Kind == SqlTypeKind.Null)
        {
            return Make(typeof(LiteralKernel<>), [to], [null]);
        }

        Kernel operand = Compile(cast.Operand);
        Type from = ClrValueTypes.Of(cast.Operand.Type);
        return from == to ? operand : Make(typeof(UnaryKernel<,,>), [from, to, typeof(WidenNumber<,>).MakeGenericType(from, to)], operand);
    }

    private static Kernel Case(BoundCase choice)
    {
        Type type = ClrValueTypes.Of(choice.Type);
        return Make(
            typeof(CaseKernel<>),
            [type],
            choice.Whens.Select(w => (Kernel<bool>)Compile(w.Condition)).ToArray(),
            Typed(type, [.. choice.Whens.Select(w => Compile(w.Result))]),
            choice.Else is null ? null : Compile(choice.Else));
    }

    private static Kernel Unary(BoundUnary unary)
    {
        Kernel operand = Compile(unary.Operand);
        Type type = ClrValueTypes.Of(unary.Type);
        Type operation = unary.Operator switch
        {
            UnaryOperator.Not => typeof(NotBoolean),
            UnaryOperator.BitNot => typeof(BitNot<>).MakeGenericType(type),
            _ => typeof(NegateNumber<>).MakeGenericType(type),
        };
        return Make(typeof(UnaryKernel<,,>), [type, type, operation], operand);
    }

    private static Kernel Binary(BoundBinary binary)
    {
        Kernel left = Compile(binary.Left);
        Kernel right = Compile(binary.Right);
        Type type = ClrValueTypes.Of(binary.Left.Type);
        switch (binary.Operator)
        {
            case BinaryOperator.And:
                return new LogicKernel((Kernel<bool>)left, (Kernel<bool>)right, decides: false);
            case BinaryOperator.Or:
                return new LogicKernel((Kernel<bool>)left, (Kernel<bool>)right, decides: true);
            case BinaryOperator.Distinct:
                return Make(typeof(DistinctKernel<>), [type], left, right, false);
            case BinaryOperator.NotDistinct:
                return Make(typeof(DistinctKernel<>), [type], left, right, true);
        }

        if (Comparison(binary.Operator) is { } comparison)
        {
            return Make(typeof(BinaryKernel<,,,>), [type, type, typeof(bool), comparison.MakeGenericType(type)], left, right);
        }

        return Make(typeof(BinaryKernel<,,,>), [type, ClrValueTypes.Of(binary.Right.Type), ClrValueTypes.Of(binary.Type), Operation(binary, type)], left, right);
    }

    private static Type? Comparison(BinaryOperator op) => op switch
    {
        BinaryOperator.Equal => typeof(EqualValues<>),
        BinaryOperator.NotEqual => typeof(NotEqualValues<>),
        BinaryOperator.Less => typeof(LessValues<>),
        BinaryOperator.LessOrEqual => typeof(LessOrEqualValues<>),
        BinaryOperator.Greater => typeof(GreaterValues<>),
        BinaryOperator.GreaterOrEqual => typeof(GreaterOrEqualValues<>),
        _ => null,
    };
}
