using System.ComponentModel;
using System.Numerics;

namespace Laminar.State;

/// <summary>
/// Percentiles of values, which are put into another order by it. The k-th value is found as Hoare does (Algorithm 65: Find, CACM 1961), by sorting where
/// that takes too many steps. NaN is above everything.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Quantiles
{
    private const int FewEnoughToSort = 16;

    /// <summary>PERCENTILE_CONT: between the two values nearest to the fraction of the way from the least to the greatest.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="fraction">0 to 1.</param>
    public static double Continuous(Span<double> values, decimal fraction)
    {
        (int lower, decimal part) = Position(values.Length, fraction);
        int numbers = NumbersFirst(values, double.IsNaN);
        if (lower >= numbers)
        {
            return double.NaN;
        }

        (double low, double high) = Neighbours(values[..numbers], lower);
        if (part != 0 && lower + 1 >= numbers && numbers < values.Length)
        {
            return double.NaN;
        }

        return part == 0 || low == high ? low : low + ((high - low) * (double)part);
    }

    /// <summary>The same of DECIMAL, exact but for rounding half away from zero.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="fraction">0 to 1.</param>
    /// <param name="scale">Digits behind the point of the result.</param>
    public static decimal Continuous(Span<decimal> values, decimal fraction, int scale)
    {
        (int lower, decimal part) = Position(values.Length, fraction);
        (decimal low, decimal high) = Neighbours(values, lower);
        return Math.Round(low + ((high - low) * part), scale, MidpointRounding.AwayFromZero);
    }

    /// <summary>PERCENTILE_DISC: the first value that at least the fraction of all are not behind.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="fraction">0 to 1.</param>
    /// <param name="descending">The order goes from the greatest.</param>
    public static T Discrete<T>(Span<T> values, decimal fraction, bool descending)
        where T : IComparable<T>
    {
        int index = Index(values.Length, fraction, descending);
        Select(values, index);
        return values[index];
    }

    /// <inheritdoc cref="Discrete{T}"/>
    public static double Discrete(Span<double> values, decimal fraction, bool descending)
    {
        int index = Index(values.Length, fraction, descending);
        int numbers = NumbersFirst(values, double.IsNaN);
        if (index >= numbers)
        {
            return double.NaN;
        }

        Select(values[..numbers], index);
        return values[index];
    }

    /// <inheritdoc cref="Discrete{T}"/>
    public static float Discrete(Span<float> values, decimal fraction, bool descending)
    {
        int index = Index(values.Length, fraction, descending);
        int numbers = NumbersFirst(values, float.IsNaN);
        if (index >= numbers)
        {
            return float.NaN;
        }

        Select(values[..numbers], index);
        return values[index];
    }

    /// <summary>Which of so many values in ascending order PERCENTILE_DISC is.</summary>
    public static int Index(int count, decimal fraction, bool descending)
    {
        int index = Math.Max(1, (int)Math.Ceiling(count * fraction)) - 1;
        return descending ? count - 1 - index : index;
    }

    private static (int Lower, decimal Part) Position(int count, decimal fraction)
    {
        decimal position = (count - 1) * fraction;
        decimal lower = Math.Floor(position);
        return ((int)lower, position - lower);
    }

    /// <summary>The k-th value and the next.</summary>
    private static (T Low, T High) Neighbours<T>(Span<T> values, int k)
        where T : IComparable<T>
    {
        Select(values, k);
        T low = values[k];
        if (k + 1 == values.Length)
        {
            return (low, low);
        }

        T high = values[k + 1];
        foreach (T value in values[(k + 2)..])
        {
            if (value.CompareTo(high) < 0)
            {
                high = value;
            }
        }

        return (low, high);
    }

    /// <summary>Moves what isn't a number to the end; the count of the rest.</summary>
    private static int NumbersFirst<T>(Span<T> values, Func<T, bool> isNaN)
    {
        int kept = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!isNaN(values[i]))
            {
                (values[kept], values[i]) = (values[i], values[kept]);
                kept++;
            }
        }

        return kept;
    }

    /// <summary>Puts the k-th value into its place, none above it before it and none below behind.</summary>
    private static void Select<T>(Span<T> values, int k)
        where T : IComparable<T>
    {
        int from = 0;
        int to = values.Length - 1;
        int steps = 2 * BitOperations.Log2((uint)values.Length + 1);
        while (to - from > FewEnoughToSort)
        {
            if (steps-- == 0)
            {
                break;
            }

            T pivot = Middle(values[from], values[(from + to) >>> 1], values[to]);
            int i = from;
            int j = to;
            while (i <= j)
            {
                while (values[i].CompareTo(pivot) < 0)
                {
                    i++;
                }

                while (values[j].CompareTo(pivot) > 0)
                {
                    j--;
                }

                if (i <= j)
                {
                    (values[i], values[j]) = (values[j], values[i]);
                    i++;
                    j--;
                }
            }

            if (k <= j)
            {
                to = j;
            }
            else if (k >= i)
            {
                from = i;
            }
            else
            {
                return;
            }
        }

        values[from..(to + 1)].Sort();
    }

    private static T Middle<T>(T a, T b, T c)
        where T : IComparable<T> =>
        a.CompareTo(b) < 0
            ? b.CompareTo(c) < 0 ? b : a.CompareTo(c) < 0 ? c : a
            : a.CompareTo(c) < 0 ? a : b.CompareTo(c) < 0 ? c : b;
}
