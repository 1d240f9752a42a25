using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Laminar;

/// <summary>Timestamps of an Arrow batch in ticks, converted as they are read.</summary>
/// <param name="first">The first value.</param>
/// <param name="unit">Ticks per unit of the values.</param>
/// <param name="origin">The tick that the values count from.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct TickColumn(ref readonly long first, long unit, long origin)
{
    private readonly ref readonly long _first = ref first;
    private readonly long _unit = unit;
    private readonly long _origin = origin;

    /// <summary>The value of a row. Not checked.</summary>
    public long this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Unsafe.Add(ref Unsafe.AsRef(in _first), row) * _unit) + _origin;
    }
}
