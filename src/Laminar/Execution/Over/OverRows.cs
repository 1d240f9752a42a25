using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>What LAG and LEAD look for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OverRows
{
    /// <summary>Whether a row counts.</summary>
    public delegate bool Counts<TRow>(in TRow row);

    /// <summary>Where the <paramref name="number"/>-th row before one is that counts, itself for 0; -1 for none.</summary>
    public static int Before<TRow>(ReadOnlySpan<TRow> rows, int index, int number, Counts<TRow> counts)
    {
        int at = index;
        while (number > 0 && --at >= 0)
        {
            number -= counts(in rows[at]) ? 1 : 0;
        }

        return at;
    }

    /// <summary>Where the <paramref name="number"/>-th row behind one is that counts, itself for 0; -1 for none.</summary>
    public static int Behind<TRow>(ReadOnlySpan<TRow> rows, int index, int number, Counts<TRow> counts)
    {
        int at = index;
        while (number > 0 && ++at < rows.Length)
        {
            number -= counts(in rows[at]) ? 1 : 0;
        }

        return at < rows.Length ? at : -1;
    }

    /// <summary>Whether there are rows at all these places.</summary>
    /// <param name="count">Rows.</param>
    /// <param name="places">From 0; -1: there is none.</param>
    public static bool HasAll(int count, params ReadOnlySpan<int> places)
    {
        foreach (int place in places)
        {
            if (place < 0 || place >= count)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The first of these places, 0 where there is none.</summary>
    public static int First(params ReadOnlySpan<int> places)
    {
        int first = int.MaxValue;
        foreach (int place in places)
        {
            first = Math.Min(first, place);
        }

        return Math.Max(0, first);
    }
}
