using Laminar.Runtime.Cores;
using Laminar.Runtime.Sources;
using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests.Generated;

[StreamSource("rushing", Watermark = "ts")]
public readonly partial record struct Rushing(long N, DateTime Ts);

[StreamSource("plodding", Watermark = "ts")]
public readonly partial record struct Plodding(long N, DateTime Ts);

[StreamQuery("SELECT n, ts FROM rushing UNION ALL SELECT n, ts FROM plodding")]
public sealed partial class InStep;

[StreamQuery("SELECT n, ts FROM rushing")]
public sealed partial class RushingOnly;

[StreamQuery("SELECT n, ts FROM plodding")]
public sealed partial class PloddingOnly;

/// <summary>Sources in step (<see cref="SourceOptions.MaxDrift"/>): rows are told apart by their numbers, those of the slow source are negative. Time stands still but where a test moves it.</summary>
public sealed class DriftTests
{
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly TimeSpan Drift = TimeSpan.FromSeconds(10);

    [Test, CancelAfter(15_000)]
    public async Task The_fast_source_waits_until_the_slow_one_is_near_or_has_ended([Values(1, 2)] int cores, CancellationToken token)
    {
        await using var pair = await Pair.StartAsync(Run.Options(cores), new SourceOptions { MaxDrift = Drift }, new SourceOptions(), token);
        await pair.PushFastAsync(0, 100, token);
        Assert.That(await pair.ReadAsync(1), Is.EqualTo(new long[] { 0 }), "a source that says nothing yet is waited for");
        await pair.PushSlowAsync(-1, 0, token);
        Assert.That(await pair.ReadAsync(12), Is.EquivalentTo(Upto(1, 11).Append(-1)), "10 s, and the row that goes beyond");
        await pair.RestAsync(token);
        await pair.PushSlowAsync(-4, 50, token);
        Assert.That(await pair.ReadAsync(51), Is.EquivalentTo(Upto(12, 61).Append(-4)));
        await pair.RestAsync(token);
        pair.Slow.Complete();
        Assert.That(await pair.ReadAsync(39), Is.EquivalentTo(Upto(62, 100)));
        pair.Fast.Complete();
        Assert.That(await pair.EndsAsync());
    }

    [Test, CancelAfter(15_000)]
    public async Task An_idle_source_stops_nobody_and_is_waited_for_when_it_wakes([Values(1, 2)] int cores, CancellationToken token)
    {
        var time = new ManualTime();
        LaminarOptions options = Run.Options(cores);
        options.TimeProvider = time;
        await using var pair = await Pair.StartAsync(options, new SourceOptions { MaxDrift = Drift }, new SourceOptions { IdleTimeout = TimeSpan.FromSeconds(30) }, token);
        await pair.PushSlowAsync(-1, 0, token);
        Assert.That(await pair.ReadAsync(1), Is.EqualTo(new long[] { -1 }));
        await pair.PushFastAsync(0, 100, token);
        Assert.That(await pair.ReadAsync(12), Is.EqualTo(Upto(0, 11)));
        await time.ArmedAsync(1, token);
        time.Advance(TimeSpan.FromSeconds(31));
        Assert.That(await pair.ReadAsync(89), Is.EqualTo(Upto(12, 100)), "nobody pushes, and nobody is asked to");

        await pair.PushSlowAsync(-2, 95, token);
        Assert.That(await pair.ReadAsync(1), Is.EqualTo(new long[] { -2 }));
        await pair.PushFastAsync(101, 120, token);
        Assert.That(await pair.ReadAsync(6), Is.EqualTo(Upto(101, 106)));
        pair.Slow.Complete();
        Assert.That(await pair.ReadAsync(14), Is.EqualTo(Upto(107, 120)));
    }

    [Test, CancelAfter(15_000)]
    public async Task Barriers_pass_a_source_that_waits_and_a_checkpoint_of_its_rows_lets_them_through([Values(1, 2)] int cores, CancellationToken token)
    {
        var time = new ManualTime();
        LaminarOptions options = Run.Options(cores);
        options.TimeProvider = time;
        options.CheckpointInterval = TimeSpan.FromSeconds(5);
        await using var pair = await Pair.StartAsync(options, new SourceOptions { MaxDrift = Drift }, new SourceOptions(), token, committed: true);
        await pair.PushSlowAsync(-1, 0, token);
        await pair.PushFastAsync(0, 100, token);
        Assert.That(await pair.ReadAsync(13), Has.Length.EqualTo(13));
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(await pair.ReadCommittedAsync(13), Is.EquivalentTo(Upto(0, 11).Append(-1)), "the interval's checkpoint goes by the rows that wait");
        await pair.RestAsync(token);

        await pair.Fast.FlushAsync(token);
        Assert.That(await pair.ReadAsync(89), Is.EqualTo(Upto(12, 100)), "who wants rows durable gets them");
        await pair.PushFastAsync(101, 102, token);
        await pair.RestAsync(token);
        await pair.Laminar.StopAsync(token);
        Assert.That(await pair.ReadAsync(2), Is.EqualTo(Upto(101, 102)), "a stop drains");
        Assert.That(await pair.EndsAsync());
    }

