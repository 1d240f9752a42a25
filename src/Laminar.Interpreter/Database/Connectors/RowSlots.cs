namespace Laminar.Interpreter.Database.Connectors;

/// <summary>Types without a meaning but that they differ. One that was given back is given out again: there are as many as there are sources and sinks at a time.</summary>
internal static class RowSlots
{
    private static readonly Lock Gate = new();
    private static readonly SortedSet<int> Free = [];
    private static int _count;

    public static int Rent()
    {
        lock (Gate)
        {
            if (Free.Count == 0)
            {
                return _count++;
            }

            int slot = Free.Min;
            Free.Remove(slot);
            return slot;
        }
    }

    public static void Return(int slot)
    {
        lock (Gate)
        {
            Free.Add(slot);
        }
    }

    /// <summary>The number's binary digits as types in each other.</summary>
    public static Type TypeOf(int slot)
    {
        Type type = typeof(SlotEnd);
        for (int rest = slot; rest > 0; rest >>= 1)
        {
            type = ((rest & 1) == 0 ? typeof(SlotZero<>) : typeof(SlotOne<>)).MakeGenericType(type);
        }

        return type;
    }

    private sealed class SlotEnd;

    private sealed class SlotZero<T>;

    private sealed class SlotOne<T>;
}
