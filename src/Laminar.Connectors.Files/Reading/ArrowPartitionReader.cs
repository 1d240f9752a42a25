using System.Buffers;
using Apache.Arrow;

namespace Laminar.Connectors.Files.Reading;

/// <summary>Reads Arrow IPC, batch by batch. A position is a batch and a row in it; going back reads the batches before again, without decoding rows.</summary>
internal sealed class ArrowPartitionReader<TRow> : IPartitionReader<TRow>
    where TRow : ISourceRow<TRow>
{
    private readonly string _file;
    private readonly IBatchFeed _feed;
    private readonly DecodeErrors _errors;
    private readonly TextCache?[] _texts = TextCache.PerColumn(TRow.Schema);
    private readonly int _headLength;
    private readonly uint _head;
    private RecordBatch? _batch;
    private ArrowRowReader _reader;
    private long _batchNumber;
    private readonly long _skipBatches;
    private int _row;
    private bool _ended;
    private LaminarException? _failure;

    public ArrowPartitionReader(string file, FilePosition from, SourceContext context)
    {
        _file = file == "-" ? "stdin" : file;
        _errors = new DecodeErrors(context);
        _skipBatches = from.Offset;
        _row = (int)from.Line;
        if (file != "-")
        {
            _headLength = FilePosition.HeadLength(file);
            _head = FilePosition.HeadOf(file, _headLength);
        }

        _feed = file == "-" ? new ArrowStandardInputFeed(context.Wake) : new ArrowFileFeed(file);
    }

    public ReadStatus Read(Span<TRow> rows, out int count)
    {
        count = 0;
        while (count < rows.Length)
        {
            if (_failure is not null)
            {
                return count > 0 ? ReadStatus.More : throw _failure;
            }

            if (_batch is null && !NextBatch())
            {
                return _ended ? ReadStatus.End : _failure is null ? ReadStatus.Idle : count > 0 ? ReadStatus.More : throw _failure;
            }

            if (_row >= _reader.RowCount)
            {
                CloseBatch();
                _batchNumber++;
                _row = 0;
                continue;
            }

            _reader.Row = _row;
            try
            {
                rows[count] = TRow.Read(ref _reader);
                count++;
            }
            catch (RowFormatException e)
            {
                string column = e.Column >= 0 ? ", column " + TRow.Schema.Columns[e.Column].Name : string.Empty;
                _failure = _errors.Handle($"{_file}, batch {_batchNumber + 1}, row {_row + 1}{column}", e.Message, default, e);
                if (_failure is not null)
                {
                    continue;
                }
            }

            _row++;
        }

        return ReadStatus.More;
    }

    public void SavePosition(IBufferWriter<byte> writer) =>
        new FilePosition(_skipBatches > _batchNumber ? _skipBatches : _batchNumber, _row, 0, 0).Write(writer, _file, _headLength, _head);

    public void Dispose()
    {
        CloseBatch();
        _feed.Dispose();
    }

    /// <summary>False when there is no batch now; then either the input has ended, or reading failed, or more may come.</summary>
    private bool NextBatch()
    {
        try
        {
            while (_feed.TryNext(out RecordBatch? batch, out _ended))
            {
                if (_batchNumber < _skipBatches)
                {
                    batch!.Dispose();
                    _batchNumber++;
                    continue;
                }

                _batch = batch;
                return Bind(batch!);
            }

            if (_ended && (_batchNumber < _skipBatches || _row > 0))
            {
                _failure = new LaminarException($"{_file} has {_batchNumber} batches, but batch {_skipBatches + 1} was being read before: it was cut or replaced.");
                _ended = false;
            }
        }
        catch (LaminarException e)
        {
            // Without this batch nothing behind it can be found: by any policy this is the end.
            CloseBatch();
            _failure = _errors.Handle(_file, e.Message, default, e);
            _ended = _failure is null;
        }

        return false;
    }

    /// <summary>Columns that don't fit are no matter of rows: that fails by any policy.</summary>
    private bool Bind(RecordBatch batch)
    {
        try
        {
            _reader = new ArrowRowReader(TRow.Schema, batch, _texts);
            return true;
        }
        catch (LaminarException e)
        {
            CloseBatch();
            _failure = new LaminarException($"{_file}, batch {_batchNumber + 1}: {e.Message}", e);
            return false;
        }
    }

    private void CloseBatch()
    {
        _reader.Dispose();
        _batch?.Dispose();
        _batch = null;
    }
}
