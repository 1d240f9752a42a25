using Laminar.Runtime.Rings;

namespace Laminar.Runtime.Flow;

/// <summary>
/// Where a source partition or a stage instance sends its rows: to every receiver, in order, each as fast as it takes them. The sender
/// repeats a call until it answers true.
/// </summary>
/// <param name="partition">Which instance of the sender this is; of a source: which partition.</param>
internal sealed class Output<TRow>(int partition)
{
    /// <summary>Rows handed over at once: bounds what a chained stage collects before it can be parked.</summary>
    private const int Slice = 2048;

    private readonly List<IReceiver<TRow>> _receivers = [];
    private int[] _sent = [];
    private bool[] _signalled = [];

    /// <summary>True when some receiver needs the watermark before each row.</summary>
    public bool NeedsWatermarks { get; private set; }

    /// <summary>Rises whenever a receiver took something.</summary>
    public long Moves { get; private set; }

    /// <summary>Before the start.</summary>
    public void Add(IReceiver<TRow> receiver)
    {
        _receivers.Add(receiver);
        NeedsWatermarks |= receiver.NeedsWatermarks;
        _sent = new int[_receivers.Count];
        _signalled = new bool[_receivers.Count];
    }

    /// <summary>Sends rows; called again with the same ones until it is true.</summary>
    public bool TrySend(ReadOnlySpan<TRow> rows, ReadOnlySpan<long> watermarks)
    {
        bool all = true;
        for (int r = 0; r < _sent.Length; r++)
        {
            IReceiver<TRow> receiver = _receivers[r];
            int sent = _sent[r];
            while (sent < rows.Length)
            {
                int length = Steps.Whole(rows[sent..], Slice);
                ReadOnlySpan<long> before = watermarks.IsEmpty ? default : watermarks.Slice(sent, length);
                int taken = receiver.Accept(rows.Slice(sent, length), before, long.MaxValue, partition);
                if (taken > 0)
                {
                    sent += taken;
                    Moves++;
                }

                if (taken < length)
                {
                    all = false;
                    break;
                }
            }

            _sent[r] = sent;
        }

        if (all)
        {
            Array.Clear(_sent);
        }

        return all;
    }

    /// <summary>Sends a signal; called again with the same one until it is true.</summary>
    public bool TrySignal(in Signal signal)
    {
        bool all = true;
        for (int r = 0; r < _signalled.Length; r++)
        {
            if (!_signalled[r])
            {
                if (_receivers[r].TrySignal(in signal))
                {
                    _signalled[r] = true;
                    Moves++;
                }
                else
                {
                    all = false;
                }
            }
        }

        if (all)
        {
            Array.Clear(_signalled);
        }

        return all;
    }
}
