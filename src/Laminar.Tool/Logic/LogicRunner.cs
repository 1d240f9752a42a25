using System.Text.RegularExpressions;

namespace Laminar.Tool.Logic;

/// <summary>Something that isn't as a file says.</summary>
/// <param name="Line">Where the record begins.</param>
/// <param name="Message">What is wrong.</param>
internal sealed record LogicFailure(int Line, string Message);

/// <summary>What a file has come to.</summary>
internal sealed class LogicReport
{
    /// <summary>Records that were as expected.</summary>
    public int Passed { get; set; }

    /// <summary>Records that weren't run.</summary>
    public int Skipped { get; set; }

    /// <summary>Why the rest of the file wasn't run; null: it was.</summary>
    public string? Ended { get; set; }

    public List<LogicFailure> Failures { get; } = [];
}

/// <summary>Runs sqllogictest files, each in a fresh database in memory.</summary>
internal sealed class LogicRunner
{
    /// <summary>What skipif and onlyif call it.</summary>
    private const string Engine = "laminar";

    private readonly LaminarDatabase _db;
    private readonly Regex? _ignored;
    private readonly LogicReport _report = new();
    private readonly Dictionary<string, string> _labels = [];
    private readonly Dictionary<string, string> _variables = [];

    private LogicRunner(LaminarDatabase db, Regex? ignored)
    {
        _db = db;
        _ignored = ignored;
    }

    /// <param name="text">The file.</param>
    /// <param name="ignored">Statements that aren't run, and count as skipped; null: none.</param>
    /// <param name="cancel">Looked at before each record.</param>
    public static async Task<LogicReport> RunAsync(string text, Regex? ignored, CancellationToken cancel)
    {
        await using LaminarDatabase db = LaminarDatabase.Open();
        var runner = new LogicRunner(db, ignored);
        try
        {
            await runner.RunAsync(LogicParser.Parse(text), cancel);
        }
        catch (LogicFormatException error)
        {
            runner._report.Failures.Add(new LogicFailure(error.Line, error.Message));
        }

        return runner._report;
    }

    private async Task RunAsync(IReadOnlyList<LogicRecord> records, CancellationToken cancel)
    {
        foreach (LogicRecord record in records)
        {
            cancel.ThrowIfCancellationRequested();
            if (_report.Ended is not null)
            {
                return;
            }

            if (record.SkipIf.Contains(Engine, StringComparer.OrdinalIgnoreCase) || (record.OnlyIf.Count > 0 && !record.OnlyIf.Contains(Engine, StringComparer.OrdinalIgnoreCase)))
            {
                _report.Skipped++;
                continue;
            }

            switch (record)
            {
                case HaltRecord:
                    _report.Ended = "halt";
                    break;
                case RequireRecord require:
                    _report.Ended = "require " + require.What;
                    break;
                case LoopRecord loop:
                    foreach (string value in loop.Values)
                    {
                        _variables[loop.Variable] = value;
                        await RunAsync(loop.Body, cancel);
                    }

                    _variables.Remove(loop.Variable);
                    break;
                case StatementRecord statement:
                    await Count(statement, statement.Sql, () => RunAsync(statement, cancel));
                    break;
                case QueryRecord query:
                    await Count(query, query.Sql, () => RunAsync(query, cancel));
                    break;
            }
        }
    }

    private async Task Count(LogicRecord record, string sql, Func<Task<string?>> run)
    {
        if (_ignored?.IsMatch(sql) == true)
        {
            _report.Skipped++;
        }
        else if (await run() is { } wrong)
        {
            _report.Failures.Add(new LogicFailure(record.Line, wrong));
        }
        else
        {
            _report.Passed++;
        }
    }

    private async Task<string?> RunAsync(StatementRecord statement, CancellationToken cancel)
    {
        try
        {
            await _db.ExecuteAsync(Filled(statement.Sql), cancel);
            return statement.Expected == StatementOutcome.Error ? "It works, and should fail: " + OneLine(statement.Sql) : null;
        }
        catch (LaminarException error)
        {
            return statement.Expected == StatementOutcome.Ok ? $"{error.Message}"
                : statement.Message is { } pattern && !IsMatch(error.Message, Filled(pattern)) ? $"It fails otherwise than with '{pattern}': {error.Message}"
                : null;
        }
    }

    private async Task<string?> RunAsync(QueryRecord query, CancellationToken cancel)
    {
        try
        {
            string[][] rows = LogicValues.Of(await _db.QueryAsync(Filled(query.Sql), cancellationToken: cancel));
            if (query.Types.Length > 0 && rows.Length > 0 && rows[0].Length != query.Types.Length)
            {
                return $"{rows[0].Length} columns come out, not {query.Types.Length} ({query.Types}).";
            }

            if (query.Label is { } label)
            {
                string hash = LogicValues.HashOf(rows, query.Sort);
                if (_labels.TryGetValue(label, out string? other) && other != hash)
                {
                    return $"The result isn't that of the query before with the label {label}.";
                }

                _labels[label] = hash;
            }

            // Under a label the result may stand at the first query only.
            return query.Label is not null && query.Expected.Count == 0 && rows.Length > 0 ? null : LogicValues.Difference(query with { Expected = [.. query.Expected.Select(Filled)] }, rows);
        }
        catch (LaminarException error)
        {
            return error.Message;
        }
    }

    private static bool IsMatch(string message, string pattern)
    {
        try
        {
            return Regex.IsMatch(message, pattern, RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        }
        catch (RegexParseException)
        {
            // Some write the text itself.
            return message.Contains(pattern, StringComparison.Ordinal);
        }
    }

    private string Filled(string text) => _variables.Aggregate(text, (filled, variable) => filled.Replace("${" + variable.Key + "}", variable.Value, StringComparison.Ordinal));

    private static string OneLine(string sql) => string.Join(' ', sql.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
