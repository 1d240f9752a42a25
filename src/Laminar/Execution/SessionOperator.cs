using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// What aggregations over sessions share outside their loops: finding the session of a row, joining two that a row connects, closing sessions when the
/// watermark passes their end. The loop over rows, the layout of a group and what a result is made of are generated.
/// </summary>
/// <remarks>
/// A row of time t is itself the session [t, t + gap), and joins what it overlaps (Akidau et al.: The Dataflow Model, VLDB 2015). Sessions of a key don't
/// overlap, and none is shorter than the gap, so a row joins two at most. Groups that are kept for a while behind their last row (<c>state_ttl</c>)
/// are sessions that began before all rows: a key has one at most.
/// </remarks>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TGroup">An entry of the state.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class SessionOperator<TIn, TGroup> : EventTimeOperator<TIn>, ITimerOwner
    where TGroup : unmanaged, ISessionEntry<TGroup>
{
    /// <summary>Entries without a session are left until there are this many, and more of them than of the others.</summary>
    private const int MostEmpty = 64;

    /// <summary>Buckets of timers in the time that a session is kept behind its last row.</summary>
    private const int Buckets = 64;

    private readonly WindowLayout _layout;
    private readonly SessionTimers _timers;

    /// <summary>Of EMIT EVERY by the wall clock.</summary>
    private readonly EmissionClock? _clock;

    private readonly List<int> _members = [];
    private readonly List<int> _kept = [];

    /// <summary>By slot: whether it was seen, then where it goes.</summary>
    private int[] _moves = [];

    /// <summary>Sessions that have begun.</summary>
    private long _begun;

    private int _live;

    protected SessionOperator(WindowLayout layout)
        : base(layout.QueryName, layout.Fingerprint)
    {
        _layout = layout;
        _clock = layout.Emission == EmissionMode.ByClock ? new EmissionClock(layout) : null;
        Groups = new GroupTable<TGroup>(layout.Texts);
        Block = Groups.Open(0);
        _timers = new SessionTimers(Math.Max(1, (layout.Size / Buckets) + (layout.Lateness / Buckets)));
        NextEnd = Planned();
    }

    /// <inheritdoc/>
    public override long StateBytes => Groups.Bytes;

    /// <summary>The groups; all in one block.</summary>
    protected GroupTable<TGroup> Groups { get; }

    /// <summary>Keys, each with its sessions. Another one after sessions have closed.</summary>
    protected GroupBlock<TGroup> Block { get; private set; }

    /// <summary>The watermark that has been reached.</summary>
    protected long Watermark { get; set; } = long.MinValue;

    /// <summary>From this watermark on something may be due.</summary>
    protected long NextEnd { get; private set; }

    /// <summary>As <see cref="NextEnd"/>, but coarser: while rows come, sessions are closed many at once.</summary>
    protected long NextBucket => _timers.NextBucket;

    /// <summary>The slot that the row under way goes to; -1: it is still to be found.</summary>
    protected int Only { get; set; } = -1;

    private bool Gathers => _layout.Emission is EmissionMode.OnUpdate or EmissionMode.Every or EmissionMode.ByClock;

    /// <inheritdoc/>
    public override void Dispose()
    {
        Groups.Dispose();
        base.Dispose();
    }

    /// <summary>
    /// Puts a row into a session, which begins, grows or joins another with it: <see cref="Only"/> is its slot. Where something has to be closed
    /// first, that is done, and the row is to be looked at anew.
    /// </summary>
    /// <param name="head">The slot of the row's key.</param>
    /// <param name="time">The row's event time.</param>
    /// <returns>False: the row is late, and was counted.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected bool Enter(int head, long time)
    {
        for (int slot = head; slot >= 0; slot = Span(slot).Next - 1)
        {
            if (Span(slot).IsLive && Span(slot).End <= Watermark)
            {
                Close(Watermark);
                return true;
            }
        }

        SessionHit hit = Find(head, time);
        if (hit.IsLate)
        {
            return false;
        }

        Only = Join(hit, head, time);
        return true;
    }

    /// <summary>The sessions that a row falls into. Nothing is due.</summary>
    /// <inheritdoc cref="Enter"/>
    protected SessionHit Find(int head, long time)
    {
        PaneMath.CheckTime(time);
        int first = -1;
        int second = -1;
        for (int slot = head; slot >= 0; slot = Span(slot).Next - 1)
        {
            ref SessionSpan span = ref Span(slot);
            if (!span.IsLive || (!_layout.IsIdle && (span.Start >= time + _layout.Size || span.End <= time)))
            {
                continue;
            }

            (first, second) = first < 0 ? (slot, -1) : span.Start < Span(first).Start ? (slot, first) : (first, slot);
        }

        bool isLate = first < 0 && !_layout.IsIdle && time + _layout.Size + _layout.Lateness <= Watermark;
        if (isLate)
        {
            LateRows++;
        }

        return new SessionHit(first, second, isLate);
    }

    /// <summary>Makes one session of a row and those that it falls into.</summary>
    /// <param name="hit">Those.</param>
    /// <param name="head">The slot of the row's key.</param>
    /// <param name="time">The row's event time.</param>
    /// <returns>The slot.</returns>
    protected int Join(SessionHit hit, int head, long time)
    {
        int slot = hit.First;
        if (slot < 0)
        {
            slot = Begin(head, time);
        }
        else if (hit.Second >= 0)
        {
            Merge(slot, hit.Second);
            if (hit.Second == head)
            {
                Swap(slot, head);
                slot = head;
            }
        }

        ref SessionSpan span = ref Span(slot);
        span.End = Math.Max(span.End, time + _layout.Size);
        if (_layout.IsIdle)
        {
            // However far a row is behind the watermark, it counts until that moves.
            span.End = Math.Max(span.End, Watermark + 1);
        }
        else
        {
            span.Start = Math.Min(span.Start, time);
        }

        // What ended, and goes on with a late row, ends again where changes are gathered; elsewhere its result has been handed on for good.
        span.IsOut = Gathers ? span.End <= Watermark : span.IsOut || span.End <= Watermark;
        Arm(slot, DueOf(in span));
        return slot;
    }

    /// <summary>After the last row of a batch.</summary>
    protected void EndBatch()
    {
        Only = -1;
        Reach(Math.Max(Watermark, OwnWatermark));
        FollowClosed();

        if (_layout.Emission == EmissionMode.OnUpdate)
        {
            EmitChanged();
        }

        Gather();
        Position = -1;
        Progress(OutWatermark);
    }

    /// <summary>Takes a watermark, and does what it makes due.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected void Reach(long watermark)
    {
        if (watermark >= NextEnd)
        {
            Close(watermark);
        }
        else if (watermark > Watermark)
        {
            Watermark = watermark;
        }
    }

    /// <summary>An entry as it was before its first row.</summary>
    protected abstract void Reset(ref TGroup group);

    /// <summary>Adds a session to an earlier one of its key.</summary>
    protected abstract void MergeInto(ref TGroup group, in TGroup later);

    /// <summary>Gives back what a group holds in stores of their own beside its block.</summary>
    protected virtual void FreeGroup(ref TGroup group)
    {
    }

    private ref SessionSpan Span(int slot) => ref TGroup.SpanOf(ref Block[slot]);

    /// <summary>A session of one row. The latest of a key stands first, so that rows in order go on with what the index finds.</summary>
    private int Begin(int head, long time)
    {
        int slot = Room(head);
        ref TGroup group = ref Block[slot];
        Reset(ref group);
        ref SessionSpan span = ref TGroup.SpanOf(ref group);
        span.Start = _layout.IsIdle ? long.MinValue : time;
        span.End = time + _layout.Size;
        span.Order = _begun++;
        span.IsOut = span.IsChanged = span.IsShown = span.IsGone = false;
        _live++;
        if (slot == head || (Span(head).IsLive && Span(head).Start > time))
        {
            return slot;
        }

        Swap(slot, head);
        return head;
    }

    /// <summary>An entry of the key without a session.</summary>
    private int Room(int head)
    {
        for (int slot = head; slot >= 0; slot = Span(slot).Next - 1)
        {
            if (!Span(slot).IsLive && !Span(slot).IsGone)
            {
                return slot;
            }
        }

        int added = Block.Copy(Block, head);
        Span(added).IsArmed = false;
        Span(added).Next = Span(head).Next;
        Span(head).Next = added + 1;
        return added;
    }

    private void Merge(int first, int second)
    {
        ref TGroup group = ref Block[first];
        ref TGroup later = ref Block[second];
        MergeInto(ref group, in later);
        ref SessionSpan span = ref TGroup.SpanOf(ref group);
        ref SessionSpan gone = ref TGroup.SpanOf(ref later);
        span.End = gone.End;
        span.Order = Math.Min(span.Order, gone.Order);
        span.IsOut |= gone.IsOut;
        _live--;
        if (Gathers && gone.IsShown)
        {
            // Told at the time of the other changes.
            gone.IsGone = true;
            Note(second);
            return;
        }

        Unnote(second);
        FreeGroup(ref later);
        Empty(ref gone);
    }

    /// <summary>Exchanges two entries of one key; their places in the chain and their timers stay.</summary>
    private void Swap(int a, int b)
    {
        (Block[a], Block[b]) = (Block[b], Block[a]);
        (Span(a).Next, Span(b).Next) = (Span(b).Next, Span(a).Next);
        (Span(a).Armed, Span(b).Armed) = (Span(b).Armed, Span(a).Armed);
        (Span(a).IsArmed, Span(b).IsArmed) = (Span(b).IsArmed, Span(a).IsArmed);
        foreach (ref int slot in CollectionsMarshal.AsSpan(_changed))
        {
            slot = slot == a ? b : slot == b ? a : slot;
        }

        foreach (int slot in (ReadOnlySpan<int>)[a, b])
        {
            if (Span(slot).IsLive)
            {
                Arm(slot, DueOf(in Span(slot)));
            }
        }
    }

    private void Arm(int slot, long due)
    {
        ref SessionSpan span = ref Span(slot);
        if (!span.IsArmed || due < span.Armed)
        {
            span.IsArmed = true;
            span.Armed = due;
            _timers.Arm(due, slot);
            NextEnd = Math.Min(NextEnd, due);
        }
    }

    private static void Empty(ref SessionSpan span)
    {
        span.Start = span.End = 0;
        span.IsGone = span.IsShown = span.IsOut = false;
    }

    /// <summary>Leaves entries without a session behind, once they are many.</summary>
    private void Gather()
    {
        if (Block.Count - _live <= Math.Max(MostEmpty, _live))
        {
            return;
        }

        _kept.Clear();
        if (_moves.Length < Block.Count)
        {
            _moves = new int[Math.Max(Block.Count, 2 * _moves.Length)];
        }

        Span<int> moved = _moves.AsSpan(0, Block.Count);
        moved.Clear();
        for (int slot = 0; slot < Block.Count; slot++)
        {
            if (moved[slot] == 0)
            {
                KeepChain(slot, moved);
            }
        }

        _kept.Sort();
        for (int i = 0; i < _kept.Count; i++)
        {
            moved[_kept[i]] = i;
        }

        Block = Groups.Gather(CollectionsMarshal.AsSpan(_kept));
        for (int slot = 0; slot < Block.Count; slot++)
        {
            ref SessionSpan span = ref Span(slot);
            span.Next = span.Next == 0 ? 0 : moved[span.Next - 1] + 1;
        }

        foreach (ref int slot in CollectionsMarshal.AsSpan(_changed))
        {
            slot = moved[slot];
        }

        ArmAll();
    }

    /// <summary>Takes out of a chain what holds nothing. Its first entry stays while there is any other: the index finds the others by it.</summary>
    private void KeepChain(int head, Span<int> seen)
    {
        _members.Clear();
        for (int slot = head; slot >= 0; slot = Span(slot).Next - 1)
        {
            seen[slot] = 1;
            if (Span(slot).IsLive || Span(slot).IsGone)
            {
                _members.Add(slot);
            }
        }

        if (_members.Count == 0)
        {
            return;
        }

        if (_members[0] != head)
        {
            _members.Insert(0, head);
        }

        for (int i = 0; i < _members.Count; i++)
        {
            Span(_members[i]).Next = i + 1 < _members.Count ? _members[i + 1] + 1 : 0;
            _kept.Add(_members[i]);
        }
    }

    private void ArmAll()
    {
        _timers.Clear();
        NextEnd = Planned();
        for (int slot = 0; slot < Block.Count; slot++)
        {
            Span(slot).IsArmed = false;
            if (Span(slot).IsLive)
            {
                Arm(slot, DueOf(in Span(slot)));
            }
        }
    }
}

/// <summary>The sessions that a row falls into.</summary>
/// <param name="First">The slot of the earlier one; -1: none.</param>
/// <param name="Second">The slot of the later one, where the row connects two; -1: none.</param>
/// <param name="IsLate">None, and what it would begin would have closed.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct SessionHit(int First, int Second, bool IsLate);
