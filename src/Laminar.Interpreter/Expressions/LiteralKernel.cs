using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Expressions;

/// <summary>A constant, repeated once and for all.</summary>
internal sealed class LiteralKernel<T> : Kernel<T>
{
    private readonly Vector<T> _result = NewResult();

    public LiteralKernel(object? value)
    {
        if (value is null)
        {
            Array.Fill(_result.BeginNulls(), true);
        }
        else
        {
            Array.Fill(_result.Values, (T)value);
        }
    }

    public override Vector<T> Evaluate(Chunk chunk, Selection rows, ChunkErrors errors) => _result;
}
