namespace Laminar.Execution;

/// <summary>Rows of one side of a join, as a loop reads them.</summary>
/// <typeparam name="TRow">The side's row.</typeparam>
internal interface IJoinRows<TRow>
{
    ref readonly TRow this[int row] { get; }
}

/// <summary>Rows of one side by themselves.</summary>
internal readonly ref struct SideRows<TRow>(ReadOnlySpan<TRow> rows) : IJoinRows<TRow>
{
    private readonly ReadOnlySpan<TRow> _rows = rows;

    public ref readonly TRow this[int row] => ref _rows[row];
}

/// <summary>Rows of the left side among those of both.</summary>
internal readonly ref struct LeftRows<TLeft, TRight>(ReadOnlySpan<JoinRow<TLeft, TRight>> rows) : IJoinRows<TLeft>
{
    private readonly ReadOnlySpan<JoinRow<TLeft, TRight>> _rows = rows;

    public ref readonly TLeft this[int row] => ref _rows[row].Left;
}

/// <summary>Rows of the right side among those of both.</summary>
internal readonly ref struct RightRows<TLeft, TRight>(ReadOnlySpan<JoinRow<TLeft, TRight>> rows) : IJoinRows<TRight>
{
    private readonly ReadOnlySpan<JoinRow<TLeft, TRight>> _rows = rows;

    public ref readonly TRight this[int row] => ref _rows[row].Right;
}
