using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.State;

/// <summary>An aggregate that keeps one of its argument's values per group.</summary>
internal abstract class ValueAggregate<T> : Aggregate
{
    protected T[] Values { get; private set; } = [];

    /// <summary>True when the slot holds a value (which may be NULL).</summary>
    protected bool[] Seen { get; private set; } = [];

    /// <summary>True when the value held is NULL.</summary>
    protected bool[] IsNull { get; private set; } = [];

    public override void Results(ReadOnlySpan<int> slots, Vector target, int at, ChunkErrors errors)
    {
        T[] write = ((Vector<T>)target).Values;
        for (int k = 0; k < slots.Length; k++)
        {
            int slot = slots[k];
            if (!Seen[slot] || IsNull[slot])
            {
                target.SetNull(at + k);
            }
            else
            {
                write[at + k] = Values[slot];
            }
        }
    }

    public override void Merge(int slot, int later)
    {
        if (Seen[later] && (!Seen[slot] || Replaces(slot, later)))
        {
            Take(slot, later);
        }
    }

    public override void Reset(int slot)
    {
        Values[slot] = default!;
        Seen[slot] = false;
        IsNull[slot] = false;
    }

    public override void Resize(int capacity)
    {
        T[] values = Values;
        bool[] seen = Seen;
        bool[] isNull = IsNull;
        Array.Resize(ref values, capacity);
        Array.Resize(ref seen, capacity);
        Array.Resize(ref isNull, capacity);
        Values = values;
        Seen = seen;
        IsNull = isNull;
    }

    public override void Save(BinaryWriter writer, int slot)
    {
        writer.Write(Seen[slot]);
        writer.Write(IsNull[slot]);
        if (Seen[slot] && !IsNull[slot])
        {
            ValueCodec<T>.Write(writer, Values[slot]);
        }
    }

    public override void Load(BinaryReader reader, int slot)
    {
        Seen[slot] = reader.ReadBoolean();
        IsNull[slot] = reader.ReadBoolean();
        if (Seen[slot] && !IsNull[slot])
        {
            Values[slot] = ValueCodec<T>.Read(reader);
        }
    }

    public override Vector NewVector() => new Vector<T>(Chunk.Size);

    /// <summary>Whether a value that comes later takes the place of one.</summary>
    protected abstract bool Replaces(int slot, int later);

    protected virtual void Take(int slot, int from)
    {
        Values[slot] = Values[from];
        Seen[slot] = Seen[from];
        IsNull[slot] = IsNull[from];
    }
}

/// <summary>MIN (sign 1) and MAX (sign -1), NULLs ignored. Of equal values (0.0 and -0.0) the first is kept.</summary>
internal sealed class ExtremeAggregate<T>(int sign) : ValueAggregate<T>
{
    public override void Update(Vector[] arguments, long[] times, Pairs pairs, int from, int to)
    {
        var input = (Vector<T>)arguments[0];
        T[] values = input.Values;
        T[] held = Values;
        bool[] seen = Seen;
        for (int k = from; k < to; k++)
        {
            int row = pairs.Rows[k];
            if (input.IsNull(row))
            {
                continue;
            }

            int slot = pairs.Slots[k];
            if (!seen[slot] || sign * ValueOrder<T>.Compare(values[row], held[slot]) < 0)
            {
                held[slot] = values[row];
                seen[slot] = true;
            }
        }
    }

    protected override bool Replaces(int slot, int later) => sign * ValueOrder<T>.Compare(Values[later], Values[slot]) < 0;
}

/// <summary>
/// FIRST_VALUE and LAST_VALUE by event time. Of equal times FIRST keeps the row that arrived first, LAST the one that arrived last.
/// NULL is a value like others, unless it is ignored.
/// </summary>
internal sealed class EdgeAggregate<T>(bool last, bool takesNull) : ValueAggregate<T>
{
    private long[] _times = [];

    public override void Update(Vector[] arguments, long[] times, Pairs pairs, int from, int to)
    {
        var input = (Vector<T>)arguments[0];
        for (int k = from; k < to; k++)
        {
            int row = pairs.Rows[k];
            int slot = pairs.Slots[k];
            long time = times[row];
            if ((!takesNull && input.IsNull(row)) || (Seen[slot] && (last ? time < _times[slot] : time >= _times[slot])))
            {
                continue;
            }

            Seen[slot] = true;
            _times[slot] = time;
            IsNull[slot] = input.IsNull(row);
            Values[slot] = IsNull[slot] ? default! : input.Values[row];
        }
    }

    public override void Resize(int capacity)
    {
        base.Resize(capacity);
        Array.Resize(ref _times, capacity);
    }

    public override void Save(BinaryWriter writer, int slot)
    {
        base.Save(writer, slot);
        writer.Write(_times[slot]);
    }

    public override void Load(BinaryReader reader, int slot)
    {
        base.Load(reader, slot);
        _times[slot] = reader.ReadInt64();
    }

    protected override bool Replaces(int slot, int later) => last;

    protected override void Take(int slot, int from)
    {
        base.Take(slot, from);
        _times[slot] = _times[from];
    }
}
