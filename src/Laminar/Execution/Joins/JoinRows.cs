using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.Execution;

/// <summary>Rows of one side of a join, as a loop reads them: it counts them, and nothing else does.</summary>
/// <typeparam name="TRow">The side's row.</typeparam>
internal interface IJoinRows<TRow>
{
    ref readonly TRow this[int row] { get; }
}

/// <summary>Rows of one side by themselves.</summary>
internal readonly ref struct SideRows<TRow>(ReadOnlySpan<TRow> rows) : IJoinRows<TRow>
{
    private readonly ref TRow _first = ref MemoryMarshal.GetReference(rows);

    public ref readonly TRow this[int row] => ref Unsafe.Add(ref _first, row);
}

/// <summary>Rows of the left side among those of both.</summary>
internal readonly ref struct LeftRows<TLeft, TRight>(ReadOnlySpan<JoinRow<TLeft, TRight>> rows) : IJoinRows<TLeft>
{
    private readonly ref JoinRow<TLeft, TRight> _first = ref MemoryMarshal.GetReference(rows);

    public ref readonly TLeft this[int row] => ref Unsafe.Add(ref _first, row).Left;
}

/// <summary>Rows of the right side among those of both.</summary>
internal readonly ref struct RightRows<TLeft, TRight>(ReadOnlySpan<JoinRow<TLeft, TRight>> rows) : IJoinRows<TRight>
{
    private readonly ref JoinRow<TLeft, TRight> _first = ref MemoryMarshal.GetReference(rows);

    public ref readonly TRight this[int row] => ref Unsafe.Add(ref _first, row).Right;
}
