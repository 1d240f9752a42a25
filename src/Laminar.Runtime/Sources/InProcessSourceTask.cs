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
            return TryBegin(rows);
        }

        if (_handOver.TryPeekMark(out HandOverMark mark) && (mark.End ? TryEnd(log: true) : TryAdvance(mark.Watermark)))
        {
            _handOver.TakeMark(in mark);
            return true;
        }

        return false;
    }

    protected override void Release(int rows) => _handOver.Take(rows);
}
