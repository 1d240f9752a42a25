using Laminar;
using NexmarkQueries.Running;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine(Settings.Usage);
    return 0;
}

Settings settings;
try
{
    settings = Settings.Parse(args);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    return 2;
}

if (settings.Plans)
{
    foreach (NexmarkQuery query in settings.Queries)
    {
        Console.WriteLine($"{query.Name}\n{query.Info.Sql}\n\n{query.Info.Plan}\n");
    }

    return 0;
}

if (settings.Output is { } folder)
{
    Directory.CreateDirectory(folder);
}

if (settings.Together)
{
    Print(await Run.AllOfAsync(settings.Queries, settings));
}
else
{
    foreach (NexmarkQuery query in settings.Queries)
    {
        Print(await Run.AllOfAsync([query], settings));
    }
}

return 0;

void Print((IReadOnlyList<(string Name, QueryStatistics Counted)> Queries, double Seconds) run)
{
    foreach ((string name, QueryStatistics counted) in run.Queries)
    {
        Console.WriteLine($"  {name,-4} {counted.RowsIn,12:N0} rows in {counted.RowsOut,12:N0} out {counted.LateRows,6:N0} late {counted.StateBytes / 1024.0 / 1024,9:N1} MB of state at the end");
    }

    Console.WriteLine($"       {run.Seconds,6:F2} s, {settings.Events / run.Seconds,12:N0} events/s");
}
