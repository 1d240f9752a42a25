using System.Diagnostics;
using Flights;
using Flights.Queries;
using Flights.Report;
using Laminar;

if (args.Contains("--help") || args.Contains("-h"))
{
    Console.WriteLine("""
        Delays of 20,000 US flights, computed while they "depart": four SQL queries compiled at build time, run on two cores.

        Usage: flights [--input FILE] [--out DIRECTORY] [--cores N]

          --input FILE      JSON Lines with departure, delay, distance, origin, destination (default: the data beside the program)
          --out DIRECTORY   where results and report.html go (default: out)
          --cores N         threads to run on (default: 2)
        """);
    return 0;
}

string Option(string name, string fallback) => Array.IndexOf(args, name) is >= 0 and int i && i + 1 < args.Length ? args[i + 1] : fallback;

string input = Option("--input", Path.Combine(AppContext.BaseDirectory, "data", "flights.jsonl"));
string output = Path.GetFullPath(Option("--out", "out"));
if (!int.TryParse(Option("--cores", "2"), out int cores) || cores < 1)
{
    Console.Error.WriteLine("--cores takes a whole number from 1.");
    return 2;
}

if (!File.Exists(input))
{
    Console.Error.WriteLine($"There is no file {input}. Give one with --input.");
    return 2;
}

Directory.CreateDirectory(output);
var clock = Stopwatch.StartNew();

await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores });
laminar.AddSource(new FileSource<Flight>(new FileSourceOptions { Path = input, Format = FileFormat.Json }));

QueryHandle<AirportHour.Row> hours = AirportHour.AddTo(laminar).To(ToFile<AirportHour.Row>("airport-hours.jsonl"));
QueryHandle<OnTime.Row> onTime = OnTime.AddTo(laminar).To(ToFile<OnTime.Row>("on-time.jsonl"));
QueryHandle<BusyRoute.Row> routes = BusyRoute.AddTo(laminar).To(ToFile<BusyRoute.Row>("busy-routes.jsonl"));
QueryHandle<BadHour.Row> badHours = BadHour.AddTo(laminar).To(ToFile<BadHour.Row>("bad-hours.jsonl"));

var report = new FlightReport();
await laminar.StartAsync();
await Task.WhenAll(
    Read(hours, report.Add),
    Read(onTime, row =>
    {
        report.Add(row);
        Console.WriteLine($"{row.Day.AddDays(-7):yyyy-MM-dd} to {row.Day:yyyy-MM-dd}  {row.Flights,6:N0} flights  {row.OnTimePercent,5:F1} % on time  {Bar(row.OnTimePercent)}");
    }),
    Read(routes, report.Add),
    Read(badHours, report.Add),
    Progress(),
    laminar.WaitForCompletionAsync());

string page = Path.Combine(output, "report.html");
await File.WriteAllTextAsync(page, report.ToHtml());

Console.WriteLine();
Console.WriteLine("Busiest routes by departures in a week:");
foreach (BusyRoute.Row row in report.BusiestRoutes(8))
{
    Console.WriteLine($"  {row.Route}  week of {row.Week:yyyy-MM-dd}  {row.Flights,3} flights  {row.AvgDelay,6:F1} min late on average  {row.Miles,5} miles");
}

Console.WriteLine();
Console.WriteLine($"{hours.Statistics.RowsIn:N0} flights in, {hours.Statistics.RowsOut + onTime.Statistics.RowsOut + routes.Statistics.RowsOut + badHours.Statistics.RowsOut:N0} rows out, {hours.Statistics.LateRows} late, on {cores} core(s) in {clock.Elapsed.TotalSeconds:F2} s.");
Console.WriteLine($"Results: {output}   Picture: {page}");
return 0;

IAppendSink<TRow> ToFile<TRow>(string name)
    where TRow : IStreamRow<TRow>, IAppendRow =>
    FileSink.Append<TRow>(new FileSinkOptions { Path = Path.Combine(output, name), Format = FileFormat.Json });

static async Task Read<TRow>(QueryHandle<TRow> query, Action<TRow> take)
    where TRow : IStreamRow<TRow>
{
    await foreach (TRow row in query.ReadAllAsync())
    {
        take(row);
    }
}

// Progress goes to stderr, so that stdout stays the result.
async Task Progress()
{
    Task done = laminar.WaitForCompletionAsync();
    while (await Task.WhenAny(done, Task.Delay(200)) != done)
    {
        Console.Error.WriteLine($"  ... {hours.Statistics.RowsIn:N0} flights read");
    }
}

static string Bar(double percent) => new('#', (int)Math.Round(percent / 2.5));
