using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.State;

/// <summary>How a sum is kept and what becomes of it. A struct, so that the loop is specialised.</summary>
/// <typeparam name="TIn">The argument.</typeparam>
/// <typeparam name="TSum">What is added up in.</typeparam>
/// <typeparam name="TOut">The result.</typeparam>
internal interface ISumForm<TIn, TSum, TOut>
{
    static abstract TSum Add(TSum sum, TIn value, int scale);

    static abstract TOut Finish(TSum sum, long count, int scale, int outScale);
}

/// <summary>SUM and AVG: NULL over no values.</summary>
/// <param name="scale">Digits behind the point of a DECIMAL argument.</param>
/// <param name="outScale">Those of the result.</param>
internal sealed class SumAggregate<TIn, TSum, TOut, TForm>(int scale, int outScale) : Aggregate
    where TForm : struct, ISumForm<TIn, TSum, TOut>
{
    private TSum[] _sums = [];
    private long[] _counts = [];

    public override void Update(Vector? argument, long[] times, Pairs pairs, int from, int to)
    {
        var input = (Vector<TIn>)argument!;
        TIn[] values = input.Values;
        int[] rows = pairs.Rows;
        int[] slots = pairs.Slots;
        for (int k = from; k < to; k++)
        {
            int row = rows[k];
            if (!input.IsNull(row))
            {
                int slot = slots[k];
                _sums[slot] = TForm.Add(_sums[slot], values[row], scale);
                _counts[slot]++;
            }
        }
    }

    public override void Results(ReadOnlySpan<int> slots, Vector target, int at, RowErrors errors)
    {
        TOut[] write = ((Vector<TOut>)target).Values;
        for (int k = 0; k < slots.Length; k++)
        {
            int slot = slots[k];
            if (_counts[slot] == 0)
            {
                target.SetNull(at + k);
                continue;
            }

            try
            {
                write[at + k] = TForm.Finish(_sums[slot], _counts[slot], scale, outScale);
            }
            catch (Exception error) when (RowErrors.IsRowError(error))
            {
                errors.Add(at + k, error);
                target.SetNull(at + k);
            }
        }
    }

    public override void Reset(int slot)
    {
        _sums[slot] = default!;
        _counts[slot] = 0;
    }

    public override void Resize(int capacity)
    {
        Array.Resize(ref _sums, capacity);
        Array.Resize(ref _counts, capacity);
    }

    public override void Save(BinaryWriter writer, int slot)
    {
        writer.Write(_counts[slot]);
        if (typeof(TSum) == typeof(Int128))
        {
            var sum = (Int128)(object)_sums[slot]!;
            writer.Write((ulong)(sum >> 64));
            writer.Write((ulong)sum);
        }
        else
        {
            writer.Write((double)(object)_sums[slot]!);
        }
    }

    public override void Load(BinaryReader reader, int slot)
    {
        _counts[slot] = reader.ReadInt64();
        _sums[slot] = typeof(TSum) == typeof(Int128)
            ? (TSum)(object)new Int128(reader.ReadUInt64(), reader.ReadUInt64())
            : (TSum)(object)reader.ReadDouble();
    }

    public override Vector NewVector() => new Vector<TOut>(Chunk.Size);
}
