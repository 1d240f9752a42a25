using System.Globalization;
using System.Text;

namespace Laminar.Corpus.Tests.Corpus;

/// <summary>Reads the cases of a corpus file.</summary>
internal static class CorpusFile
{
    public static string Folder { get; } = Find();

    /// <summary>Those of one file only, where <c>LAMINAR_CORPUS</c> names it: the cases of all files are compiled at once, which takes minutes.</summary>
    public static IEnumerable<CorpusCase> All() =>
        Directory.EnumerateFiles(Folder, (Environment.GetEnvironmentVariable("LAMINAR_CORPUS") ?? "*") + ".corpus").Order(StringComparer.Ordinal).SelectMany(f => Read(f, File.ReadAllLines(f)));

    public static IReadOnlyList<CorpusCase> Read(string file, IReadOnlyList<string> lines)
    {
        var cases = new List<CorpusCase>();
        var preamble = new StringBuilder();
        CorpusCase? current = null;
        var sql = new StringBuilder();
        Action<string>? section = null;
        for (int i = 0; i <= lines.Count; i++)
        {
            string line = i < lines.Count ? lines[i] : "=== end";
            if (line.StartsWith("=== ", StringComparison.Ordinal))
            {
                EndSql(current, sql);
                current = new CorpusCase { File = file, Title = line[4..].Trim(), Sources = preamble.ToString() };
                cases.Add(current);
                section = null;
            }
            else if (current is null)
            {
                preamble.AppendLine(line.StartsWith('#') ? string.Empty : line);
            }
            else if (line.StartsWith("--", StringComparison.Ordinal))
            {
                EndSql(current, sql);
                section = Section(current, line, sql, file, i + 1);
            }
            else if (section is not null)
            {
                section(line);
            }
            else if (line.Trim().Length > 0 && !line.StartsWith('#'))
            {
                throw new FormatException($"{file}({i + 1}): a section has to begin here: {line}");
            }
        }

        cases.RemoveAt(cases.Count - 1);
        return cases;
    }

    private static Action<string> Section(CorpusCase current, string line, StringBuilder sql, string file, int number)
    {
        string[] words = line[2..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words[0])
        {
            case "rows":
                return text => AddRow(current.Rows, text);
            case "query":
                sql.Clear();
                current.Queries.Add((words.Length > 1 ? words[1] : "result", string.Empty));
                return text => sql.Append(text).Append('\n');
            case "expect":
                for (int i = 1; i < words.Length; i++)
                {
                    switch (words[i])
                    {
                        case "late":
                            current.Late = long.Parse(words[++i], CultureInfo.InvariantCulture);
                            break;
                        case "errors":
                            current.Errors = long.Parse(words[++i], CultureInfo.InvariantCulture);
                            break;
                        case "skips":
                            current.Skips = long.Parse(words[++i], CultureInfo.InvariantCulture);
                            break;
                        case "fails":
                            current.Fails = string.Join(' ', words.Skip(i + 1));
                            i = words.Length;
                            break;
                        default:
                            throw new FormatException($"{file}({number}): unknown word {words[i]}");
                    }
                }

                return text => AddRow(current.Expected, text);
            case "duckdb":
                if (words.Length > 1 && words[1] == "none")
                {
                    current.NoDuckDb = string.Join(' ', words.Skip(2));
                    return _ => { };
                }

                current.DuckDb = string.Empty;
                return text => current.DuckDb += text + "\n";
            default:
                if (words[0].StartsWith("fail=", StringComparison.Ordinal))
                {
                    current.CompileError = $"{words[0][5..]} {words[1]}";
                    return _ => { };
                }

                throw new FormatException($"{file}({number}): unknown section {line}");
        }
    }

    private static void AddRow(List<string> rows, string text)
    {
        if (text.Trim().Length > 0 && !text.StartsWith('#'))
        {
            rows.Add(text);
        }
    }

    private static void EndSql(CorpusCase? current, StringBuilder sql)
    {
        if (current is { Queries.Count: > 0 } && sql.Length > 0)
        {
            current.Queries[^1] = (current.Queries[^1].Name, sql.ToString().TrimEnd('\n', ' '));
            sql.Clear();
        }
    }

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !Directory.Exists(Path.Combine(folder, "tests", "corpus")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder ?? throw new DirectoryNotFoundException("tests/corpus"), "tests", "corpus");
    }
}
