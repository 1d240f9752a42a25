using System.Buffers;

namespace Laminar.Formats;

/// <summary>One JSON value per line, or the elements of one array when the first character is <c>[</c>. Blank lines are skipped.</summary>
public sealed class JsonFramer : RecordFramer
{
    private const byte AtStart = 0;
    private const byte InLines = 1;
    private const byte BeforeFirst = 2;
    private const byte BehindElement = 3;
    private const byte BehindComma = 4;
    private const byte Closed = 5;

    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> ScalarEnd = SearchValues.Create(",] \t\r\n"u8);

    private byte _state;
    private int _scanned;
    private int _depth;
    private bool _inString;
    private bool _discarding;

    /// <inheritdoc/>
    public override byte State
    {
        get => _state;
        set => _state = value <= Closed ? value : throw new LaminarException($"A saved position of a JSON file has the unknown state {value}.");
    }

    /// <inheritdoc/>
    public override FrameStatus Next(ReadOnlySpan<byte> buffer, bool last, out Frame frame) =>
        _state == InLines ? NextLine(buffer, last, out frame) : NextElement(buffer, last, out frame);

    /// <inheritdoc/>
    public override void Discard() => _discarding = true;

    private FrameStatus NextLine(ReadOnlySpan<byte> buffer, bool last, out Frame frame)
    {
        frame = default;
        int newLine = buffer[_scanned..].IndexOf((byte)'\n');
        if (newLine < 0 && !last)
        {
            _scanned = buffer.Length;
            return _discarding ? Drop(buffer.Length, out frame) : FrameStatus.NeedMore;
        }

        if (newLine < 0 && buffer.Length == 0)
        {
            return FrameStatus.End;
        }

        newLine = newLine < 0 ? buffer.Length : newLine + _scanned;
        _scanned = 0;
        if (_discarding)
        {
            _discarding = false;
            return Drop(Math.Min(newLine + 1, buffer.Length), out frame);
        }

        FrameStatus status = Line(buffer, newLine, out frame);
        return frame.Length == 0 || IsBlank(buffer[..frame.Length]) ? FrameStatus.Skip : status;
    }

    private FrameStatus NextElement(ReadOnlySpan<byte> buffer, bool last, out Frame frame)
    {
        if (_scanned == 0 && !_discarding)
        {
            int blank = 0;
            while (blank < buffer.Length && IsBlank(buffer[blank]))
            {
                blank++;
            }

            if (blank > 0)
            {
                frame = new Frame(0, 0, blank);
                return FrameStatus.Skip;
            }

            if (buffer.Length == 0)
            {
                return AtEnd(last, out frame);
            }

            if (Between(buffer, out frame) is { } status)
            {
                return status;
            }
        }

        return Element(buffer, last, out frame);
    }

    /// <summary>What stands between elements; null at the beginning of one.</summary>
    private FrameStatus? Between(ReadOnlySpan<byte> buffer, out Frame frame)
    {
        byte next = buffer[0];
        frame = new Frame(0, 0, 1);
        switch (_state)
        {
            case AtStart when next == '[':
                _state = BeforeFirst;
                return FrameStatus.Skip;
            case AtStart:
                _state = InLines;
                frame = default;
                return FrameStatus.Skip;
            case BeforeFirst or BehindElement when next == ']':
                _state = Closed;
                return FrameStatus.Skip;
            case BehindElement when next == ',':
                _state = BehindComma;
                return FrameStatus.Skip;
            case BehindElement:
                return Broken("',' or ']' is missing behind an element of the array", out frame);
            case BehindComma when next == ']':
                return Broken("the array ends behind a ','", out frame);
            case Closed:
                return Broken("text follows behind the end of the array", out frame);
            default:
                return null;
        }
    }

    private FrameStatus AtEnd(bool last, out Frame frame)
    {
        frame = default;
        return !last ? FrameStatus.NeedMore
            : _state is AtStart or Closed ? FrameStatus.End
            : Broken("the array never ends: the file is cut short", out frame);
    }

    private FrameStatus Element(ReadOnlySpan<byte> buffer, bool last, out Frame frame)
    {
        int end = Scan(buffer, last);
        if (end < 0)
        {
            if (_discarding)
            {
                int consumed = _scanned;
                _scanned = 0;
                if (consumed > 0 || !last)
                {
                    frame = new Frame(0, 0, consumed);
                    return consumed > 0 ? FrameStatus.Skip : FrameStatus.NeedMore;
                }
            }

            frame = default;
            return last ? Broken("an element of the array never ends: the file is cut short", out frame) : FrameStatus.NeedMore;
        }

        _scanned = 0;
        _depth = 0;
        _inString = false;
        _state = BehindElement;
        frame = new Frame(0, end, end);
        if (_discarding)
        {
            _discarding = false;
            return FrameStatus.Skip;
        }

        return FrameStatus.Record;
    }

    /// <summary>The length of the element, or -1 when it goes on; <see cref="_scanned"/> then says how far it was looked at.</summary>
    private int Scan(ReadOnlySpan<byte> buffer, bool last)
    {
        while (_scanned < buffer.Length)
        {
            if (_inString)
            {
                int quote = buffer[_scanned..].IndexOfAny((byte)'"', (byte)'\\');
                if (quote < 0)
                {
                    _scanned = buffer.Length;
                    return -1;
                }

                int at = _scanned + quote;
                if (buffer[at] == '\\')
                {
                    if (at + 1 >= buffer.Length)
                    {
                        _scanned = at;
                        return -1;
                    }

                    _scanned = at + 2;
                    continue;
                }

                _inString = false;
                _scanned = at + 1;
                if (_depth == 0)
                {
                    return _scanned;
                }

                continue;
            }

            if (_depth == 0 && buffer[_scanned] is not ((byte)'"' or (byte)'{' or (byte)'['))
            {
                int length = buffer[_scanned..].IndexOfAny(ScalarEnd);
                if (length == 0)
                {
                    // A stray bracket or comma: hand it out, so that the decoder names it, and get past it.
                    return _scanned + 1;
                }

                _scanned = length < 0 ? buffer.Length : _scanned + length;
                return length < 0 && !last ? -1 : _scanned;
            }

            int next = buffer[_scanned..].IndexOfAny(Structure);
            if (next < 0)
            {
                _scanned = buffer.Length;
                return -1;
            }

            _scanned += next + 1;
            switch (buffer[_scanned - 1])
            {
                case (byte)'"':
                    _inString = true;
                    break;
                case (byte)'{' or (byte)'[':
                    _depth++;
                    break;
                default:
                    if (--_depth <= 0)
                    {
                        return _scanned;
                    }

                    break;
            }
        }

        return -1;
    }

    private FrameStatus Drop(int consumed, out Frame frame)
    {
        _scanned = 0;
        frame = new Frame(0, 0, consumed);
        return consumed == 0 ? FrameStatus.NeedMore : FrameStatus.Skip;
    }

    private static FrameStatus Broken(string problem, out Frame frame)
    {
        frame = new Frame(0, 0, 0, problem);
        return FrameStatus.Broken;
    }

    private static bool IsBlank(byte b) => b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static bool IsBlank(ReadOnlySpan<byte> line) => IsBlank(line[0]) && line.IndexOfAnyExcept(" \t\r\n"u8) < 0;
}
