using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Apache.Arrow;
using Laminar.Tool.Output;

namespace Laminar.Tool.Logic;

/// <summary>A result against the lines of a test.</summary>
internal static partial class LogicValues
{
    /// <summary>Rows of values as they are compared: NULL, times with a blank.</summary>
    public static string[][] Of(RecordBatch batch) => [.. Enumerable.Range(0, batch.Length).Select(row => batch.Arrays.Select(a => Text(a, row)).ToArray())];

    /// <summary>What is wrong with a result; null: nothing.</summary>
    /// <param name="query">The test.</param>
    /// <param name="rows">The result.</param>
    public static string? Difference(QueryRecord query, string[][] rows)
    {
        string[] actual = Sorted(rows, query.Sort);
        if (query.Expected is [var only] && HashLine().Match(only.Trim()) is { Success: true } hash)
        {
            int count = int.Parse(hash.Groups[1].Value, CultureInfo.InvariantCulture);
            return count != actual.Length ? $"{actual.Length:N0} values come out, not {count:N0}."
                : Hash(Sorted([.. rows.Select(r => r.Select((v, c) => AsSqlite(v, TypeOf(query, c))).ToArray())], query.Sort)) != hash.Groups[2].Value && Hash(actual) != hash.Groups[2].Value ? "The values have another hash."
                : null;
        }

        int width = rows.Length > 0 ? rows[0].Length : Math.Max(1, query.Types.Length);
        if (Split(query.Expected, width, rows.Length) is not { } wanted)
        {
            return $"{rows.Length:N0} rows of {width} columns come out; {query.Expected.Count:N0} lines are expected:\n{Shown(rows)}";
        }

        string[] expected = query.Sort == LogicSort.None ? [.. wanted.SelectMany(r => r)] : Sorted(wanted, query.Sort);
        for (int i = 0; i < expected.Length; i++)
        {
            // Values that are sorted one by one have lost their columns.
            if (!Same(expected[i], actual[i], query.Sort == LogicSort.Values ? ' ' : TypeOf(query, i % width)))
            {
                return $"Value {i + 1:N0} is '{actual[i]}', not '{expected[i]}':\n{Shown(rows)}";
            }
        }

        return null;
    }

    /// <summary>What tells one result from another: of queries with one label it is the same.</summary>
    public static string HashOf(string[][] rows, LogicSort sort) => Hash(Sorted(rows, sort));

    private static char TypeOf(QueryRecord query, int column) => column < query.Types.Length ? query.Types[column] : ' ';

    private static string Text(IArrowArray array, int row) => array switch
    {
        _ when array.IsNull(row) => "NULL",
        TimestampArray time => time.GetTimestamp(row)!.Value.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        _ => CellText.Of(array, row) is { Length: > 0 } text ? text : "(empty)",
    };

    private static string[] Sorted(string[][] rows, LogicSort sort) => sort switch
    {
        LogicSort.Rows => [.. rows.OrderBy(r => string.Join('\n', r), StringComparer.Ordinal).SelectMany(r => r)],
        LogicSort.Values => [.. rows.SelectMany(r => r).Order(StringComparer.Ordinal)],
        _ => [.. rows.SelectMany(r => r)],
    };

    /// <summary>Lines as rows: a value per line, or a row per line between tabs (or blanks); null when they are neither.</summary>
    private static string[][]? Split(IReadOnlyList<string> lines, int width, int rows)
    {
        if (lines.Count == rows * width && (width == 1 || lines.Count != rows))
        {
            return [.. lines.Select(l => l.Trim()).Chunk(width)];
        }

        if (lines.Count != rows)
        {
            return null;
        }

        string[][] byTab = [.. lines.Select(l => l.Split('\t').Select(v => v.Trim()).ToArray())];
        if (byTab.All(r => r.Length == width))
        {
            return byTab;
        }

        string[][] byBlank = [.. lines.Select(l => l.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];
        return byBlank.All(r => r.Length == width) ? byBlank : null;
    }

    private static bool Same(string expected, string actual, char type)
    {
        if (expected == actual)
        {
            return true;
        }

        if (expected.StartsWith("<REGEX>:", StringComparison.Ordinal))
        {
            return Regex.IsMatch(actual, expected["<REGEX>:".Length..], RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        }

        if (expected.StartsWith("<!REGEX>:", StringComparison.Ordinal))
        {
            return !Regex.IsMatch(actual, expected["<!REGEX>:".Length..], RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        }

        if (actual is "true" or "false")
        {
            return expected.ToLowerInvariant() is "true" or "t" or "1" ? actual == "true" : expected.ToLowerInvariant() is "false" or "f" or "0" && actual == "false";
        }

        // Text that looks like numbers is compared as text.
        return type != 'T' && Number(expected) is { } wanted && Number(actual) is { } given
            && (wanted.Equals(given) || Math.Abs(wanted - given) <= 1e-9 * Math.Max(Math.Abs(wanted), Math.Abs(given)) || (type == 'R' && AsSqlite(actual, 'R') == expected));
    }

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    /// <summary>As SQLite's runner prints a value before it hashes it: reals with three digits, what can't be printed as @.</summary>
    private static string AsSqlite(string value, char type) => value == "NULL" ? value : type switch
    {
        'R' when Number(value) is { } number => number.ToString("F3", CultureInfo.InvariantCulture),
        'I' when Number(value) is { } number && !long.TryParse(value, CultureInfo.InvariantCulture, out _) => ((long)number).ToString(CultureInfo.InvariantCulture),
        'T' => string.Concat(value.Select(c => c is < ' ' or > '~' ? '@' : c)),
        _ => value,
    };

    // The format says MD5: nothing is kept secret by it.
#pragma warning disable CA5351
    private static string Hash(IEnumerable<string> values) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(string.Concat(values.Select(v => v + "\n")))));
#pragma warning restore CA5351

    private static string Shown(string[][] rows) => string.Join('\n', rows.Take(10).Select(r => "    " + string.Join('\t', r))) + (rows.Length > 10 ? "\n    ..." : string.Empty);

    [GeneratedRegex("^([0-9]+) values hashing to ([0-9a-f]{32})$")]
    private static partial Regex HashLine();
}
