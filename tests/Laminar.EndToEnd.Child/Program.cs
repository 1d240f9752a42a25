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
    options.Variables["OUT"] = Path.Combine(folder, "out");
    Console.WriteLine("started");
    await FilePipeline.RunAsync(options);
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
