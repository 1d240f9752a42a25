using Apache.Arrow;

namespace Laminar.Tool.Commands;

/// <summary>A line on stderr every second, where somebody looks at it, and one at the end: rows of each source.</summary>
internal sealed class Progress : IDisposable
{
    private readonly LaminarDatabase _db;
    private readonly ITimer? _timer;

    public Progress(LaminarDatabase db)
    {
        _db = db;
        _timer = Console.IsErrorRedirected ? null : TimeProvider.System.CreateTimer(_ => Console.Error.Write("\r" + Line()), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
    }

    public void Dispose()
    {
        _timer?.Dispose();
        Console.Error.WriteLine((_timer is null ? string.Empty : "\r") + Line());
    }

    private string Line()
    {
        RecordBatch sources = _db.QueryAsync("SHOW SOURCES").GetAwaiter().GetResult();
        var names = (StringArray)sources.Column("name");
        var rows = (Int64Array)sources.Column("rows_in");
        var errors = (Int64Array)sources.Column("error_rows");
        return string.Join(", ", Enumerable.Range(0, sources.Length).Select(i => $"{names.GetString(i)}: {rows.GetValue(i):N0} rows{(errors.GetValue(i) > 0 ? $", {errors.GetValue(i):N0} skipped" : string.Empty)}"));
    }
}
