using System.ComponentModel;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Laminar.State;

/// <summary>
/// Unmanaged memory in chunks of 32 B, 64 B, ... 64 KiB by 32-bit handle: what state of no fixed size is chained of. Chunks that are given back are used
/// again for the same size. Memory comes in segments of 1 MiB (the first grows up to that), so that none is ever copied but the first. At most 64 GiB.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class SlabChunks : IDisposable
{
    /// <summary>Size classes: <c>32 &lt;&lt; class</c> bytes.</summary>
    public const int Classes = 12;

    private const int UnitShift = 5;
    private const int SegmentShift = 15;
    private const int SegmentUnits = 1 << SegmentShift;
    private const int MostSegments = 1 << 16;
    private const int LeastUnits = 128;

    private readonly int[] _free = new int[Classes];
    private byte*[] _segments = [];
    private int _segmentCount;
    private int _lastUsed;
    private int _lastCapacity;

    ~SlabChunks() => FreeAll();

    /// <summary>Bytes held.</summary>
    public long Bytes => _segmentCount == 0 ? 0 : ((_segmentCount - 1L) * SegmentUnits + _lastCapacity) << UnitShift;

    /// <summary>The chunk behind a handle; until the next <see cref="Rent"/>.</summary>
    public byte* this[int handle] => _segments[(uint)(handle - 1) >> SegmentShift] + ((long)((uint)(handle - 1) & (SegmentUnits - 1)) << UnitShift);

    /// <summary>Bytes of a chunk of a class.</summary>
    public static int SizeOf(int sizeClass) => 1 << (UnitShift + sizeClass);

    /// <summary>A chunk, whose bytes are whatever they were.</summary>
    public int Rent(int sizeClass)
    {
        int handle = _free[sizeClass];
        if (handle != 0)
        {
            _free[sizeClass] = *(int*)this[handle];
            return handle;
        }

        int units = 1 << sizeClass;
        if (_segmentCount == 0 || _lastUsed + units > SegmentUnits)
        {
            AddSegment();
        }

        if (_lastUsed + units > _lastCapacity)
        {
            Grow(_lastUsed + units);
        }

        handle = ((_segmentCount - 1) << SegmentShift) + _lastUsed + 1;
        _lastUsed += units;
        return handle;
    }

    /// <summary>Gives a chunk back.</summary>
    public void Return(int handle, int sizeClass)
    {
        *(int*)this[handle] = _free[sizeClass];
        _free[sizeClass] = handle;
    }

    public void Save(StateWriter state)
    {
        state.Write(_segmentCount);
        state.Write(_lastUsed);
        foreach (int free in _free)
        {
            state.Write(free);
        }

        for (int i = 0; i < _segmentCount; i++)
        {
            state.Raw(_segments[i], (long)(i == _segmentCount - 1 ? _lastUsed : SegmentUnits) << UnitShift);
        }
    }

    /// <summary>Into fresh memory.</summary>
    public void Load(StateReader state)
    {
        int segments = state.ReadCount();
        int used = state.Read<int>();
        if (segments > MostSegments || used < 0 || used > SegmentUnits)
        {
            throw state.Damaged();
        }

        for (int i = 0; i < Classes; i++)
        {
            _free[i] = state.Read<int>();
        }

        while (_segmentCount < segments)
        {
            AddSegment();
            int units = _segmentCount == segments ? used : SegmentUnits;
            Grow(units);
            _lastUsed = units;
            state.Raw(_segments[_segmentCount - 1], (long)units << UnitShift);
        }
    }

    public void Dispose()
    {
        FreeAll();
        GC.SuppressFinalize(this);
    }

    private void AddSegment()
    {
        // What is left of the last one serves smaller chunks.
        while (_segmentCount > 0 && _lastUsed < SegmentUnits)
        {
            int sizeClass = Math.Min(Classes - 1, BitOperations.Log2((uint)(SegmentUnits - _lastUsed)));
            if (_lastUsed + (1 << sizeClass) > _lastCapacity)
            {
                Grow(SegmentUnits);
            }

            int handle = ((_segmentCount - 1) << SegmentShift) + _lastUsed + 1;
            _lastUsed += 1 << sizeClass;
            Return(handle, sizeClass);
        }

        if (_segmentCount == MostSegments - 1)
        {
            throw new StateLimitException("A query keeps more than 64 GiB of values on one core.");
        }

        if (_segmentCount == _segments.Length)
        {
            var segments = new byte*[Math.Max(4, _segmentCount * 2)];
            for (int i = 0; i < _segmentCount; i++)
            {
                segments[i] = _segments[i];
            }

            _segments = segments;
        }

        _segments[_segmentCount++] = null;
        _lastUsed = 0;
        _lastCapacity = 0;
    }

    private void Grow(int units)
    {
        _lastCapacity = _segmentCount > 1 ? SegmentUnits : Math.Min(SegmentUnits, Math.Max(Math.Max(units, _lastCapacity * 2), LeastUnits));
        _segments[_segmentCount - 1] = (byte*)NativeMemory.Realloc(_segments[_segmentCount - 1], (nuint)_lastCapacity << UnitShift);
    }

    private void FreeAll()
    {
        for (int i = 0; i < _segmentCount; i++)
        {
            NativeMemory.Free(_segments[i]);
        }

        _segmentCount = 0;
    }
}
