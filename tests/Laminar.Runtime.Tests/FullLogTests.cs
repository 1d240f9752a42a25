using System.Buffers;
using Laminar.Runtime.Cores;
using Laminar.Runtime.Epochs;
using Laminar.Runtime.Errors;
using Laminar.Runtime.Flow;
using Laminar.Runtime.Sources;
using Laminar.Runtime.Tests.Support;
using Laminar.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

/// <summary>A source whose rows can't be read again, and a log that takes no more.</summary>
public class FullLogTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("laminar-full-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test, CancelAfter(30_000)]
    public async Task The_last_barrier_waits_for_rows_that_were_read_and_not_logged(CancellationToken token)
    {
        var device = new HeldDevice(_folder);
        await using StateStore store = StateStore.Open(new StateStoreOptions { Directory = _folder, WalBufferBytes = 4096, Device = device });
        using HeldDevice.Opening opened = device.OpenAtLast();
        using var core = new Core(0, null, (_, _) => { }, NullLogger.Instance);
        var reader = new OnceSource();
        var task = new ConnectorSourceTask<Event>(Setup(core, store, new PartitionClock(1)), reader, NullLogger.Instance);

        // Each row takes three quarters of a buffer; the log has two, and no write ends. So the third row stays in hand.
        Until(() => reader.RowsRead == 3, task, token);
        var epoch = new Epoch(store.FirstEpoch, new EpochLayout(1, 0, 0, [0]), store);
        task.RequestBarrier(epoch, covering: true, last: true);
        for (int i = 0; i < 10; i++)
        {
            task.Step();
        }

        Assert.That(epoch.Prepared.IsCompleted, Is.False, "nothing but memory holds the third row");
        device.LetGo();
        Until(() => epoch.Prepared.IsCompleted, task, token);
        Assert.That((reader.RowsRead, epoch.Sources[0].Rows), Is.EqualTo((3, 3)), "no row is read behind the last barrier");
        Assert.That(store.Wal[0].LastSequence, Is.EqualTo(3));
    }

    [Test, CancelAfter(30_000)]
    public async Task A_partition_whose_watermark_waits_for_the_log_is_not_silent(CancellationToken token)
    {
        var device = new HeldDevice(_folder);
        await using StateStore store = StateStore.Open(new StateStoreOptions { Directory = _folder, WalBufferBytes = 4096, Device = device });
        using HeldDevice.Opening opened = device.OpenAtLast();
        using var core = new Core(0, null, (_, _) => { }, NullLogger.Instance);
        var time = new ManualTime();
        var clock = new PartitionClock(2);
        clock.Register(1, core);
        clock.Report(1, 500);
        var handOver = new HandOver<Event>(16, core);
        using var idle = new IdleTimer(time, TimeSpan.FromSeconds(30), core);
        var task = new InProcessSourceTask<Event>(Setup(core, store, clock) with { Idle = idle }, handOver);

        // Each row all but fills a buffer: no room is left for the watermark behind them.
        for (int row = 0; row < 2; row++)
        {
            handOver.TryWriteAll([new Event(row, 1, 110, new string('x', 3950))]);
            Until(() => handOver.Head == row + 1, task, token);
        }

        handOver.Mark(300, end: false);
        time.Advance(TimeSpan.FromMinutes(1));
        for (int i = 0; i < 10; i++)
        {
            task.Step();
        }

        Assert.That(task.Watermark, Is.EqualTo(100), "it has something to say, and doesn't follow the other partition");
        device.LetGo();
        Until(() => task.Watermark > 100, task, token);
        Assert.That(task.Watermark, Is.EqualTo(300));
    }

    private static SourceSetup<Event> Setup(Core core, StateStore store, PartitionClock clock) => new()
    {
        Name = "events",
        Partition = 0,
        Index = 0,
        Core = core,
        Output = new Output<Event>(0),
        Errors = new SourceErrors("events", new SourceOptions()),
        Clock = clock,
        Wal = store.Wal[0],
        OnEnd = () => { },
    };

    private static void Until(Func<bool> condition, CoreTask task, CancellationToken token)
    {
        while (!condition())
        {
            token.ThrowIfCancellationRequested();
            if (!task.Step())
            {
                Thread.Yield();
            }
        }
    }

    /// <summary>Like stdin: a row of 3 KB at each call, without an end, never the same again.</summary>
    private sealed class OnceSource : IConnectorSource<Event>, IPartitionReader<Event>
    {
        public string Description => "once";

        public bool IsReplayable => false;

        public int Partitions => 1;

        public int RowsRead { get; private set; }

        public IPartitionReader<Event> Open(int partition, ReadOnlyMemory<byte> position, SourceContext context) => this;

        public ReadStatus Read(Span<Event> rows, out int count)
        {
            rows[0] = new Event(RowsRead, 1, RowsRead, new string('x', 3000));
            count = 1;
            RowsRead++;
            return ReadStatus.More;
        }

        public void SavePosition(IBufferWriter<byte> writer)
        {
        }

        public void Dispose()
        {
        }
    }
}
