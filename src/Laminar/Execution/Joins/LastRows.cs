using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.Execution;

/// <summary>The last row of each key that all that can be asked for lies behind: kept for ever, one for each key.</summary>
/// <typeparam name="TRow">The row.</typeparam>
internal sealed class LastRows<TRow>
{
    private Slot[] _slots = new Slot[64];
    private int _count = 1;

    public long Bytes => (long)_slots.Length * Unsafe.SizeOf<Slot>();

    public ref Slot this[int number]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), number);
    }

    /// <summary>Adds a row of a new key.</summary>
    /// <returns>Its number, from 1 on.</returns>
    public int Add(in TRow row, long time, int next)
    {
        if (_count == _slots.Length)
        {
            System.Array.Resize(ref _slots, _count * 2);
        }

        _slots[_count] = new Slot { Row = row, Time = time, Next = next };
        return _count++;
    }

    public IEnumerable<TRow> All() => _slots.Take(_count).Skip(1).Select(slot => slot.Row);

    /// <summary>A row that is kept.</summary>
    public struct Slot
    {
        public TRow Row;

        public long Time;

        /// <summary>The one of another key with the same hash; 0: none.</summary>
        public int Next;
    }
}
