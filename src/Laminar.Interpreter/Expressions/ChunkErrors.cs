namespace Laminar.Interpreter.Expressions;

/// <summary>What went wrong at which row while a chunk was evaluated: the first error of each row, in order of evaluation.</summary>
internal sealed class ChunkErrors
{
    private readonly Exception?[] _errors = new Exception?[Vectors.Chunk.Size];

    public bool Any { get; private set; }

    public Exception? this[int row] => _errors[row];

    public void Add(int row, Exception error)
    {
        Any = true;
        _errors[row] ??= error;
    }

    public void Clear()
    {
        if (Any)
        {
            Array.Clear(_errors);
            Any = false;
        }
    }

    /// <summary>The errors that make an error row rather than a defect.</summary>
    public static bool IsRowError(Exception error) => error is OverflowException or DivideByZeroException or LaminarException;
}
