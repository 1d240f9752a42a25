using Laminar.Analyzers.Rules;
using Laminar.Sql.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using TextSpan = Laminar.Sql.Text.TextSpan;

namespace Laminar.Analyzers.Literals;

/// <summary>Where a SQL text stands: in C#, or in an additional file.</summary>
internal abstract class SqlPlace
{
    public abstract Location Locate(TextSpan span);

    /// <summary>A replacement as it must be written there, or null when it can't be.</summary>
    public abstract string? Escape(TextSpan span, string replacement);

    /// <summary>The replacement as an edit of the file, or null when it can't be made there.</summary>
    public FileEdit? Edit(TextSpan span, string replacement)
    {
        Location location = Locate(span);
        return Escape(span, replacement) is { } text ? new FileEdit(location.SourceTree?.FilePath ?? location.GetLineSpan().Path, location.SourceSpan, text) : null;
    }

    public static SqlPlace In(LiteralMap map) => new Literal(map);

    public static SqlPlace In(string path, string text) => new File(path, text);

    private sealed class Literal : SqlPlace
    {
        private readonly LiteralMap _map;

        public Literal(LiteralMap map) => _map = map;

        public override Location Locate(TextSpan span) => _map.Locate(span);

        public override string? Escape(TextSpan span, string replacement) => _map.Escape(span, replacement);
    }

    private sealed class File : SqlPlace
    {
        private readonly string _path;
        private readonly LineMap _lines;

        public File(string path, string text)
        {
            _path = path;
            _lines = new LineMap(text);
        }

        public override Location Locate(TextSpan span)
        {
            (int line, int column) = _lines.Locate(span.Start);
            (int endLine, int endColumn) = _lines.Locate(span.End);
            LinePositionSpan lines = new(new LinePosition(line, column), new LinePosition(endLine, endColumn));
            return Location.Create(_path, new Microsoft.CodeAnalysis.Text.TextSpan(span.Start, span.Length), lines);
        }

        public override string Escape(TextSpan span, string replacement) => replacement;
    }
}
