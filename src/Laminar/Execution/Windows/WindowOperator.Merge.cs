using System.Runtime.CompilerServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>The second phase of an aggregation in two.</summary>
public abstract partial class WindowOperator<TIn, TGroup>
{
    /// <summary>Merges partial results into their groups. The loop is built as those over rows are, which are generated: in stretches that call nothing.</summary>
    /// <typeparam name="TInput">How the rows are read.</typeparam>
    /// <typeparam name="TPartial">The rows.</typeparam>
    /// <param name="input">The rows.</param>
    /// <param name="start">The first that counts.</param>
    protected void MergeRows<TInput, TPartial>(TInput input, int start)
        where TInput : struct, IRowInput<TPartial>, allows ref struct
        where TPartial : struct, IPartialRow<TPartial, TGroup>
    {
        unchecked
        {
            int count = input.Count;
            IsStamped = TInput.IsStamped;
            int i = start;
        Stretch:
            int end = StretchEnd(i, count);
            long nextEnd = NextEnd;
            long paneFrom = From;
            ulong paneWidth = Width;
            int pane = PaneIndex;
            ref TGroup entries = ref Block.BeforeEntries; // the index counts slots from 1
            ref uint index = ref Block.Index;
            uint mask = Block.Mask;
            ref string? texts = ref Block.Texts;
            for (; i < end; i++)
            {
                Position = i;
                if (TInput.IsStamped)
                {
                    long before = input.WatermarkBefore(i);
                    if (before >= nextEnd)
                    {
                        Close(before);
                        goto Stretch;
                    }
                }

                ref readonly TPartial row = ref input.Row(i);
                long paneStart = TPartial.PaneStartOf(in row);
                if ((ulong)(paneStart - paneFrom) >= paneWidth)
                {
                    if (!OpenPartial(paneStart, TPartial.RowsOf(in row), i))
                    {
                        i++; // late for all of its windows
                    }

                    goto Stretch;
                }

                if (!TPartial.HasKeys)
                {
                    TPartial.Merge(ref Unsafe.Add(ref entries, 1), pane, in row);
                    continue;
                }

                uint hash = TPartial.HashOf(in row);
                uint position = hash & mask;
                ref TGroup group = ref entries;
                while (true)
                {
                    uint reference = Unsafe.Add(ref index, (nuint)position);
                    group = ref Unsafe.Add(ref entries, (nuint)reference);
                    if (reference == 0)
                    {
                        TPartial.Add(Groups, Block, hash, position, in row);
                        goto Stretch;
                    }

                    if (TPartial.IsOf(in group, ref texts, (nuint)(reference - 1), hash, in row))
                    {
                        break;
                    }

                    position = KeyHash.Next(position, hash) & mask;
                }

                TPartial.Merge(ref group, pane, in row);
            }

            if (i < count)
            {
                goto Stretch;
            }

            EndBatch();
        }
    }

    /// <summary>As <see cref="Open"/>; what came too late are as many rows as the partial result is of.</summary>
    private bool OpenPartial(long paneStart, long rows, int row)
    {
        bool kept = Open(paneStart, paneStart, row);
        if (IsLate)
        {
            IsLate = false;
            LateRows += rows;
        }

        return kept;
    }
}
