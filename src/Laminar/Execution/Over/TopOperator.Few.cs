using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Laminar.State;

namespace Laminar.Execution;

/// <content>A few numbered rows of each partition: most rows come to a partition that is there, and change nothing or the one row that is wanted.</content>
public abstract partial class TopOperator<TIn, TOut, TShape, TOutput>
{
    private void TakeFew(FirstRowsTable<TIn, TShape> few, ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int start)
    {
        for (int i = start; i < rows.Length; i++)
        {
            i = few.IsSingle ? ReplaceKnown(few, rows, watermarks, ceiling, i) : TakeKnown(few, rows, watermarks, ceiling, i);
            if (watermarks.Length > 0)
            {
                Watermark = Math.Max(Watermark, Math.Min(watermarks[Math.Min(i, rows.Length - 1)], ceiling));
            }

            if (i < rows.Length)
            {
                TakeFew(few, few.NumberOf(in rows[i]), in rows[i]);
            }
        }
    }

    /// <summary>Where one row of each partition is wanted: takes rows of partitions that are there, in the place of the one that is kept or not.</summary>
    /// <returns>The first row of a partition that isn't there.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ReplaceKnown(FirstRowsTable<TIn, TShape> few, ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int start)
    {
        TOutput output = Output;
        FirstRowsTable<TIn, TShape>.Reader table = few.Read();
        ref TIn first = ref MemoryMarshal.GetReference(rows);
        int count = rows.Length;
        int partition = Partition;
        long watermark = Watermark;
        int silent = 0;
        int i = start;
        for (; i < count; i++)
        {
            ref readonly TIn row = ref Unsafe.Add(ref first, i);
            int number = table.FindSingle(in row);
            if (number < 0)
            {
                break;
            }

            ref TIn kept = ref table[number];
            int order = TShape.CompareOrder(in kept, in row);
            if (order < 0 || (order == 0 && table.SourceOf(number) <= partition))
            {
                silent++;
                continue;
            }

            if (TShape.IsSame(in kept, in row))
            {
                silent++;
            }
            else
            {
                if (TOutput.TakesWatermarks && watermarks.Length > 0)
                {
                    watermark = Math.Max(watermark, Math.Min(watermarks[i], ceiling));
                }

                TOut before = TShape.Make(in kept, 1, RowKind.UpdateBefore);
                TOut after = TShape.Make(in row, 1, RowKind.UpdateAfter);
                if (RowOutput.IsSmallValue<TOutput>())
                {
                    output.Emit(in before, watermark);
                    output.Emit(in after, watermark);
                }
                else
                {
                    Output.Emit(in before, watermark);
                    Output.Emit(in after, watermark);
                }
            }

            kept = row;
            table.SourceOf(number) = partition;
        }

        RowsOut += 2L * (i - start - silent);
        if (RowOutput.IsSmallValue<TOutput>())
        {
            Output = output;
        }

        return i;
    }

    /// <summary>Takes rows of partitions that are there: most come behind all that are wanted.</summary>
    /// <returns>The first row of a partition that isn't there.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int TakeKnown(FirstRowsTable<TIn, TShape> few, ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int start)
    {
        FirstRowsTable<TIn, TShape>.Reader table = few.Read();
        ref TIn first = ref MemoryMarshal.GetReference(rows);
        int i = start;
        for (; i < rows.Length; i++)
        {
            ref readonly TIn row = ref Unsafe.Add(ref first, i);
            int number = table.Find(in row);
            if (number < 0)
            {
                break;
            }

            if (!table.IsBehind(in row, number, Partition))
            {
                if (watermarks.Length > 0)
                {
                    Watermark = Math.Max(Watermark, Math.Min(watermarks[i], ceiling));
                }

                TakeFew(few, number, in row);
            }
        }

        return i;
    }

    private static void LoadFew(FirstRowsTable<TIn, TShape> few, ReadOnlySpan<TIn> rows, StateReader state)
    {
        int number = few.NumberOf(in rows[0]);
        few.CountOf(number) = rows.Length;
        rows.CopyTo(few.RowsOf(number));
        foreach (ref int source in few.SourcesOf(number)[..rows.Length])
        {
            source = state.Read<int>();
        }
    }

    private void TakeFew(FirstRowsTable<TIn, TShape> few, int number, in TIn row)
    {
        ref int count = ref few.CountOf(number);
        Span<TIn> rows = few.RowsOf(number);
        Span<int> sources = few.SourcesOf(number);
        int place = count;
        for (; place > 0; place--)
        {
            int order = TShape.CompareOrder(in rows[place - 1], in row);
            if (order < 0 || (order == 0 && sources[place - 1] <= Partition))
            {
                break;
            }
        }

        if (place == rows.Length)
        {
            return;
        }

        int before = count;
        bool isFull = before == rows.Length;
        TIn gone = isFull ? rows[^1] : default;
        count = isFull ? before : before + 1;
        for (int i = count - 1; i > place; i--)
        {
            rows[i] = rows[i - 1];
            sources[i] = sources[i - 1];
        }

        rows[place] = row;
        sources[place] = Partition;
        Tell(rows[..count], place, before, isFull, in gone);
    }
}
