using System.Threading.Channels;
using BenchmarkDotNet.Attributes;
using Laminar.Runtime.Rings;

namespace Laminar.Bench.Micro;

/// <summary>Rows of 40 bytes from one thread to another, per row. Both ends spin: what is measured is the hand-over and not a wake-up.</summary>
[Config(typeof(MicroConfig))]
public class RingTransfer
{
    private const int Rows = 1 << 18;
    private const int Slots = 8;

    private BatchRing<Bid> _ring = null!;
    private Bid[][] _arrays = null!;
    private Bid _row;

    [Params(1, 64, 1024)]
    public int BatchRows { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _ring = new BatchRing<Bid>(BatchRows * Slots);
        _row = new Bid(1, 2, 3, 4, DateTime.UnixEpoch);

        // As many as can be waiting, one being filled and one being read.
        _arrays = new Bid[Slots + 2][];
        for (int i = 0; i < _arrays.Length; i++)
        {
            _arrays[i] = new Bid[BatchRows];
        }
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public long Ring()
    {
        Task<long> consumer = Task.Run(Receive);
        for (int sent = 0; sent < Rows; sent += BatchRows)
        {
            Batch<Bid>? batch;
            for (var spin = default(SpinWait); !_ring.TryClaim(out batch);)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }

            for (int i = 0; i < BatchRows; i++)
            {
                batch.Add(in _row, watermark: i);
            }

            _ring.Publish();
        }

        return consumer.Result;
    }

    /// <summary>A bounded channel of arrays that go round; of rows when there is one row to a batch.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public long Channel() => BatchRows == 1 ? SendRows() : SendArrays();

    private long SendRows()
    {
        Channel<Bid> channel = Bounded<Bid>();
        Task<long> consumer = Task.Run(() =>
        {
            long sum = 0;
            for (int received = 0; received < Rows; received++)
            {
                sum += Take(channel.Reader).Price;
            }

            return sum;
        });
        for (int sent = 0; sent < Rows; sent++)
        {
            Put(channel.Writer, _row);
        }

        return consumer.Result;
    }

    private long SendArrays()
    {
        Channel<Bid[]> channel = Bounded<Bid[]>();
        Task<long> consumer = Task.Run(() =>
        {
            long sum = 0;
            for (int received = 0; received < Rows; received += BatchRows)
            {
                foreach (ref readonly Bid bid in Take(channel.Reader).AsSpan())
                {
                    sum += bid.Price;
                }
            }

            return sum;
        });
        for (int sent = 0, turn = 0; sent < Rows; sent += BatchRows, turn = (turn + 1) % _arrays.Length)
        {
            _arrays[turn].AsSpan().Fill(_row);
            Put(channel.Writer, _arrays[turn]);
        }

        return consumer.Result;
    }

    private long Receive()
    {
        long sum = 0;
        for (int received = 0; received < Rows;)
        {
            Batch<Bid>? batch;
            for (var spin = default(SpinWait); !_ring.TryPeek(out batch);)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }

            foreach (ref readonly Bid bid in batch.Rows)
            {
                sum += bid.Price;
            }

            received += batch.Count;
            _ring.Release();
        }

        return sum;
    }

    private static Channel<T> Bounded<T>() =>
        System.Threading.Channels.Channel.CreateBounded<T>(new BoundedChannelOptions(Slots) { SingleReader = true, SingleWriter = true });

    private static void Put<T>(ChannelWriter<T> writer, T item)
    {
        for (var spin = default(SpinWait); !writer.TryWrite(item);)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    private static T Take<T>(ChannelReader<T> reader)
    {
        T? item;
        for (var spin = default(SpinWait); !reader.TryRead(out item);)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        return item;
    }
}
