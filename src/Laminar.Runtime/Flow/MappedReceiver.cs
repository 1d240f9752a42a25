using System.Runtime.CompilerServices;

namespace Laminar.Runtime.Flow;

/// <summary>Before an exchange: makes rows of the receiver's type. Rows that the receiver doesn't take are mapped again when they come again.</summary>
internal sealed class MappedReceiver<TIn, TOut>(RowMap<TIn, TOut> map, IReceiver<TOut> inner) : IReceiver<TIn>
{
    private TOut[] _mapped = [];

    public bool NeedsWatermarks => inner.NeedsWatermarks;

    public int Accept(ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int partition)
    {
        if (_mapped.Length < rows.Length)
        {
            _mapped = new TOut[rows.Length];
        }

        Span<TOut> mapped = _mapped.AsSpan(0, rows.Length);
        map(rows, mapped);
        int taken = inner.Accept(mapped, watermarks, ceiling, partition);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TOut>())
        {
            mapped.Clear();
        }

        return taken;
    }

    public bool TrySignal(in Signal signal) => inner.TrySignal(in signal);
}
