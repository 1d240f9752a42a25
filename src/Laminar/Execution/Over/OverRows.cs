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
}
