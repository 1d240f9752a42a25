namespace Laminar.Runtime.Sources;

/// <summary>A partition whose rows user threads push.</summary>
internal sealed class InProcessSourceTask<TRow> : SourceTask<TRow>
    where TRow : ISourceRow<TRow>
{
    private readonly HandOver<TRow> _handOver;

    public InProcessSourceTask(SourceSetup<TRow> setup, HandOver<TRow> handOver)
        : base(setup) => _handOver = handOver;

    public override double Fill => _handOver.Fill;

    protected override bool EndIsFinal => true;

    protected override long Taken => _handOver.ItemsTaken;

    protected override long CoveredTail() => _handOver.ItemsWritten;

    protected override bool Pull()
    {
        ReadOnlyMemory<TRow> rows = _handOver.Peek(BatchRows);
        if (rows.Length > 0)
        {
            Held = !_handOver.IsAwaited && IsAhead();
            return !Held && TryBegin(WithinDrift(rows));
        }

        Held = false;

        if (_handOver.TryPeekMark(out HandOverMark mark) && (mark.End ? TryEnd(log: true) : TryAdvance(mark.Watermark)))
        {
            _handOver.TakeMark(in mark);
            return true;
        }

        return false;
    }

    /// <summary>Rows from the front up to the first that brings the watermark too far ahead: that one still, since nobody knows how far it goes before it is there.</summary>
    private ReadOnlyMemory<TRow> WithinDrift(ReadOnlyMemory<TRow> rows)
    {
        long limit = _handOver.IsAwaited ? long.MaxValue : DriftLimit();
        if (limit == long.MaxValue)
        {
            return rows;
        }

        ReadOnlySpan<TRow> span = rows.Span;
        for (int i = 0; i < span.Length; i++)
        {
            if (TRow.WatermarkOf(in span[i]) > limit)
            {
                return rows[..(i + 1)];
            }
        }

        return rows;
    }

    protected override void Release(int rows) => _handOver.Take(rows);
}
