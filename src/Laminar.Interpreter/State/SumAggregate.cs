using System.Runtime.InteropServices;
using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Types;

namespace Laminar.Interpreter.State;

/// <summary>How a sum is kept and what becomes of it. A struct, so that the loop is specialised.</summary>
/// <typeparam name="TIn">The argument.</typeparam>
/// <typeparam name="TSum">What is added up in.</typeparam>
/// <typeparam name="TOut">The result.</typeparam>
internal interface ISumForm<TIn, TSum, TOut>
{
    static abstract void Add(ref TSum sum, TIn value);

    static abstract void Merge(ref TSum sum, in TSum other);

    static abstract TOut Finish(in TSum sum, long count, SqlType type);
}

/// <summary>SUM and AVG: NULL over no values.</summary>
/// <param name="type">The result's.</param>
internal sealed class SumAggregate<TIn, TSum, TOut, TForm>(SqlType type) : Aggregate
    where TSum : unmanaged
    where TForm : struct, ISumForm<TIn, TSum, TOut>
{
    private TSum[] _sums = [];
    private long[] _counts = [];

    public override void Update(Vector[] arguments, long[] times, Pairs pairs, int from, int to)
    {
        var input = (Vector<TIn>)arguments[0];
        TIn[] values = input.Values;
        int[] rows = pairs.Rows;
        int[] slots = pairs.Slots;
        for (int k = from; k < to; k++)
        {
            int row = rows[k];
            if (!input.IsNull(row))
            {
                int slot = slots[k];
                TForm.Add(ref _sums[slot], values[row]);
                _counts[slot]++;
            }
        }
    }

    public override void Results(ReadOnlySpan<int> slots, Vector target, int at, ChunkErrors errors)
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
                write[at + k] = TForm.Finish(in _sums[slot], _counts[slot], type);
            }
            catch (Exception error) when (ChunkErrors.IsRowError(error))
            {
                errors.Add(at + k, error);
                target.SetNull(at + k);
            }
        }
    }

    public override void Merge(int slot, int later)
    {
        TForm.Merge(ref _sums[slot], in _sums[later]);
        _counts[slot] += _counts[later];
    }

    public override void Reset(int slot)
    {
        _sums[slot] = default;
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
        writer.Write(MemoryMarshal.AsBytes(_sums.AsSpan(slot, 1)));
    }

    public override void Load(BinaryReader reader, int slot)
    {
        _counts[slot] = reader.ReadInt64();
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_sums.AsSpan(slot, 1)));
    }

    public override Vector NewVector() => new Vector<TOut>(Chunk.Size);
}
