using System;
using System.Collections.Generic;

namespace Laminar.Sql.Text;

/// <summary>Lines of a text: offset to line and column and back. Lines end with LF, CR or CRLF; all numbers count from 0, columns in UTF-16 characters.</summary>
public sealed class LineMap
{
    private readonly int[] _starts;
    private readonly int _length;

    public LineMap(string text)
    {
        List<int> starts = new() { 0 };
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                starts.Add(i + 1);
            }
        }

        _starts = starts.ToArray();
        _length = text.Length;
    }

    public int LineCount => _starts.Length;

    /// <summary>Where line <paramref name="line"/> starts.</summary>
    public int StartOf(int line) => _starts[line];

    /// <summary>The line and column of an offset; an offset outside the text is taken to its nearest end.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        offset = Math.Max(0, Math.Min(offset, _length));
        int index = Array.BinarySearch(_starts, offset);
        int line = index >= 0 ? index : ~index - 1;
        return (line, offset - _starts[line]);
    }
}
