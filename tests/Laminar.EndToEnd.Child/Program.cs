using System.Globalization;
using Laminar;
using Laminar.EndToEnd.Child;

// Usage: child (files|orders) CORES WORK_FOLDER [ORDERS]
// Runs to the end of its input, or until it is killed; run again on the same folder it goes on where its last checkpoint was.
string scenario = args[0];
string folder = args[2];
var options = new LaminarOptions
{
    Cores = int.Parse(args[1], CultureInfo.InvariantCulture),
    DataDirectory = Path.Combine(folder, "state"),
    CheckpointInterval = TimeSpan.FromMilliseconds(20),
};
Directory.CreateDirectory(Path.Combine(folder, "out"));

if (scenario == "files")
{
    options.Variables["READINGS"] = Path.Combine(folder, "readings.jsonl");
    options.Variables["DOORS"] = Path.Combine(folder, "doors.csv");
    options.Variables["SENSORS"] = Path.Combine(folder, "sensors.csv");
    options.Variables["ACCOUNTS"] = Path.Combine(folder, "accounts.jsonl");
    options.Variables["OUT"] = Path.Combine(folder, "out");
    await using var files = LaminarRuntime.Create(options);
    FilePipeline.AddTo(files);
    KeyedQueryHandle<FilePipeline.KeptSensors, string> sensors = FilePipeline.KeptSensorsQuery.AddTo(files);
    KeyedQueryHandle<FilePipeline.KeptHours, (string Sensor, DateTime WindowEnd)> hours = FilePipeline.KeptHoursQuery.AddTo(files);
    QueryHandle<FilePipeline.KeptRooms> rooms = FilePipeline.KeptRoomsQuery.AddTo(files);
    QueryHandle<FilePipeline.KeptLatest> latest = FilePipeline.KeptLatestQuery.AddTo(files);
    QueryHandle<FilePipeline.KeptSizes> sizes = FilePipeline.KeptSizesQuery.AddTo(files);
    QueryHandle<FilePipeline.KeptPairs> pairs = FilePipeline.KeptPairsQuery.AddTo(files);
    QueryHandle<FilePipeline.KeptQuiet> quiet = FilePipeline.KeptQuietQuery.AddTo(files);
    await files.StartAsync();
    Console.WriteLine("started");
    await files.WaitForCompletionAsync();
    IEnumerable<string> kept = sensors.Scan(committed: true).Select(row => $"{sensors.Lookup(row.Sensor, committed: true).Single() with { Kind = RowKind.Insert }}")
        .Concat(rooms.Scan(committed: true).Select(row => $"{row with { Kind = RowKind.Insert }}"))
        .Concat(latest.Scan(committed: true).Select(row => $"{row with { Kind = RowKind.Insert }}"))
        .Concat(sizes.Scan(committed: true).Select(row => $"{row with { Kind = RowKind.Insert }}"))
        .Concat(pairs.Scan(committed: true).Select(row => $"{row with { Kind = RowKind.Insert }}"))
        .Concat(quiet.Scan(committed: true).Select(row => $"{row with { Kind = RowKind.Insert }}"))
        .Concat(hours.Scan(committed: true).Select(row => $"{hours.Lookup((row.Sensor, row.WindowEnd), committed: true).Single()}"));
    File.WriteAllLines(Path.Combine(folder, "out", "views.jsonl"), kept.Order(StringComparer.Ordinal));
    return 0;
}

long count = long.Parse(args[3], CultureInfo.InvariantCulture);
await using var laminar = LaminarRuntime.Create(options);
SourceHandle<Order> orders = laminar.AddSource<Order>();
OrdersByCustomer.AddTo(laminar).To(FileSink.Append<OrdersByCustomer.Row>(new FileSinkOptions { Path = Path.Combine(folder, "out", "customers.jsonl") }));
CouponChanges.AddTo(laminar).To(FileSink.Changelog<CouponChanges.Row>(new FileSinkOptions { Path = Path.Combine(folder, "out", "coupons.jsonl") }));
await laminar.StartAsync();
Console.WriteLine("started");

var batch = new Order[64];
for (long next = orders.DurableRows; next < count;)
{
    int rows = (int)Math.Min(batch.Length, count - next);
    for (int i = 0; i < rows; i++)
    {
        batch[i] = Order.At(next + i);
    }

    await orders.PushAsync(batch.AsMemory(0, rows));
    next += rows;
}

orders.Complete();
await laminar.WaitForCompletionAsync();
return 0;
