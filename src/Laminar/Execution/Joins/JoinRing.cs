using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.Execution;

/// <summary>
/// The rows of one side of a join as they came, numbered, in a ring: what the watermark has passed leaves at the front, and nothing of it has to be taken out of anything. Rows whose keys hash
/// alike are a chain from the latest to the oldest, which ends at the first number that is gone; the index of chains is written when the other side asks, so that rows that go before that cost a place in the ring only.
/// </summary>
/// <remarks>A row with a time far ahead keeps what came behind it from leaving: when the ring is full, what is due is left out before it grows.</remarks>
/// <typeparam name="TRow">The side's row.</typeparam>
/// <param name="kept">How long behind its time a row is kept; <see cref="long.MaxValue"/>: for ever.</param>
/// <param name="isOrdered">Rows are taken out by <see cref="TakeDue"/>, in the order of time.</param>
internal sealed class JoinRing<TRow>(long kept, bool isOrdered)
{
    private const int MostNumber = 1 << 30;

    private readonly PriorityQueue<int, (long Time, int Number)> _aside = new();
    private Slot[] _slots = new Slot[256];
    private int _front = 1;
    private int _tail = 1;
    private int _indexed = 1;
    private int _next = 1;
    private int _disordered;
    private long _latest = long.MinValue;

    /// <summary>The chains.</summary>
    public JoinIndex Index { get; } = new();

    /// <summary>The number of the first row; a lower one is of a row that is gone.</summary>
    public int Front => _front;

    /// <summary>Whether all rows are there in the order of their times.</summary>
    public bool IsInOrder => _disordered < _front;

    /// <summary>The time of the first row; the end of time when there is none.</summary>
    public long FrontTime => _front < _tail ? this[_front].Time : long.MaxValue;

    public long Bytes => ((long)_slots.Length * Unsafe.SizeOf<Slot>()) + Index.Bytes;

