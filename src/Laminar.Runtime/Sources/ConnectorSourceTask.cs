using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Laminar.Runtime.Sources;

/// <summary>A partition that a connector reads.</summary>
internal sealed class ConnectorSourceTask<TRow> : SourceTask<TRow>
    where TRow : ISourceRow<TRow>
{
    /// <summary>
    /// How far a partition may be ahead of the slowest, in batches of its own: without a limit, a file that is read faster than the others
    /// piles its windows up in memory until they catch up. Rows that users push aren't held back: one thread may feed all partitions.
    /// </summary>
    private const int BatchesAhead = 64;

    private readonly IConnectorSource<TRow> _source;
    private readonly SourceContext _context;
    private readonly TRow[] _rows = new TRow[BatchRows];
    private IPartitionReader<TRow>? _reader;
    private int _read;
    private int _next;
    private readonly long[] _marks = Enumerable.Repeat(long.MinValue, BatchesAhead).ToArray();
    private int _nextMark;
    private bool _end;

    public ConnectorSourceTask(SourceSetup<TRow> setup, IConnectorSource<TRow> source, ILogger logger)
        : base(setup)
    {
        _source = source;
        _context = new SourceContext(
            setup.Name, setup.Errors.Policy, setup.Errors.DeadLetter, setup.Errors.Add, setup.Core.Wake, logger);
    }

    public override double Fill => (double)(_read - _next) / BatchRows;

    protected override bool Aligns => TRow.HasWatermark && _source.Partitions > 1;

    protected override bool HasRowsInHand => _read > 0;

    protected override bool Pull()
    {
        if (_read == 0 && !_end)
        {
            Held = IsAhead() || (Aligns && Setup.Clock.MustWait(Setup.Partition, _marks[_nextMark]));
            if (Held)
            {
                return false;
            }

            _reader ??= _source.Open(Setup.Partition, RecoveredPosition, _context);
            ReadStatus status = _reader.Read(_rows, out _read);
            _end = status == ReadStatus.End;
            if (Aligns)
            {
                Setup.Clock.SetQuiet(Setup.Partition, status == ReadStatus.Idle && _read == 0);
            }
        }

        if (_read > 0)
        {
            return TryBegin(_rows.AsMemory(_next, _read - _next));
        }

        return _end && TryEnd(log: false);
    }

    protected override void Release(int rows)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TRow>())
        {
            Array.Clear(_rows, _next, rows);
        }

        _next += rows;
        if (_next < _read)
        {
            return;
        }

        _read = 0;
        _next = 0;
        _marks[_nextMark] = Watermark;
        _nextMark = (_nextMark + 1) % BatchesAhead;
    }

    protected override void SavePosition(IBufferWriter<byte> writer)
    {
        if (_reader is not null)
        {
            _reader.SavePosition(writer);
        }
        else
        {
            writer.Write(RecoveredPosition.Span);
        }
    }

    protected override void OnAcknowledged(long epoch) => _reader?.Acknowledge(epoch);

    public override void Close()
    {
        _reader?.Dispose();
        base.Close();
    }
}
