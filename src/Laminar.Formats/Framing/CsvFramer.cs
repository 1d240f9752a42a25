namespace Laminar.Formats;

/// <summary>CSV records: a line end inside quotes doesn't end one. Blank lines are skipped, unless a record has one column and may be empty.</summary>
/// <param name="format">The delimiter.</param>
/// <param name="keepBlankLines">A blank line is a record of one empty field.</param>
public sealed class CsvFramer(CsvFormat format, bool keepBlankLines) : RecordFramer
{
    private readonly byte _delimiter = format.DelimiterByte;
    private int _scanned;
    private bool _quoted;
    private bool _inField;
    private bool _discarding;

    /// <inheritdoc/>
    public override FrameStatus Next(ReadOnlySpan<byte> buffer, bool last, out Frame frame)
    {
        frame = default;
        int newLine = FindEnd(buffer, last);
        if (newLine < 0 && !last)
        {
            if (!_discarding)
            {
                return FrameStatus.NeedMore;
            }

            frame = new Frame(0, 0, _scanned);
            _scanned = 0;
            return frame.Consumed == 0 ? FrameStatus.NeedMore : FrameStatus.Skip;
        }

        (_scanned, _quoted, _inField) = (0, false, false);
        if (newLine < 0 && buffer.Length == 0)
        {
            return FrameStatus.End;
        }

        FrameStatus status = Line(buffer, newLine < 0 ? buffer.Length : newLine, out frame);
        if (_discarding)
        {
            _discarding = false;
            return FrameStatus.Skip;
        }

        return frame.Length == 0 && !keepBlankLines ? FrameStatus.Skip : status;
    }

    /// <inheritdoc/>
    public override void Discard() => _discarding = true;

    /// <summary>The line end that ends the record, or -1.</summary>
    private int FindEnd(ReadOnlySpan<byte> buffer, bool last)
    {
        if (_scanned == 0 && !_discarding)
        {
            int newLine = buffer.IndexOf((byte)'\n');
            if (newLine >= 0 && !buffer[..newLine].Contains((byte)'"'))
            {
                return newLine;
            }
        }

        while (_scanned < buffer.Length)
        {
            if (_quoted)
            {
                int quote = buffer[_scanned..].IndexOf((byte)'"');
                if (quote < 0)
                {
                    _scanned = buffer.Length;
                    return -1;
                }

                int at = _scanned + quote;
                if (at + 1 >= buffer.Length && !last)
                {
                    // Whether it is doubled is for the next byte to say.
                    _scanned = at;
                    return -1;
                }

                bool doubled = at + 1 < buffer.Length && buffer[at + 1] == '"';
                _quoted = doubled;
                _scanned = doubled ? at + 2 : at + 1;
                continue;
            }

            if (!_inField && buffer[_scanned] == '"')
            {
                _quoted = _inField = true;
                _scanned++;
                continue;
            }

            int next = buffer[_scanned..].IndexOfAny(_delimiter, (byte)'\n');
            _inField = true;
            if (next < 0)
            {
                _scanned = buffer.Length;
                return -1;
            }

            _scanned += next + 1;
            if (buffer[_scanned - 1] == '\n')
            {
                return _scanned - 1;
            }

            _inField = false;
        }

        return -1;
    }
}
