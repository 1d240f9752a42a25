using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.State;

/// <summary>COUNT(*) without an argument, COUNT(x) with one.</summary>
internal sealed class CountAggregate : Aggregate
{
    private long[] _counts = [];

    public override void Update(Vector[] arguments, long[] times, Pairs pairs, int from, int to)
    {
        int[] slots = pairs.Slots;
        if (arguments.Length == 0 || !arguments[0].HasNulls)
        {
            for (int k = from; k < to; k++)
            {
                _counts[slots[k]]++;
            }

            return;
        }

        bool[] nulls = arguments[0].Nulls;
        for (int k = from; k < to; k++)
        {
            if (!nulls[pairs.Rows[k]])
            {
                _counts[slots[k]]++;
            }
        }
    }

    public override void Results(ReadOnlySpan<int> slots, Vector target, int at, ChunkErrors errors)
    {
        long[] write = ((Vector<long>)target).Values;
        for (int k = 0; k < slots.Length; k++)
        {
            write[at + k] = _counts[slots[k]];
        }
    }

    public override void Merge(int slot, int later) => _counts[slot] += _counts[later];

    public override void Reset(int slot) => _counts[slot] = 0;

    public override void Resize(int capacity) => Array.Resize(ref _counts, capacity);

    public override void Save(BinaryWriter writer, int slot) => writer.Write(_counts[slot]);

    public override void Load(BinaryReader reader, int slot) => _counts[slot] = reader.ReadInt64();

    public override Vector NewVector() => new Vector<long>(Chunk.Size);
}
