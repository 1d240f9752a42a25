using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Expressions;

/// <summary>A bound expression, compiled: it computes a whole vector at a time.</summary>
internal abstract class Kernel
{
    /// <summary>
    /// Computes the selected rows; the others are unspecified. The vector belongs to the kernel and is overwritten by its next evaluation.
    /// </summary>
    /// <param name="chunk">The input's columns.</param>
    /// <param name="rows">Which rows to compute.</param>
    /// <param name="errors">Takes the rows that fail; their value is NULL.</param>
    public abstract Vector EvaluateAny(Chunk chunk, Selection rows, ChunkErrors errors);
}

/// <summary>A kernel whose values have one CLR type.</summary>
internal abstract class Kernel<T> : Kernel
{
    public abstract Vector<T> Evaluate(Chunk chunk, Selection rows, ChunkErrors errors);

    public sealed override Vector EvaluateAny(Chunk chunk, Selection rows, ChunkErrors errors) => Evaluate(chunk, rows, errors);

    protected static Vector<T> NewResult() => new(Chunk.Size);
}
