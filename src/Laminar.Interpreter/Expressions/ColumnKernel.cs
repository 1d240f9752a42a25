using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Expressions;

/// <summary>A column of the input, as it is.</summary>
internal sealed class ColumnKernel<T>(int ordinal) : Kernel<T>
{
    public override Vector<T> Evaluate(Chunk chunk, Selection rows, ChunkErrors errors) => (Vector<T>)chunk.Column(ordinal);
}