    public ref Slot this[int number]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_slots), (nint)(uint)(number & (_slots.Length - 1)));
    }

    /// <summary>When a row of a time can match no more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Due(long time) => kept == long.MaxValue ? long.MaxValue : State.PaneMath.AddSaturated(time, kept);

    /// <summary>Adds a row behind all others.</summary>
    /// <param name="row">The row.</param>
    /// <param name="time">Its time.</param>
    /// <param name="hasKey">Whether it can match at all.</param>
    /// <param name="hash">Of its key.</param>
    /// <param name="isMatched">It has found a match.</param>
    /// <param name="watermark">What is due before this may go.</param>
    /// <param name="taker">Who wants what goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in TRow row, long time, bool hasKey, uint hash, bool isMatched, long watermark, IFrontTaker<TRow>? taker = null)
    {
        if (_tail - _front == _slots.Length)
        {
            MakeRoom(watermark, taker);
        }

        int number = _tail;
        ref Slot slot = ref this[number];
        slot.Row = row;
        slot.Time = time;
        slot.Hash = hash;
        slot.State = (hasKey ? SlotState.HasKey : 0) | (isMatched ? SlotState.IsMatched : 0);
        _tail = number + 1;
        if (time >= _latest)
        {
            _latest = time;
        }
        else
        {
            PutAside(number, time);
        }
    }

    /// <summary>From which time on a row can match yet at a watermark: what <see cref="Due"/> says, asked once for many rows.</summary>
    public long KeptFrom(long watermark) => kept == long.MaxValue ? long.MinValue : State.PaneMath.AddSaturated(watermark, -kept);

    /// <summary>Adds a row with a key that has found no match that counts.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Keep(in TRow row, long time, uint hash, long watermark) => Add(in row, time, true, hash, false, watermark);

    /// <summary>What loops read by that add nothing.</summary>
    public Reader Read() => new(this);

    /// <summary>Puts the rows into their chains that came since the last call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void BringIndexUp()
    {
        if (_indexed < _tail)
        {
            IndexRows();
        }
    }

    /// <summary>
    /// The latest row of a hash that isn't behind a time, the last to arrive of those at one time; one that is gone for none. Where the latest of all is, it is looked for from where the one before was found: whoever
    /// asks goes forward in time, as a rule, and rows of the other input may have come far ahead.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LatestUntil(ref JoinIndex.Place place, long time)
    {
        int number = place.Head;
        return number < _front || this[number].Time <= time ? number : Before(ref place, time);
    }

    /// <summary>Lets the rows at the front go that can match no more. Of an ordered ring they must have been taken out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Evict(long watermark)
    {
        if (_front < _tail && Due(this[_front].Time) < watermark)
        {
            EvictFront(watermark);
        }
    }

    /// <summary><see cref="Evict"/>, of a ring whose rows somebody wants when they go.</summary>
    public void TakeFront(long watermark, IFrontTaker<TRow> taker)
    {
        while (_front < _tail && Due(this[_front].Time) < watermark)
        {
            TakeFirst(taker);
        }
    }

    /// <summary>The first row goes; there must be one.</summary>
    public void TakeFirst(IFrontTaker<TRow> taker)
    {
        ref Slot slot = ref this[_front];
        taker.Take(in slot.Row, slot.Time, slot.Hash);
        Clear(_front, 1);
        Leave(_front + 1);
    }

    /// <summary>When the first row falls due that hasn't been taken out; the end of time when there is none.</summary>
    public long FirstDue()
    {
        SkipAside();
        long first = _next < _tail ? this[_next].Time : long.MaxValue;
        if (_aside.TryPeek(out _, out (long Time, int Number) other) && other.Time < first)
        {
            first = other.Time;
        }

        return first == long.MaxValue ? first : Due(first);
    }

    /// <summary>Takes the row out that falls due first, of one time the first to arrive; there must be one. It stays where it is until it is evicted.</summary>
    public ref Slot TakeDue()
    {
        SkipAside();
        if (_aside.TryPeek(out int aside, out (long Time, int Number) first) && (_next == _tail || first.CompareTo((this[_next].Time, _next)) < 0))
        {
            _aside.Dequeue();
            return ref this[aside];
        }

        return ref this[_next++];
    }

    /// <summary>The numbers of the rows that are kept at a watermark, as they came.</summary>
    public IEnumerable<int> Kept(long watermark)
    {
        for (int number = _front; number < _tail; number++)
        {
            if (Due(this[number].Time) >= watermark)
            {
                yield return number;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PutAside(int number, long time)
    {
        _disordered = number;
        if (isOrdered)
        {
            this[number].State |= SlotState.IsAside;
            _aside.Enqueue(number, (time, number));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void IndexRows()
    {
        for (; _indexed < _tail; _indexed++)
        {
            ref Slot slot = ref this[_indexed];
            if ((slot.State & SlotState.HasKey) == 0)
            {
                continue;
            }

            ref JoinIndex.Place place = ref Index.FindOrAdd(slot.Hash, _front);
            int newer = 0;
            int older = place.Head;
            while (older >= _front && this[older].Time > slot.Time)
            {
                newer = older;
                older = this[older].Older;
            }

            slot.Older = older;
            slot.Newer = newer;
            if (older >= _front)
            {
                this[older].Newer = _indexed;
            }

            if (newer > 0)
            {
                this[newer].Older = _indexed;
            }
            else
            {
                place.Head = _indexed;
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Before(ref JoinIndex.Place place, long time)
    {
        int number = place.Found >= _front ? place.Found : place.Head;
        if (this[number].Time <= time)
        {
            // Forward, unless what came behind it has gone before it: then from the latest again.
            int newer = this[number].Newer;
            while (newer >= _front && this[newer].Time <= time)
            {
                number = newer;
                newer = this[number].Newer;
            }

            if (newer >= _front)
            {
                place.Found = number;
                return number;
            }

            number = place.Head;
        }

        int near = number;
        while (number >= _front && this[number].Time > time)
        {
            near = number;
            number = this[number].Older;
        }

        place.Found = number >= _front ? number : near;
        return number;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EvictFront(long watermark)
    {
        int front = _front;
        while (front < _tail && Due(this[front].Time) < watermark)
        {
            front++;
        }

        Clear(_front, front - _front);
        Leave(front);
    }

    private void Leave(int front)
    {
        if (front > MostNumber)
        {
            front = Renumber(front);
        }

        _front = front;
        _indexed = Math.Max(_indexed, front);
        _next = Math.Max(_next, front);
        if (front == _tail)
        {
            _latest = long.MinValue;
        }
    }

    /// <summary>Numbers go down by a multiple of the ring's length, so that rows stay where they are.</summary>
    private int Renumber(int front)
    {
        int less = (front - 1) & -_slots.Length;
        for (int number = front; number < _tail; number++)
        {
            ref Slot slot = ref this[number];
            slot.Older = Math.Max(0, slot.Older - less);
            slot.Newer = Math.Max(0, slot.Newer - less);
        }

        (int Number, long Time)[] aside = [.. _aside.UnorderedItems.Select(item => (item.Element - less, item.Priority.Time))];
        _aside.Clear();
        foreach ((int number, long time) in aside)
        {
            _aside.Enqueue(number, (time, number));
        }

        Index.Renumber(less);
        (_tail, _indexed, _next) = (_tail - less, Math.Max(1, _indexed - less), Math.Max(1, _next - less));
        _disordered = Math.Max(0, _disordered - less);
        return front - less;
    }

    // What rows refer to isn't held longer than they.
    private void Clear(int from, int count)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TRow>())
        {
            int start = from & (_slots.Length - 1);
            int first = Math.Min(count, _slots.Length - start);
            Array.Clear(_slots, start, first);
            Array.Clear(_slots, 0, count - first);
        }
    }

    private void SkipAside()
    {
        while (_next < _tail && (this[_next].State & SlotState.IsAside) != 0)
        {
            _next++;
        }
    }

    /// <summary>Leaves out what is due; grows where that isn't half. Numbers begin anew: what is kept is put in as it came.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void MakeRoom(long watermark, IFrontTaker<TRow>? taker)
    {
        if (taker is null)
        {
            Evict(watermark);
        }
        else
        {
            TakeFront(watermark, taker);
        }

        if (_tail - _front < _slots.Length)
        {
            return;
        }

        Slot[] old = _slots;
        int[] kept = [.. Kept(watermark)];
        for (int number = _front; taker is not null && kept.Length < _tail - _front && number < _tail; number++)
        {
            if (Due(this[number].Time) < watermark)
            {
                taker.Take(in this[number].Row, this[number].Time, this[number].Hash);
            }
        }

        int[] places = [.. kept.Select(number => number & (old.Length - 1))];
        _slots = new Slot[kept.Length > old.Length / 2 ? old.Length * 2 : old.Length];
        _front = _tail = _indexed = _next = 1;
        _disordered = 0;
        _latest = long.MinValue;
        _aside.Clear();
        Index.ForgetRows();
        foreach (int place in places)
        {
            ref Slot slot = ref old[place];
            Add(in slot.Row, slot.Time, (slot.State & SlotState.HasKey) != 0, slot.Hash, (slot.State & SlotState.IsMatched) != 0, long.MinValue);
        }
    }

    /// <summary>The rows and their chains as they are, for a loop that keeps where they lie in registers.</summary>
    public readonly ref struct Reader(JoinRing<TRow> ring)
    {
        private readonly ref Slot _slots = ref MemoryMarshal.GetArrayDataReference(ring._slots);
        private readonly int _mask = ring._slots.Length - 1;
        private readonly JoinIndex _index = ring.Index;

        /// <summary>See <see cref="JoinRing{TRow}.Front"/>.</summary>
        public readonly int Front = ring._front;

        public ref Slot this[int number]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => ref Unsafe.Add(ref _slots, (nint)(uint)(number & _mask));
        }

        /// <inheritdoc cref="JoinIndex.Find"/>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public ref JoinIndex.Place Find(uint hash) => ref _index.Find(hash);
    }

    /// <summary>What is known of a row.</summary>
    [Flags]
    public enum SlotState : byte
    {
        None = 0,
        HasKey = 1,
        IsMatched = 2,

        /// <summary>It came behind a later one.</summary>
        IsAside = 4,
    }

    /// <summary>A row that is kept.</summary>
    public struct Slot
    {
        public TRow Row;

        public long Time;

        public uint Hash;

        /// <summary>The next one of its hash in the past; one that is gone ends the chain.</summary>
        public int Older;

        public int Newer;

        public SlotState State;

        public bool IsMatched
        {
            readonly get => (State & SlotState.IsMatched) != 0;
            set => State = value ? State | SlotState.IsMatched : State & ~SlotState.IsMatched;
        }
    }
}

/// <summary>Who gets the rows of a ring that go.</summary>
internal interface IFrontTaker<TRow>
{
    void Take(in TRow row, long time, uint hash);
}
