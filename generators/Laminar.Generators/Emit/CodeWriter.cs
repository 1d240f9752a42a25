using System;
using System.Text;

namespace Laminar.Generators.Emit;

/// <summary>Writes indented C#. Lines end with <c>\n</c> on every system, so that golden files compare.</summary>
public sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;

    /// <summary>Writes one line (or several, split at <c>\n</c>), indented. An empty string is an empty line.</summary>
    public CodeWriter Line(string text = "")
    {
        foreach (string line in text.Split('\n'))
        {
            if (line.Length > 0)
            {
                _text.Append(' ', _depth * 4).Append(line.TrimEnd('\r'));
            }

            _text.Append('\n');
        }

        return this;
    }

    /// <summary>Writes a label to jump to, one level out.</summary>
    public void Label(string name)
    {
        _depth--;
        Line(name + ":");
        _depth++;
    }

    /// <summary>Writes a header line and an opening brace; dispose to close it.</summary>
    public Block Open(string header)
    {
        Line(header);
        Line("{");
        _depth++;
        return new Block(this, "}");
    }

    /// <summary>As the other overload, closing with <paramref name="end"/> (<c>};</c>).</summary>
    public Block Open(string header, string end)
    {
        Line(header);
        Line("{");
        _depth++;
        return new Block(this, end);
    }

    public override string ToString() => _text.ToString();

    /// <summary>An open brace.</summary>
    public readonly struct Block(CodeWriter writer, string end) : IDisposable
    {
        public void Dispose()
        {
            writer._depth--;
            writer.Line(end);
        }
    }
}
