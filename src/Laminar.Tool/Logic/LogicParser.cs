using System.Globalization;

namespace Laminar.Tool.Logic;

/// <summary>
/// Reads sqllogictest files as SQLite has them (https://www.sqlite.org/sqllogictest/doc/trunk/about.wiki), with what DuckDB adds: <c>loop</c>, <c>foreach</c>, <c>require</c>, <c>mode skip</c>,
/// a row per line with tabs, and the message of an error behind <c>----</c>, which is read and not compared: it is another engine's.
/// </summary>
internal sealed class LogicParser
{
    private static readonly string[] SignedTypes = ["TINYINT", "SMALLINT", "INTEGER", "BIGINT"];
    private static readonly string[] UnsignedTypes = ["UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT"];

    private readonly string[] _lines;
    private readonly List<string> _skipIf = [];
    private readonly List<string> _onlyIf = [];
    private int _next;
    private bool _isSkipping;

    private LogicParser(string text) => _lines = text.ReplaceLineEndings("\n").Split('\n');

    /// <exception cref="LogicFormatException">A directive that isn't known, or a record that isn't whole.</exception>
    public static IReadOnlyList<LogicRecord> Parse(string text) => new LogicParser(text).Records(inLoop: false);

    private List<LogicRecord> Records(bool inLoop)
    {
        int begun = _next;
        var records = new List<LogicRecord>();
        while (_next < _lines.Length)
        {
            string text = _lines[_next++].Trim();
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            string[] words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "endloop" && inLoop)
            {
                return records;
            }

            if (One(words, text) is { } record && !_isSkipping)
            {
                records.Add(record with { SkipIf = [.. _skipIf], OnlyIf = [.. _onlyIf] });
                _skipIf.Clear();
                _onlyIf.Clear();
            }
        }

        return inLoop ? throw new LogicFormatException(begun, "A loop without its endloop.") : records;
    }

    private LogicRecord? One(string[] words, string text)
    {
        int line = _next;
        switch (words)
        {
            case ["statement", var expected, ..]:
                return Statement(line, expected, Rest(text, 2));
            case ["query", "error", ..]:
                return Statement(line, "error", Rest(text, 2));
            case ["query", ..]:
                return Query(line, words);
            case ["skipif", var engine, ..]:
                _skipIf.Add(engine);
                return null;
            case ["onlyif", var engine, ..]:
                _onlyIf.Add(engine);
                return null;
            case ["halt", ..]:
                return new HaltRecord(line);
            case ["require" or "require-env", ..]:
                return new RequireRecord(line, string.Join(' ', words[1..]));
            case ["mode", "skip", ..]:
                _isSkipping = true;
                return null;
            case ["mode", "unskip", ..]:
                _isSkipping = false;
                return null;
            case ["loop", var variable, var from, var to] when int.TryParse(from, CultureInfo.InvariantCulture, out int first) && int.TryParse(to, CultureInfo.InvariantCulture, out int end):
                return new LoopRecord(line, variable, [.. Enumerable.Range(first, Math.Max(0, end - first)).Select(i => i.ToString(CultureInfo.InvariantCulture))], Records(inLoop: true));
            case ["foreach", var variable, ..]:
                return new LoopRecord(line, variable, [.. words[2..].SelectMany(Values)], Records(inLoop: true));
            case ["hash-threshold" or "mode" or "subtest" or "control", ..]:
                // A result is compared as it is written: whole, or as a hash.
                return null;
            default:
                throw new LogicFormatException(line, $"'{words[0]}' isn't a directive that is known here.");
        }
    }

    private StatementRecord Statement(int line, string expected, string rest)
    {
        string sql = Sql(out bool hasResult);
        if (hasResult)
        {
            Block();
        }

        return expected switch
        {
            "ok" or "count" => new StatementRecord(line, sql, StatementOutcome.Ok, null),
            "maybe" => new StatementRecord(line, sql, StatementOutcome.Maybe, null),
            "error" => new StatementRecord(line, sql, StatementOutcome.Error, rest.Length == 0 ? null : rest),
            _ => throw new LogicFormatException(line, $"A statement is ok or an error, not '{expected}'."),
        };
    }

    private QueryRecord Query(int line, string[] words)
    {
        string sql = Sql(out bool hasResult);
        LogicSort sort = words.Skip(2).FirstOrDefault(w => w is "nosort" or "rowsort" or "valuesort") switch { "rowsort" => LogicSort.Rows, "valuesort" => LogicSort.Values, _ => LogicSort.None };
        string? label = words.Skip(2).FirstOrDefault(w => w is not ("nosort" or "rowsort" or "valuesort"));
        return new QueryRecord(line, sql, words.Length > 1 ? words[1] : string.Empty, sort, label, hasResult ? Block() : []);
    }

    /// <summary>The lines of a statement, up to the empty line behind it or to the result.</summary>
    private string Sql(out bool hasResult)
    {
        var sql = new List<string>();
        hasResult = false;
        while (_next < _lines.Length && _lines[_next].Trim().Length > 0)
        {
            string line = _lines[_next++];
            if (line.Trim() == "----")
            {
                hasResult = true;
                break;
            }

            sql.Add(line);
        }

        return string.Join('\n', sql);
    }

    private List<string> Block()
    {
        var block = new List<string>();
        while (_next < _lines.Length && _lines[_next].Trim().Length > 0)
        {
            block.Add(_lines[_next++]);
        }

        return block;
    }

    private static IEnumerable<string> Values(string word) => word switch
    {
        "<signed>" => SignedTypes,
        "<unsigned>" => UnsignedTypes,
        "<integral>" => [.. SignedTypes, .. UnsignedTypes],
        "<numeric>" => [.. SignedTypes, .. UnsignedTypes, "FLOAT", "DOUBLE"],
        _ => [word],
    };

    private static string Rest(string text, int words)
    {
        for (; words > 0; words--)
        {
            int at = text.IndexOfAny([' ', '\t']);
            text = at < 0 ? string.Empty : text[at..].Trim();
        }

        return text;
    }
}
