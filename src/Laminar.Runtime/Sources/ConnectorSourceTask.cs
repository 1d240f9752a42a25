using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Laminar.Runtime.Sources;

/// <summary>A partition that a connector reads.</summary>
internal sealed class ConnectorSourceTask<TRow> : SourceTask<TRow>
    where TRow : ISourceRow<TRow>
{
    private readonly IConnectorSource<TRow> _source;
    private readonly SourceContext _context;
    private readonly TRow[] _rows = new TRow[BatchRows];
    private IPartitionReader<TRow>? _reader;
    private int _read;
    private bool _end;

    public ConnectorSourceTask(SourceSetup<TRow> setup, IConnectorSource<TRow> source, ILogger logger)
        : base(setup)
    {
        _source = source;
        _context = new SourceContext(
            setup.Name, setup.Errors.Policy, setup.Errors.DeadLetter, setup.Errors.Add, setup.Core.Wake, logger);
    }

    public override double Fill => (double)_read / BatchRows;

    protected override bool Pull()
    {
        if (_read == 0 && !_end)
        {
            _reader ??= _source.Open(Setup.Partition, RecoveredPosition, _context);
            _end = _reader.Read(_rows, out _read) == ReadStatus.End;
        }

        if (_read > 0)
        {
            return TryBegin(_rows.AsMemory(0, _read));
        }

        return _end && TryEnd(log: false);
    }

    protected override void Release(int rows)
    {
        if (RuntimeHelpers.IsReferenceOrContainsReferences<TRow>())
        {
            Array.Clear(_rows, 0, rows);
        }

        _read = 0;
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
