using Laminar.Runtime.Cores;
using Laminar.Runtime.Rings;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

public class RingTests
{
    [Test, CancelAfter(30_000)]
    public void Two_threads_hand_over_every_row_in_order([Values(1, 2, 24, 4096)] int rows, CancellationToken token)
    {
        const int Seed = 7;
        TestContext.Out.WriteLine($"seed {Seed}");
        int total = rows < 24 ? 50_000 : 2_000_000;
        var producer = new Parker();
        var consumer = new Parker();
        var ring = new BatchRing<long>(rows, producer, consumer);
        var random = new Random(Seed);
        Task producing = Task.Factory.StartNew(
            () =>
            {
                long next = 0;
                while (next < total)
                {
                    Batch<long>? batch;
                    while (!ring.TryClaim(out batch))
                    {
                        producer.Park(token);
                    }

                    int count = random.Next(0, ring.BatchRows + 1);
                    while (count-- > 0 && !batch.IsFull && next < total)
                    {
                        batch.Add(next, next - 1);
                        next++;
                    }

                    batch.WatermarkAfter = next;
                    batch.Kind = next == total ? SignalKind.End : SignalKind.None;
                    ring.Publish();
                }
            },
            token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

        long expected = 0;
        for (bool end = false; !end;)
        {
            Batch<long>? batch;
            while (!ring.TryPeek(out batch))
            {
                consumer.Park(token);
            }

            for (int i = 0; i < batch.Count; i++)
            {
                if (batch.Rows[i] != expected || batch.Watermarks[i] != expected - 1)
                {
                    Assert.Fail($"row {batch.Rows[i]}, watermark {batch.Watermarks[i]} where {expected} was due");
                }

                expected++;
            }

            if (batch.WatermarkAfter != expected)
            {
                Assert.Fail($"watermark {batch.WatermarkAfter} behind row {expected}");
            }

            end = batch.Kind == SignalKind.End;
            ring.Release();
        }

        Assert.That(producing.Wait(30_000, token));
        Assert.That(expected, Is.EqualTo(total));
        Assert.That(ring.IsEmpty);
    }

    [Test]
    public void A_full_ring_refuses_and_a_release_wakes_the_producer()
    {
        var producer = new Parker();
        var ring = new BatchRing<int>(2, producer, new Parker());
        int published = 0;
        while (ring.TryClaim(out Batch<int>? batch))
        {
            batch.Add(published, 0);
            ring.Publish();
            published++;
        }

        Assert.That(published, Is.EqualTo(2));
        Assert.That(ring.Fill, Is.EqualTo(1.0));
        Assert.That(producer.Wakes, Is.Zero);
        Assert.That(ring.TryPeek(out Batch<int>? first), Is.True);
        Assert.That(first!.Rows[0], Is.Zero);
        ring.Release();
        Assert.That(producer.Wakes, Is.EqualTo(1));
        Assert.That(ring.TryClaim(out Batch<int>? again), Is.True);
        Assert.That(again!.Count, Is.Zero, "a released slot comes back empty");
    }

    /// <summary>The core's way of parking, without a core.</summary>
    private sealed class Parker : IWakeable
    {
        private readonly SemaphoreSlim _signal = new(0);
        private int _wakes;

        public int Wakes => _wakes;

        public void Wake()
        {
            Interlocked.Increment(ref _wakes);
            _signal.Release();
        }

        public void Park(CancellationToken token) => _signal.Wait(token);
    }
}
