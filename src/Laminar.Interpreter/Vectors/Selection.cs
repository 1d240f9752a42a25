using System.Runtime.CompilerServices;

namespace Laminar.Interpreter.Vectors;

/// <summary>Which rows of a chunk count, in order: the first <see cref="Count"/> entries of <see cref="Rows"/>, or rows 0 to Count - 1 when that is null.</summary>
internal readonly struct Selection(int[]? rows, int count)
{
    public int[]? Rows { get; } = rows;

    public int Count { get; } = count;

    public int this[int index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Rows is null ? index : Rows[index];
    }

    public static Selection All(int count) => new(null, count);
}
