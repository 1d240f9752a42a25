using System.Globalization;
using Laminar;
using Laminar.Execution;
using Laminar.Runtime.Tests.Child;
using Laminar.Runtime.Tests.Support;

// Arguments: folder, cores, seed. Writes its input file once, then runs two sources through keyed windows into two folders, resuming where
// a former life of it stopped. A line on stdout per step tells the parent that it may kill now.
string folder = args[0];
int cores = int.Parse(args[1], CultureInfo.InvariantCulture);
int seed = int.Parse(args[2], CultureInfo.InvariantCulture);
const int PushedRows = 60_000;
const int ReadRows = 100_000;
const int Chunk = 500;

Directory.CreateDirectory(folder);
string input = Path.Combine(folder, "input.jsonl");
if (!File.Exists(input))
{
    string draft = input + ".draft";
    File.WriteAllLines(draft, Event.Make(seed ^ 1, ReadRows).Select(e => $$"""{"key":{{e.Key}},"value":{{e.Value}},"ts":{{e.Ts}}}"""));
    File.Move(draft, input, overwrite: true);
}

await using LaminarRuntime runtime = LaminarRuntime.Create(new LaminarOptions
{
    Cores = cores,
    DataDirectory = Path.Combine(folder, "state"),
    CheckpointInterval = TimeSpan.FromMilliseconds(15),
    PinThreads = false,
    RingRows = 4096,
});
SourceHandle<Event> source = runtime.AddSource<Event>(new SourceOptions { Partitions = 2 });
runtime.AddSource(new FileSource<Reading>(new FileSourceOptions { Path = input }));
runtime.AddQuery(TestQueries.TwoPhase("pushed")).To(Sink("pushed"));
runtime.AddQuery(new TestQuery<Tally>("read", g => g.Stage(
    g.Stage(g.Source<Reading>(), new TestStage<Reading, Event>("convert", Routing.Local, null, o => new ReadingToEvent(o), "")),
    new TestStage<Event, Tally>("aggregate", Routing.ByKey, r => r.Key, o => new EventTally(o, TestQueries.Size), "tally/1")))).To(Sink("read"));
await runtime.StartAsync();
Console.WriteLine("started");

Event[] rows = Event.Make(seed, PushedRows);
Event[][] parts = [[.. rows.Where((_, i) => i % 2 == 0)], [.. rows.Where((_, i) => i % 2 == 1)]];
int[] at = [(int)source.GetDurableRows(0), (int)source.GetDurableRows(1)];
while (at[0] < parts[0].Length || at[1] < parts[1].Length)
{
    for (int p = 0; p < 2; p++)
    {
        int count = Math.Min(Chunk, parts[p].Length - at[p]);
        await source.PushAsync(parts[p].AsMemory(at[p], count), p);
        at[p] += count;
    }

    if (at[0] / Chunk % 4 == 0)
    {
        await source.FlushAsync();
    }

    Console.WriteLine("pushed");
}

source.Complete();
Console.WriteLine("complete");
await runtime.WaitForCompletionAsync();
await runtime.StopAsync();

FileAppendSink<Tally> Sink(string name) => new(new FileSinkOptions { Path = Path.Combine(folder, name) + "/", Format = FileFormat.Json });
