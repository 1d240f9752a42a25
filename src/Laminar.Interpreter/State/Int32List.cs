namespace Laminar.Interpreter.State;

/// <summary>A growing array whose contents can be read as a span.</summary>
internal sealed class Int32List
{
    private int[] _items = new int[16];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Span => _items.AsSpan(0, Count);

    public void Add(int item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Count * 2);
        }

        _items[Count++] = item;
    }

    public void Clear() => Count = 0;
}
