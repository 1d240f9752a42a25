using System.Buffers;
using Laminar;
using NUnit.Framework;

namespace Laminar.EndToEnd.Tests.ApiPage;

// The public surface as its design page writes it: this file compiling is half of the test.

[StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
public readonly partial record struct Trade(string Symbol, double Price, long Volume, DateTime Ts);

[StreamQuery("""
    SELECT symbol, window_start, window_end, SUM(price * volume) / SUM(volume) AS vwap, COUNT(*) AS trades
    FROM trades
    GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)
    """)]
public sealed partial class Vwap;

[StreamPipeline("""
    CREATE SOURCE cars (car_id BIGINT NOT NULL, speed DOUBLE, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
        WITH (connector = 'file', format = 'json', path = '${CARS_FILE}');
    CREATE STREAM fast AS SELECT car_id, COUNT(*) AS n, window_end FROM cars WHERE speed > 100 GROUP BY car_id, TUMBLE(ts, INTERVAL '1' MINUTE);
    CREATE SINK fast_file WITH (connector = 'file', format = 'json', path = '${OUT_FILE}') AS SELECT * FROM fast;
    """)]
public static partial class CarPipeline;

public sealed class ApiPageTests
{
    private static readonly DateTime T = new(2026, 1, 1, 9, 30, 0, DateTimeKind.Utc);

    private struct Collect : ISink<Vwap.Row>
    {
        public List<Vwap.Row> Rows;

        public void Emit(in Vwap.Row row) => (Rows ??= []).Add(row);
    }

    [Test]
    public void A_query_by_itself()
    {
        using var vwap = Vwap.Create(new Collect());
        vwap.Push(new Trade("A", 10, 100, T));
        Trade[] rows = [new("A", 20, 300, T.AddSeconds(10)), new("B", 5, 1, T.AddSeconds(20))];
        vwap.Push(rows);
        vwap.Push(rows.AsSpan(1));
        vwap.AdvanceWatermark(T.AddMinutes(1));
        ref Collect sink = ref vwap.Sink;
        Assert.That(sink.Rows, Is.EqualTo(new[]
        {
            new Vwap.Row("A", T, T.AddMinutes(1), 17.5, 2),
            new Vwap.Row("B", T, T.AddMinutes(1), 5, 2),
        }));

        vwap.Push(new Trade("A", 1, 1, T.AddMinutes(2)));
        vwap.Complete();
        Assert.That(vwap.Sink.Rows, Has.Count.EqualTo(3));
        Assert.That(Vwap.Info.Sql, Does.Contain("TUMBLE"));
        Assert.That(Vwap.Info.Plan, Does.Contain("trades"));
        Assert.That(Vwap.Info.OutputSchema.FieldsList.Select(f => f.Name), Is.EqualTo(new[] { "symbol", "window_start", "window_end", "vwap", "trades" }));
        Assert.That(Vwap.Info.StateFingerprint, Is.Not.Empty);
    }

    [Test]
    public void Its_state_moves_to_another_instance()
    {
        var first = new List<Vwap.Row>();
        var state = new ArrayBufferWriter<byte>();
        using (var vwap = Vwap.Create(first.Add))
        {
            vwap.Push(new Trade("A", 10, 100, T));
            vwap.Snapshot(state);
        }

        using var restored = Vwap.Restore(new ReadOnlySequence<byte>(state.WrittenMemory), new Collect());
        restored.Push(new Trade("A", 30, 100, T.AddSeconds(1)));
        restored.Complete();
        Assert.That(first, Is.Empty);
        Assert.That(restored.Sink.Rows, Is.EqualTo(new[] { new Vwap.Row("A", T, T.AddMinutes(1), 20, 2) }));
    }

    [Test]
    public async Task On_cores()
    {
        using var cancel = new CancellationTokenSource();
        CancellationToken ct = cancel.Token;
        string state = Directory.CreateTempSubdirectory("laminar-api-").FullName;
        await using (var laminar = LaminarRuntime.Create(new LaminarOptions
        { Cores = 2, DataDirectory = state, CheckpointInterval = TimeSpan.FromSeconds(10) }))
        {
            SourceHandle<Trade> trades = laminar.AddSource<Trade>();
            QueryHandle<Vwap.Row> vwap = Vwap.AddTo(laminar);
            await laminar.StartAsync(ct);
            Trade[] batch = [new("A", 10, 100, T), new("A", 20, 300, T.AddSeconds(10))];
            await trades.PushAsync(batch, ct);
            await trades.FlushAsync(ct);
            trades.Complete();
            var rows = new List<Vwap.Row>();
            await foreach (Vwap.Row row in vwap.ReadAllAsync(ct))
            {
                rows.Add(row);
            }

            Assert.That(rows, Is.EqualTo(new[] { new Vwap.Row("A", T, T.AddMinutes(1), 17.5, 2) }));
            await laminar.CheckpointAsync(ct);
            await laminar.StopAsync(ct);
        }

        Directory.Delete(state, recursive: true);
    }

    [Test]
    public async Task A_pipeline_from_file_to_file()
    {
        string folder = Directory.CreateTempSubdirectory("laminar-cars-").FullName;
        string cars = Path.Combine(folder, "cars.json"), output = Path.Combine(folder, "fast.json");
        await File.WriteAllTextAsync(cars, """
            {"car_id":1,"speed":120.5,"ts":"2026-01-01T09:30:00Z"}
            {"car_id":2,"speed":99,"ts":"2026-01-01T09:30:01Z"}
            {"car_id":1,"speed":101,"ts":"2026-01-01T09:30:02Z"}
            {"car_id":3,"speed":null,"ts":"2026-01-01T09:31:02Z"}
            """);
        var options = new LaminarOptions { Cores = 2 };
        options.Variables["CARS_FILE"] = cars;
        options.Variables["OUT_FILE"] = output;
        await CarPipeline.RunAsync(options, CancellationToken.None);
        Assert.That(await File.ReadAllLinesAsync(output), Is.EqualTo(new[] { """{"car_id":1,"n":2,"window_end":"2026-01-01T09:31:00Z"}""" }));
        Assert.That(typeof(CarPipeline.Cars).IsValueType && typeof(CarPipeline.Fast).IsValueType);
        Directory.Delete(folder, recursive: true);
    }
}
