using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Laminar.State;

/// <summary>An order of rows, known to the compiler.</summary>
/// <typeparam name="TRow">The rows.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRowOrder<TRow>
{
    /// <summary>Below 0 where the first comes before the second.</summary>
    static abstract int Compare(in TRow a, in TRow b);
}

/// <summary>
/// Puts rows in order (introsort: Musser, 1997). <c>Span.Sort</c> asks a delegate for each pair and copies both of its rows; here the order is compiled into the loops.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowSorting
{
    private const int Few = 16;

    /// <summary>Sorts in place; rows that are equal by the order come in any order.</summary>
    public static void Sort<TRow, TOrder>(Span<TRow> rows)
        where TOrder : struct, IRowOrder<TRow>
    {
        if (rows.Length > 1)
        {
            Sort<TRow, TOrder>(rows, 2 * (BitOperations.Log2((uint)rows.Length) + 1));
        }
    }

    private static void Sort<TRow, TOrder>(Span<TRow> rows, int depth)
        where TOrder : struct, IRowOrder<TRow>
    {
        while (rows.Length > Few)
        {
            if (depth-- == 0)
            {
                Heap<TRow, TOrder>(rows);
                return;
            }

            int middle = Split<TRow, TOrder>(rows);
            if (middle < rows.Length / 2)
            {
                Sort<TRow, TOrder>(rows[..middle], depth);
                rows = rows[(middle + 1)..];
            }
            else
            {
                Sort<TRow, TOrder>(rows[(middle + 1)..], depth);
                rows = rows[..middle];
            }
        }

        for (int i = 1; i < rows.Length; i++)
        {
            if (TOrder.Compare(in rows[i], in rows[i - 1]) < 0)
            {
                TRow row = rows[i];
                int at = i;
                for (; at > 0 && TOrder.Compare(in row, in rows[at - 1]) < 0; at--)
                {
                    rows[at] = rows[at - 1];
                }

                rows[at] = row;
            }
        }
    }

    /// <summary>Brings those before the median of three to the front and it behind them.</summary>
    /// <returns>Where it stands.</returns>
    private static int Split<TRow, TOrder>(Span<TRow> rows)
        where TOrder : struct, IRowOrder<TRow>
    {
        int last = rows.Length - 1;
        int middle = last / 2;
        Order<TRow, TOrder>(ref rows[0], ref rows[middle]);
        Order<TRow, TOrder>(ref rows[0], ref rows[last]);
        Order<TRow, TOrder>(ref rows[middle], ref rows[last]);
        (rows[middle], rows[last - 1]) = (rows[last - 1], rows[middle]);
        TRow pivot = rows[last - 1];
        int left = 0;
        int right = last - 1;
        while (true)
        {
            while (TOrder.Compare(in rows[++left], in pivot) < 0)
            {
            }

            while (TOrder.Compare(in pivot, in rows[--right]) < 0)
            {
            }

            if (left >= right)
            {
                break;
            }

            (rows[left], rows[right]) = (rows[right], rows[left]);
        }

        (rows[left], rows[last - 1]) = (rows[last - 1], rows[left]);
        return left;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Order<TRow, TOrder>(ref TRow a, ref TRow b)
        where TOrder : struct, IRowOrder<TRow>
    {
        if (TOrder.Compare(in b, in a) < 0)
        {
            (a, b) = (b, a);
        }
    }

    private static void Heap<TRow, TOrder>(Span<TRow> rows)
        where TOrder : struct, IRowOrder<TRow>
    {
        for (int i = (rows.Length / 2) - 1; i >= 0; i--)
        {
            Sink<TRow, TOrder>(rows, i);
        }

        for (int end = rows.Length - 1; end > 0; end--)
        {
            (rows[0], rows[end]) = (rows[end], rows[0]);
            Sink<TRow, TOrder>(rows[..end], 0);
        }
    }

    private static void Sink<TRow, TOrder>(Span<TRow> rows, int at)
        where TOrder : struct, IRowOrder<TRow>
    {
        TRow row = rows[at];
        for (int child = (2 * at) + 1; child < rows.Length; child = (2 * at) + 1)
        {
            child += child + 1 < rows.Length && TOrder.Compare(in rows[child], in rows[child + 1]) < 0 ? 1 : 0;
            if (TOrder.Compare(in row, in rows[child]) >= 0)
            {
                break;
            }

            rows[at] = rows[child];
            at = child;
        }

        rows[at] = row;
    }
}
