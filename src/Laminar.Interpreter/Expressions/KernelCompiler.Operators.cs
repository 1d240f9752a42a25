using Laminar.Sql.Binding;

namespace Laminar.Interpreter.Expressions;

internal static partial class KernelCompiler
{
    private static Type Operation(BoundBinary binary, Type type)
    {
        if (binary.Operator == BinaryOperator.Concat)
        {
            return type == typeof(string) ? typeof(ConcatText) : typeof(ConcatBytes);
        }

        Type open = binary.Operator switch
        {
            BinaryOperator.Add => typeof(AddNumbers<>),
            BinaryOperator.Subtract => typeof(SubtractNumbers<>),
            BinaryOperator.Multiply => typeof(MultiplyNumbers<>),
            BinaryOperator.Divide => typeof(DivideNumbers<>),
            BinaryOperator.Modulo => typeof(ModuloNumbers<>),
            BinaryOperator.BitAnd => typeof(BitAnd<>),
            BinaryOperator.BitOr => typeof(BitOr<>),
            BinaryOperator.BitXor => typeof(BitXor<>),
            _ => throw new LaminarException($"The interpreter doesn't know {binary.Operator} on {binary.Left.Type}."),
        };
        return open.MakeGenericType(type);
    }
}
