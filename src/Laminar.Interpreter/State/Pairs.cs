namespace Laminar.Interpreter.State;

/// <summary>Which row of a chunk goes into which group: one entry per row and window that holds it, in row order.</summary>
internal sealed class Pairs
{
    public int[] Rows { get; private set; } = new int[Vectors.Chunk.Size];

    public int[] Slots { get; private set; } = new int[Vectors.Chunk.Size];

    public int Count { get; private set; }

    public void Add(int row, int slot)
    {
        if (Count == Rows.Length)
        {
            int[] rows = Rows;
            int[] slots = Slots;
            Array.Resize(ref rows, Count * 2);
            Array.Resize(ref slots, Count * 2);
            Rows = rows;
            Slots = slots;
        }

        Rows[Count] = row;
        Slots[Count++] = slot;
    }

    public void Clear() => Count = 0;
}
