using System.Diagnostics;
using System.Globalization;
using Laminar.Storage;
using Laminar.Storage.Bench;

// Usage: Laminar.Storage.Bench [folder]. Interleaved rounds; figures are per batch, in microseconds.
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string root = args.Length > 0 ? args[0] : Path.GetTempPath();
Console.WriteLine($"{Environment.ProcessorCount} processors, Linux {Environment.OSVersion.Version}, .NET {Environment.Version}, folder {root}");
Console.WriteLine("batch      what                                   median     p99   ratio to bare");
foreach ((int bytes, int rounds, int perRound) in new[] { (64, 7, 300), (64 << 10, 7, 200), (1 << 20, 7, 60) })
{
    string folder = Directory.CreateDirectory(Path.Combine(root, "laminar-wal-bench-" + bytes)).FullName;
    byte[] batch = new byte[bytes];
    new Random(1).NextBytes(batch);
    int total = rounds * perRound;
    var samples = new Dictionary<string, List<double>>();
    await using (StateStore uring = Open("uring", true))
    await using (StateStore portable = Open("portable", false))
    await using (StateStore stream = Open("stream", true))
    using (var bare = new BareLoop(folder, bytes, (long)bytes * (total + perRound)))
    {
        for (int round = -1; round < rounds; round++)
        {
            Measure("bare io_uring write+fdatasync loop", round, () => bare.Append(batch));
            Measure("log (io_uring), each batch awaited", round, () => AppendAwaited(uring.Wal[0]));
            Measure("log (positional), each batch awaited", round, () => AppendAwaited(portable.Wal[0]));
            Stream(stream.Wal[0], round);
        }

        Console.WriteLine($"           ({stream.Wal[0].Writes} writes for {total + perRound} streamed batches)");
    }

    double reference = Median(samples["bare io_uring write+fdatasync loop"]);
    foreach ((string what, List<double> values) in samples)
    {
        values.Sort();
        Console.WriteLine($"{bytes,9}  {what,-38} {Median(values),8:F1} {values[(int)(values.Count * 0.99)],8:F1} {Median(values) / reference,7:F2}");
    }

    Directory.Delete(folder, recursive: true);

    StateStore Open(string name, bool useUring) => StateStore.Open(new StateStoreOptions { Directory = Path.Combine(folder, name), UseIoUring = useUring });

    void Measure(string what, int round, Action append)
    {
        for (int i = 0; i < perRound; i++)
        {
            long start = Stopwatch.GetTimestamp();
            append();
            Add(what, round, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
    }

    // A producer that doesn't wait for each batch: what a core does. The time in the call, and the time per batch until all is durable.
    void Stream(WalWriter wal, int round)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int i = 0; i < perRound; i++)
        {
            while (true)
            {
                long start = Stopwatch.GetTimestamp();
                if (wal.TryAppendRows(Source.Instance, 0, 1, batch, out _))
                {
                    Add("log (io_uring), time in TryAppendRows", round, Stopwatch.GetElapsedTime(start).TotalMicroseconds);
                    break;
                }

                Thread.Yield();
            }
        }

        wal.WaitDurableAsync(wal.LastSequence).AsTask().GetAwaiter().GetResult();
        Add("log (io_uring), streamed until durable", round, Stopwatch.GetElapsedTime(begin).TotalMicroseconds / perRound);
    }

    void AppendAwaited(WalWriter wal)
    {
        long sequence;
        while (!wal.TryAppendRows(Source.Instance, 0, 1, batch, out sequence))
        {
            Thread.Yield();
        }

        ValueTask durable = wal.WaitDurableAsync(sequence);
        if (!durable.IsCompleted)
        {
            durable.AsTask().GetAwaiter().GetResult();
        }
    }

    void Add(string what, int round, double microseconds)
    {
        if (round >= 0)
        {
            if (!samples.TryGetValue(what, out List<double>? values))
            {
                samples.Add(what, values = []);
            }

            values.Add(microseconds);
        }
    }
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
