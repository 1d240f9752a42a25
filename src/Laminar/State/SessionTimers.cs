using System.Runtime.InteropServices;

namespace Laminar.State;

/// <summary>
/// When sessions are to be looked at. A wheel of buckets, each a stretch of time; only the bucket that the watermark is in is in order. Whoever arms
/// a timer needn't move it when its session goes on: it is armed again when it fires too early.
/// </summary>
/// <remarks>After Varghese and Lauck: Hashed and hierarchical timing wheels (SOSP 1987), with one wheel and a list for what is far off.</remarks>
/// <param name="width">Of a bucket, in the unit of the event time; above 0.</param>
internal sealed class SessionTimers(long width)
{
    private const int Buckets = 128;

    private readonly List<(long At, int Slot)>?[] _wheel = new List<(long At, int Slot)>?[Buckets];

    /// <summary>Beyond the wheel, or before time has begun.</summary>
    private readonly List<(long At, int Slot)> _far = [];

    private readonly List<(long At, int Slot)> _moving = [];

    /// <summary>All that is left of buckets up to <see cref="_bucket"/>: the earliest stands last.</summary>
    private readonly List<(long At, int Slot)> _current = [];

    private bool _hasBegun;
    private long _bucket;

    /// <summary>The bucket at which what is far off is looked through again.</summary>
    private long _lookAt;

    /// <summary>Nothing outside <see cref="_current"/> is before this. Coarse: usually the end of the current bucket.</summary>
    public long NextBucket { get; private set; } = long.MaxValue;

    /// <summary>Nothing is before this.</summary>
    public long Next => _current.Count > 0 ? Math.Min(_current[^1].At, NextBucket) : NextBucket;

    public void Arm(long at, int slot)
    {
        long bucket = PaneMath.FloorDivide(at, width);
        if (_hasBegun && bucket <= _bucket)
        {
            int place = _current.Count;
            while (place > 0 && _current[place - 1].At < at)
            {
                place--;
            }

            _current.Insert(place, (at, slot));
            return;
        }

        NextBucket = Math.Min(NextBucket, at);
        if (_hasBegun && (ulong)(bucket - _bucket) < Buckets)
        {
            (_wheel[bucket & (Buckets - 1)] ??= []).Add((at, slot));
        }
        else
        {
            _far.Add((at, slot));
        }
    }

    /// <summary>Takes the timers that a watermark has reached away, the earliest first.</summary>
    /// <param name="watermark">The watermark.</param>
    /// <param name="into">Where they go.</param>
    /// <param name="owner">Knows which sessions have gone on.</param>
    public void Take(long watermark, List<(long At, int Slot)> into, ITimerOwner owner)
    {
        if (watermark >= NextBucket)
        {
            Turn(PaneMath.FloorDivide(watermark, width), owner);
        }

        while (_current.Count > 0 && _current[^1].At <= watermark)
        {
            into.Add(_current[^1]);
            _current.RemoveAt(_current.Count - 1);
        }
    }

    public void Clear()
    {
        foreach (List<(long At, int Slot)>? bucket in _wheel)
        {
            bucket?.Clear();
        }

        _far.Clear();
        _current.Clear();
        NextBucket = long.MaxValue;
    }

    /// <summary>Makes a bucket the current one; what is in those before it is current too.</summary>
    private void Turn(long bucket, ITimerOwner owner)
    {
        bool isFar = !_hasBegun || (ulong)(bucket - _bucket) >= Buckets;
        long from = isFar ? 0 : _bucket + 1;
        long to = isFar ? Buckets - 1 : bucket;
        for (long b = from; b <= to; b++)
        {
            Move(_wheel[b & (Buckets - 1)]);
        }

        if (isFar || bucket >= _lookAt)
        {
            Move(_far);
            _lookAt = bucket + (Buckets / 2);
        }

        _hasBegun = true;
        _bucket = bucket;
        NextBucket = long.MaxValue;
        int known = _current.Count;
        foreach ((long armed, int slot) in _moving)
        {
            // Most sessions have gone on since: they needn't be put in order, and fire, to be armed anew.
            long at = owner.Postpone(armed, slot);
            if (PaneMath.FloorDivide(at, width) <= bucket)
            {
                _current.Add((at, slot));
            }
            else
            {
                Arm(at, slot);
            }
        }

        _moving.Clear();
        if (_current.Count > known)
        {
            RowSorting.Sort<(long At, int Slot), LatestFirst>(CollectionsMarshal.AsSpan(_current));
        }

        // Buckets that weren't looked at may hold something from the next on.
        if (!isFar)
        {
            NextBucket = Math.Min(NextBucket, unchecked((bucket + 1) * width) is var end && end > bucket * width ? end : long.MaxValue);
        }
    }

    private void Move(List<(long At, int Slot)>? bucket)
    {
        if (bucket is { Count: > 0 })
        {
            _moving.AddRange(bucket);
            bucket.Clear();
        }
    }

    private readonly struct LatestFirst : IRowOrder<(long At, int Slot)>
    {
        public static int Compare(in (long At, int Slot) a, in (long At, int Slot) b) => b.At.CompareTo(a.At);
    }
}

/// <summary>Whose timers they are.</summary>
internal interface ITimerOwner
{
    /// <summary>A timer is about to fire: when it is due now, that time or a later one.</summary>
    /// <param name="at">When it was armed for.</param>
    /// <param name="slot">Of which session.</param>
    long Postpone(long at, int slot);
}
