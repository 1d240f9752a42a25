using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using Laminar.Runtime.Cores;

namespace Laminar.Runtime.Rings;

/// <summary>
/// A bounded queue from one thread to one other (or the same). Slots hold their batches for good: the producer fills the slot that it has
/// claimed and publishes it, the consumer reads it in place and releases it, so rows are copied once and nothing is allocated.
/// </summary>
internal sealed class BatchRing<TRow>
{
    private readonly Batch<TRow>[] _slots;
    private readonly int _mask;
    private readonly IWakeable? _producer;
    private readonly IWakeable? _consumer;
    private RingIndexes _at;

    /// <param name="rows">Rows the ring holds when every batch is full; rounded up to whole batches, two at least.</param>
    /// <param name="producer">Woken when there is room again.</param>
    /// <param name="consumer">Woken when a batch is published; null when it is the producer's own thread.</param>
    public BatchRing(int rows, IWakeable? producer = null, IWakeable? consumer = null)
    {
        BatchRows = Math.Clamp(rows / 8, 1, 1024);
        int slots = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, rows / BatchRows));
        _slots = new Batch<TRow>[slots];
        for (int i = 0; i < slots; i++)
        {
            _slots[i] = new Batch<TRow>(BatchRows);
        }

        _mask = slots - 1;
        bool sameThread = ReferenceEquals(producer, consumer);
        _producer = sameThread ? null : producer;
        _consumer = sameThread ? null : consumer;
    }

    /// <summary>Rows per batch.</summary>
    public int BatchRows { get; }

    /// <summary>Share of slots published and not yet released, 0 to 1. Any thread.</summary>
    public double Fill => (double)(Volatile.Read(ref _at.Tail) - Volatile.Read(ref _at.Head)) / _slots.Length;

    /// <summary>Producer: true when the consumer has released everything.</summary>
    public bool IsEmpty => Volatile.Read(ref _at.Head) == _at.Tail;

    /// <summary>Producer: the next free slot; the same one until <see cref="Publish"/>. False when full; the consumer will then wake the producer.</summary>
    public bool TryClaim([NotNullWhen(true)] out Batch<TRow>? batch)
    {
        long tail = _at.Tail;
        if (tail - _at.HeadSeen > _mask)
        {
            _at.HeadSeen = Volatile.Read(ref _at.Head);
            if (tail - _at.HeadSeen > _mask)
            {
                // Announce the wait, then look once more: a release between the two looks would otherwise wake nobody.
                Volatile.Write(ref _at.ProducerWaits, 1);
                Interlocked.MemoryBarrier();
                _at.HeadSeen = Volatile.Read(ref _at.Head);
                if (tail - _at.HeadSeen > _mask)
                {
                    batch = null;
                    return false;
                }
            }
        }

        batch = _slots[tail & _mask];
        return true;
    }

    /// <summary>Producer: hands the claimed slot over.</summary>
    public void Publish()
    {
        Volatile.Write(ref _at.Tail, _at.Tail + 1);
        _consumer?.Wake();
    }

    /// <summary>Consumer: the oldest batch; the same one until <see cref="Release"/>.</summary>
    public bool TryPeek([NotNullWhen(true)] out Batch<TRow>? batch)
    {
        long head = _at.Head;
        if (head == _at.TailSeen)
        {
            _at.TailSeen = Volatile.Read(ref _at.Tail);
            if (head == _at.TailSeen)
            {
                batch = null;
                return false;
            }
        }

        batch = _slots[head & _mask];
        return true;
    }

    /// <summary>Consumer: gives the slot back.</summary>
    public void Release()
    {
        long head = _at.Head;
        _slots[head & _mask].Reset();
        Volatile.Write(ref _at.Head, head + 1);
        if (_producer is not null)
        {
            Interlocked.MemoryBarrier();
            if (Volatile.Read(ref _at.ProducerWaits) != 0)
            {
                Volatile.Write(ref _at.ProducerWaits, 0);
                _producer.Wake();
            }
        }
    }
}