    [Test, CancelAfter(15_000)]
    public async Task Sources_that_never_meet_and_sources_that_ask_for_nothing_do_not_wait([Values] bool meet, CancellationToken token)
    {
        await using LaminarRuntime laminar = LaminarRuntime.Create(Run.Options(2));
        SourceHandle<Rushing> fast = laminar.AddSource<Rushing>(new SourceOptions { MaxDrift = meet ? null : Drift });
        SourceHandle<Plodding> slow = laminar.AddSource<Plodding>(new SourceOptions { MaxDrift = meet ? Drift : null });
        QueryHandle<RushingOnly.Row> rows = RushingOnly.AddTo(laminar);
        PloddingOnly.AddTo(laminar);
        if (meet)
        {
            InStep.AddTo(laminar);
        }

        await laminar.StartAsync(token);
        await using IAsyncEnumerator<RushingOnly.Row> reader = rows.ReadAllAsync(token).GetAsyncEnumerator(token);
        await fast.PushAsync(Enumerable.Range(0, 100).Select(n => new Rushing(n, Start.AddSeconds(n))).ToArray(), token);
        for (int n = 0; n < 100; n++)
        {
            Assert.That(await reader.MoveNextAsync() ? reader.Current.N : -1, Is.EqualTo(n));
        }

        slow.Complete();
    }

    [Test]
    public void Event_times_of_different_units_are_compared()
    {
        var clock = new PartitionClock(2);
        var ticks = new DriftMember(clock, 0, Drift, EventTimeUnit.Ticks);
        var milliseconds = new DriftMember(clock, 1, Drift, EventTimeUnit.Milliseconds);
        ticks.Register(new Nobody());
        milliseconds.Register(new Nobody());
        long second = DateTime.UnixEpoch.AddSeconds(1).Ticks;
        Assert.That(milliseconds.Limit(), Is.EqualTo(long.MinValue));
        ticks.Report(second);
        Assert.That(milliseconds.Limit(), Is.EqualTo(11_000));
        Assert.That(milliseconds.MustWait(11_000), Is.False);
        Assert.That(milliseconds.MustWait(11_001), Is.True);
        milliseconds.Report(5_000);
        Assert.That(ticks.Limit(), Is.EqualTo(DateTime.UnixEpoch.AddSeconds(15).Ticks));
        milliseconds.SetIdle(true);
        Assert.That((ticks.Limit(), ticks.MustWait(long.MaxValue)), Is.EqualTo((long.MaxValue, false)));
    }

    private static IEnumerable<long> Upto(int first, int last) => Enumerable.Range(first, last - first + 1).Select(n => (long)n);

    private sealed class Nobody : IWakeable
    {
        public void Wake()
        {
        }
    }

    /// <summary>Two sources, a query over both, and what it puts out.</summary>
    private sealed class Pair : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<InStep.Row> _rows;
        private readonly IAsyncEnumerator<InStep.Row>? _committed;
        private long _quiet = -1000;

        private Pair(LaminarRuntime laminar, SourceHandle<Rushing> fast, SourceHandle<Plodding> slow, IAsyncEnumerator<InStep.Row> rows, IAsyncEnumerator<InStep.Row>? committed)
        {
            Laminar = laminar;
            Fast = fast;
            Slow = slow;
            _rows = rows;
            _committed = committed;
        }

        public LaminarRuntime Laminar { get; }

        public SourceHandle<Rushing> Fast { get; }

        public SourceHandle<Plodding> Slow { get; }

        public static async Task<Pair> StartAsync(LaminarOptions options, SourceOptions fast, SourceOptions slow, CancellationToken token, bool committed = false)
        {
            LaminarRuntime laminar = LaminarRuntime.Create(options);
            SourceHandle<Rushing> rushing = laminar.AddSource<Rushing>(fast);
            SourceHandle<Plodding> plodding = laminar.AddSource<Plodding>(slow);
            QueryHandle<InStep.Row> rows = InStep.AddTo(laminar);
            var pair = new Pair(
                laminar, rushing, plodding, rows.ReadAllAsync(token).GetAsyncEnumerator(token), committed ? rows.ReadAllAsync(committed: true, token).GetAsyncEnumerator(token) : null);
            await laminar.StartAsync(token);
            return pair;
        }

        /// <summary>A row per second.</summary>
        public ValueTask PushFastAsync(int first, int last, CancellationToken token) =>
            Fast.PushAsync(Upto(first, last).Select(n => new Rushing(n, Start.AddSeconds(n))).ToArray(), token);

        public ValueTask PushSlowAsync(long n, int second, CancellationToken token) => Slow.PushAsync(new Plodding(n, Start.AddSeconds(second)), token);

        /// <summary>The numbers of the next rows.</summary>
        public async Task<long[]> ReadAsync(int count) => await ReadAsync(_rows, count);

        public async Task<long[]> ReadCommittedAsync(int count) => await ReadAsync(_committed!, count);

        public async Task<bool> EndsAsync() => !await _rows.MoveNextAsync();

        /// <summary>Rows of the slow source go through, twice, each of which takes a turn of its core: had others been allowed to, they would have come in between.</summary>
        public async Task RestAsync(CancellationToken token)
        {
            for (int i = 0; i < 2; i++)
            {
                _quiet--;
                await PushSlowAsync(_quiet, 0, token);
                Assert.That(await ReadAsync(1), Is.EqualTo(new[] { _quiet }));
            }
        }

        public async ValueTask DisposeAsync() => await Laminar.DisposeAsync();

        private static async Task<long[]> ReadAsync(IAsyncEnumerator<InStep.Row> rows, int count)
        {
            var numbers = new long[count];
            for (int i = 0; i < count; i++)
            {
                Assert.That(await rows.MoveNextAsync(), Is.True);
                numbers[i] = rows.Current.N;
            }

            return numbers;
        }
    }
}
