using Laminar.Sql.Syntax;

namespace Laminar.Tool.Commands;

/// <summary>Scripts and the variables in them.</summary>
internal static class Scripts
{
    /// <summary>The text of a file, or of stdin for <c>-</c>.</summary>
    public static async Task<string> ReadAsync(string path, CancellationToken cancellationToken) =>
        path == "-" ? await Console.In.ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(path, cancellationToken);

    /// <summary>What <c>--var NAME=VALUE</c> says.</summary>
    /// <exception cref="LaminarException">Without an equals sign.</exception>
    public static void Set(IDictionary<string, string> variables, IEnumerable<string> given)
    {
        foreach (string one in given)
        {
            int at = one.IndexOf('=');
            if (at <= 0)
            {
                throw new LaminarException($"--var {one} isn't NAME=VALUE.");
            }

            variables[one[..at]] = one[(at + 1)..];
        }
    }

    /// <summary>What a compiler prints, so that editors find the place.</summary>
    public static string Line(string file, SqlError found) => $"{(file == "-" ? "stdin" : file)}:{found.Line}:{found.Column}: {(found.IsError ? "error" : "warning")} {found.Id}: {found.Message}";

    /// <summary>The statements up to the last that makes something, and those behind it, each at its own place.</summary>
    public static (string Before, string After) Split(string sql)
    {
        int end = SqlParser.ParseScript(sql).Root.Statements
            .Where(s => s is not (QueryStatement or ShowStatement or DescribeStatement or ExplainStatement)).Select(s => s.Span.End).DefaultIfEmpty(0).Max();
        return end == 0 ? (sql, string.Empty) : (sql[..end], new string([.. sql[..end].Select(c => c is '\n' or '\r' ? c : ' ')]) + sql[end..].TrimStart(';'));
    }
}
