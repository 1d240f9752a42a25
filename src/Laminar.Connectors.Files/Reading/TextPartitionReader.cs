using System.Buffers;
using System.Text.Json;
using Laminar.Formats;

namespace Laminar.Connectors.Files.Reading;

/// <summary>Reads JSON or CSV: a buffer that begins at the current record, a framer that finds records in it, a decoder that makes rows of them.</summary>
internal sealed class TextPartitionReader<TRow> : IPartitionReader<TRow>
    where TRow : ISourceRow<TRow>
{
    /// <summary>A record that is longer is an error row and never held in memory.</summary>
    public const int MaxRecordBytes = 64 * 1024 * 1024;

    private const int ReadBytes = 256 * 1024;

    private readonly string _file;
    private readonly IByteFeed _feed;
    private readonly RecordFramer _framer;
    private readonly IRowDecoder<TRow>? _decoder;
    private readonly IChangeDecoder<TRow>? _changes;
    private readonly DecodeErrors _errors;
    private readonly int _headLength;
    private readonly uint _head;
    private CsvRowDecoder<TRow>? _header;
    private byte[] _buffer = new byte[ReadBytes];
    private int _start;
    private int _end;
    private TextPlace _place;
    private bool _marked;
    private bool _begun;
    private bool _ended;
    private bool _broken;
    private LaminarException? _failure;

    private TextPartitionReader(string file, FileChoice choice, SourceContext context)
    {
        _file = file == "-" ? "stdin" : file;
        _errors = new DecodeErrors(context);
        _feed = file == "-" ? new StandardInputFeed(context.Wake) : new FileFeed(file);
        if (file != "-")
        {
            _headLength = FilePosition.HeadLength(file);
            _head = FilePosition.HeadOf(file, _headLength);
        }

        if (choice.Format == FileFormat.Csv)
        {
            var decoder = new CsvRowDecoder<TRow>(choice.Csv);
            _header = choice.Csv.Header ? decoder : null;
            _decoder = decoder;
            _framer = new CsvFramer(choice.Csv, keepBlankLines: TRow.Schema.Columns.Count == 1 && !choice.Csv.Header);
        }
        else
        {
            _decoder = choice.Format == FileFormat.Json ? new JsonRowDecoder<TRow>() : null;
            _changes = _decoder is null ? new DebeziumRowDecoder<TRow>() : null;
            _framer = new JsonFramer();
        }
    }

    /// <summary>Opens a file or stdin at a position.</summary>
    public static TextPartitionReader<TRow> Open(string file, FileChoice choice, FilePosition from, SourceContext context)
    {
        var reader = new TextPartitionReader<TRow>(file, choice, context);
        try
        {
            reader.Rewind(from);
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public ReadStatus Read(Span<TRow> rows, out int count)
    {
        count = 0;
        if (_failure is not null)
        {
            throw _failure;
        }

        if (!_begun && !Begin())
        {
            return ReadStatus.Idle;
        }

        // The rows of a change aren't cut: where a partition is read on from is between two of them.
        int room = _changes is null ? rows.Length : rows.Length - IChangeDecoder<TRow>.MaxRows + 1;
        while (count < room)
        {
            FrameStatus status = _framer.Next(_buffer.AsSpan(_start, _end - _start), _ended, out Frame frame);
            switch (status)
            {
                case FrameStatus.Record:
                    count += Decode(frame, rows[count..]);
                    if (_failure is not null)
                    {
                        return count > 0 ? ReadStatus.More : throw _failure;
                    }

                    Consume(frame.Consumed);
                    break;
                case FrameStatus.Skip:
                    Consume(frame.Consumed);
                    break;
                case FrameStatus.NeedMore:
                    if (_end - _start >= MaxRecordBytes)
                    {
                        if (!TooLong())
                        {
                            return count > 0 ? ReadStatus.More : throw _failure!;
                        }
                    }
                    else if (!Fill())
                    {
                        return ReadStatus.Idle;
                    }

                    break;
                case FrameStatus.Broken when !_broken:
                    _broken = true;
                    _failure = Handle(frame.Start, frame.Problem!, default, null);
                    if (_failure is not null)
                    {
                        return count > 0 ? ReadStatus.More : throw _failure;
                    }

                    return ReadStatus.End;
                default:
                    return ReadStatus.End;
            }
        }

        return ReadStatus.More;
    }

    public void SavePosition(IBufferWriter<byte> writer) =>
        new FilePosition(_place.Offset, _place.Lines, _place.Characters, _framer.State).Write(writer, _file, _headLength, _head);

    public void Dispose() => _feed.Dispose();

    /// <summary>Goes to a saved position; the header, if there is one, is read first.</summary>
    private void Rewind(FilePosition from)
    {
        if (from.Offset == 0)
        {
            return;
        }

        long length = ((FileFeed)_feed).Length;
        if (length < from.Offset)
        {
            throw new LaminarException($"{_file} has {length} bytes, but {from.Offset} were read before: it was cut or replaced.");
        }

        Begin();
        _feed.Seek(from.Offset);
        _framer.State = from.State;
        _place = new TextPlace { Offset = from.Offset, Lines = from.Line, Characters = from.Column };
        (_start, _end, _ended, _failure) = (0, 0, false, null);
    }

    /// <summary>What comes before the first record: the byte order mark and the header. False when there aren't enough bytes yet.</summary>
    private bool Begin()
    {
        // Three bytes tell a byte order mark, and no framer may see a part of one.
        while (!_marked && _end < 3 && !_ended)
        {
            if (!Fill())
            {
                return false;
            }
        }

        if (!_marked)
        {
            SkipByteOrderMark();
            _marked = true;
        }

        while (_header is not null)
        {
            switch (_framer.Next(_buffer.AsSpan(_start, _end - _start), _ended, out Frame frame))
            {
                case FrameStatus.Record:
                    ReadHeader(frame);
                    break;
                case FrameStatus.Skip:
                    Consume(frame.Consumed);
                    break;
                case FrameStatus.NeedMore when _end - _start >= MaxRecordBytes:
                    throw new LaminarException($"{_file}: the CSV header is longer than {MaxRecordBytes >> 20} MiB.");
                case FrameStatus.NeedMore:
                    if (!Fill())
                    {
                        return false;
                    }

                    break;
                default:
                    _header = null;
                    break;
            }
        }

        _begun = true;
        return true;
    }

    private void ReadHeader(Frame frame)
    {
        try
        {
            _header!.ReadHeader(_buffer.AsSpan(_start + frame.Start, frame.Length));
        }
        catch (LaminarException e)
        {
            throw new LaminarException($"{_file}, line {_place.Lines + 1}: {e.Message}", e);
        }

        _header = null;
        Consume(frame.Consumed);
    }

    /// <returns>Rows of the record.</returns>
    private int Decode(Frame frame, Span<TRow> rows)
    {
        ReadOnlySpan<byte> record = _buffer.AsSpan(_start + frame.Start, frame.Length);
        try
        {
            if (_changes is not null)
            {
                return _changes.Decode(record, rows);
            }

            rows[0] = _decoder!.Decode(record);
            return 1;
        }
        catch (RowFormatException e)
        {
            string column = e.Column >= 0 ? TRow.Schema.Columns[e.Column].Name + ": " : string.Empty;
            _failure = Handle(frame.Start + (_decoder?.OffsetOf(e.Column, record) ?? _changes!.OffsetOf(e.Column, record)), column + e.Message, record, e);
        }
        catch (JsonException e)
        {
            int offset = TextPlace.OffsetOf(record, e.LineNumber ?? 0, e.BytePositionInLine ?? 0);
            _failure = Handle(frame.Start + offset, "not valid JSON: " + Reason(e.Message), record, e);
        }

        return 0;
    }

    /// <summary>System.Text.Json says the place behind the reason; ours is the one in the file.</summary>
    private static string Reason(string message)
    {
        int place = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return place < 0 ? message : message[..place];
    }

    private bool TooLong()
    {
        _failure = Handle(0, $"the record is longer than {MaxRecordBytes >> 20} MiB", _buffer.AsSpan(_start, _end - _start), null);
        _framer.Discard();
        return _failure is null;
    }

    private LaminarException? Handle(int offset, string reason, ReadOnlySpan<byte> raw, Exception? cause)
    {
        TextPlace at = _place;
        at.Advance(_buffer.AsSpan(_start, offset));
        return _errors.Handle($"{_file}, line {at.Lines + 1}, column {at.Characters + 1}", reason, raw, cause);
    }

    private void Consume(int bytes)
    {
        _place.Advance(_buffer.AsSpan(_start, bytes));
        _start += bytes;
    }

    /// <summary>Adds bytes behind those of the current record. False when there are none right now.</summary>
    private bool Fill()
    {
        if (_end - _start == 0)
        {
            _start = _end = 0;
        }
        else if (_buffer.Length - _end < ReadBytes / 2)
        {
            byte[] to = _end - _start > _buffer.Length / 2 ? new byte[Math.Min(_buffer.Length * 2, MaxRecordBytes + ReadBytes)] : _buffer;
            _buffer.AsSpan(_start, _end - _start).CopyTo(to);
            _buffer = to;
            (_start, _end) = (0, _end - _start);
        }

        int count = _feed.Read(_buffer.AsSpan(_end));
        if (count < 0)
        {
            return false;
        }

        _end += count;
        _ended = count == 0;
        return true;
    }

    private void SkipByteOrderMark()
    {
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(_start, _end - _start);
        if (bytes.StartsWith(new byte[] { 0xEF, 0xBB, 0xBF }))
        {
            // It isn't a character of line 1.
            _start += 3;
            _place.Offset += 3;
        }
        else if (bytes.Length >= 2 && (bytes[0], bytes[1]) is (0xFF, 0xFE) or (0xFE, 0xFF))
        {
            throw new LaminarException($"{_file} is UTF-16; convert it to UTF-8.");
        }
    }
}
