using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using Laminar;

namespace Shop;

/// <summary>A query by itself, on cores with a data directory, into Arrow and back, and a pipeline from file to files: in a folder of its own, given as argument.</summary>
public static class Program
{
    private static readonly DateTime Nine = new(2026, 1, 1, 9, 0, 0, DateTimeKind.Utc);

    private static readonly Trade[] Trades =
    [
        new("A", 10, 1, Nine), new("A", 20, 3, Nine.AddSeconds(10)), new("B", 5, 2, Nine.AddSeconds(15)), new("A", 8, 1, Nine.AddSeconds(70)),
    ];

    public static async Task Main(string[] args)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        string folder = args[0];
        Directory.CreateDirectory(folder);
        ByItself();
        await OnCores(folder);
        await FromFileToFiles(folder);
    }

    private static void ByItself()
    {
        using var vwap = Vwap.Create((Vwap.Row row) => Console.WriteLine(row));
        vwap.Push(Trades);
        vwap.Complete();
    }

    private static async Task OnCores(string folder)
    {
        string arrow = Path.Combine(folder, "bursts.arrow");
        await using (var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = 2, DataDirectory = Path.Combine(folder, "state") }))
        {
            SourceHandle<Trade> trades = laminar.AddSource<Trade>();
            Bursts.AddTo(laminar).To(FileSink.Append<Bursts.Row>(new FileSinkOptions { Path = arrow }));
            await laminar.StartAsync();
            await trades.PushAsync(Trades);
            trades.Complete();
            await laminar.WaitForCompletionAsync();
        }

        var last = new List<string>();
        using var reader = new Apache.Arrow.Ipc.ArrowFileReader(File.OpenRead(arrow));
        while (await reader.ReadNextRecordBatchAsync() is { } batch)
        {
            for (int row = 0; row < batch.Length; row++)
            {
                last.Add($"{((Apache.Arrow.StringArray)batch.Column("symbol")).GetString(row)} {((Apache.Arrow.DoubleArray)batch.Column("last")).GetValue(row)}");
            }
        }

        // Two cores: rows of different keys come in any order.
        last.Sort(StringComparer.Ordinal);
        last.ForEach(Console.WriteLine);
    }

    private static async Task FromFileToFiles(string folder)
    {
        var options = new LaminarOptions { Cores = 1 };
        options.Variables["CARS_FILE"] = Path.Combine(folder, "cars.jsonl");
        options.Variables["FAST_FILE"] = Path.Combine(folder, "fast.csv");
        options.Variables["CAR_FILE"] = Path.Combine(folder, "cars-per-minute.jsonl");
        File.WriteAllText(options.Variables["CARS_FILE"], """
            {"car_id":1,"plate":"ab-12","speed":120.5,"tags":["red","old"],"ts":"2026-01-01T09:00:30Z"}
            {"car_id":1,"plate":"ab-12","speed":130,"tags":["red"],"ts":"2026-01-01T09:00:40Z"}
            {"car_id":2,"plate":"cd-34","speed":90,"tags":[],"ts":"2026-01-01T09:00:41Z"}

            """);
        await CarPipeline.RunAsync(options);
        Console.Write(File.ReadAllText(options.Variables["FAST_FILE"]));
        Console.Write(File.ReadAllText(options.Variables["CAR_FILE"]));
    }
}
