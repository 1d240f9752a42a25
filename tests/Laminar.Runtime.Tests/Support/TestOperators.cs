using System.Buffers;
using System.Buffers.Binary;
using Laminar.Execution;

namespace Laminar.Runtime.Tests.Support;

/// <summary>Watermark handling shared by the operators written by hand.</summary>
public abstract class TestOperator<TIn, TOut>(RowCollector<TOut> output) : Operator<TIn>
{
    protected long Now { get; set; } = long.MinValue;

    protected RowCollector<TOut> Output => output;

    protected abstract void Take(in TIn row);

    protected abstract long WatermarkOf(in TIn row);

    protected abstract void Moved();

    public override void Process(ReadOnlySpan<TIn> rows)
    {
        foreach (ref readonly TIn row in rows)
        {
            RowsIn++;
            Take(in row);
            AdvanceWatermark(WatermarkOf(in row));
        }
    }

    public override void Process(ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            AdvanceWatermark(Math.Min(watermarks[i], ceiling));
            RowsIn++;
            Take(in rows[i]);
        }
    }

    public override void AdvanceWatermark(long watermark)
    {
        if (watermark > Now)
        {
            Now = watermark;
            Moved();
        }
    }

    public override void Complete() => AdvanceWatermark(long.MaxValue);

    public override void Snapshot(IBufferWriter<byte> writer) => Write(writer, Now);

    public override void Restore(ReadOnlySequence<byte> snapshot)
    {
        var reader = new SequenceReader<byte>(snapshot);
        Now = Read(ref reader);
    }

    protected static void Write(IBufferWriter<byte> writer, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(writer.GetSpan(8), value);
        writer.Advance(8);
    }

    protected static long Read(ref SequenceReader<byte> reader) =>
        reader.TryReadLittleEndian(out long value) ? value : throw new SnapshotException("The test operator's snapshot is too short.");
}

/// <summary>Lets rows through that the predicate accepts.</summary>
public sealed class FilterOperator(RowCollector<Event> output, Func<Event, bool> predicate) : TestOperator<Event, Event>(output)
{
    protected override void Take(in Event row)
    {
        if (predicate(row))
        {
            RowsOut++;
            Output.Add(in row, Now);
        }
    }

    protected override long WatermarkOf(in Event row) => Event.WatermarkOf(in row);

    protected override void Moved() => Output.Advance(Now);
}

/// <summary>Tumbling count and sum by key. Its input is events or, as a second phase, tallies.</summary>
public abstract class TallyOperator<TIn>(RowCollector<Tally> output, long size) : TestOperator<TIn, Tally>(output)
{
    private readonly SortedDictionary<(long End, long Key), (long Count, long Sum)> _open = [];

    public override long StateBytes => _open.Count * 32;

    protected void Add(long key, long end, long count, long sum)
    {
        if (end <= Now)
        {
            LateRows++;
            return;
        }

        (long Count, long Sum) old = _open.GetValueOrDefault((end, key));
        _open[(end, key)] = (old.Count + count, old.Sum + sum);
    }

    protected long EndOf(long ts) => ((ts / size) + 1) * size;

    protected override void Moved()
    {
        while (_open.Count > 0)
        {
            ((long End, long Key) at, (long Count, long Sum) value) = _open.First();
            if (at.End > Now)
            {
                break;
            }

            _open.Remove(at);
            RowsOut++;

            // Nothing that is still to come ends before this window.
            Output.Add(new Tally(at.Key, at.End, value.Count, value.Sum), at.End - 1);
        }

        Output.Advance(Now == long.MaxValue ? long.MaxValue : Now < long.MinValue + size ? long.MinValue : (Now / size * size) + size - 1);
    }

    public override void Snapshot(IBufferWriter<byte> writer)
    {
        base.Snapshot(writer);
        Write(writer, _open.Count);
        foreach (((long End, long Key) at, (long Count, long Sum) value) in _open)
        {
            Write(writer, at.End);
            Write(writer, at.Key);
            Write(writer, value.Count);
            Write(writer, value.Sum);
        }
    }

    public override void Restore(ReadOnlySequence<byte> snapshot)
    {
        var reader = new SequenceReader<byte>(snapshot);
        Now = Read(ref reader);
        for (long left = Read(ref reader); left > 0; left--)
        {
            _open[(Read(ref reader), Read(ref reader))] = (Read(ref reader), Read(ref reader));
        }
    }
}

/// <summary>Over events. A negative value is an error row.</summary>
public sealed class EventTally(RowCollector<Tally> output, long size) : TallyOperator<Event>(output, size)
{
    protected override void Take(in Event row)
    {
        if (row.Value < 0)
        {
            var error = new StreamRowException("tally", row.ToString(), "the value is negative");
            if (OnError?.Invoke(error) != true)
            {
                throw error;
            }

            ErrorRows++;
            return;
        }

        Add(row.Key, EndOf(row.Ts), 1, row.Value);
    }

    protected override long WatermarkOf(in Event row) => Event.WatermarkOf(in row);
}

/// <summary>Over partial tallies.</summary>
public sealed class TallyMerge(RowCollector<Tally> output, long size) : TallyOperator<Tally>(output, size)
{
    protected override void Take(in Tally row) => Add(row.Key, row.WindowEnd, row.Count, row.Sum);

    protected override long WatermarkOf(in Tally row) => throw new InvalidOperationException("Partial rows don't come straight from a source.");
}
