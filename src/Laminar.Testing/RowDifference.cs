using System.Text;

namespace Laminar.Testing;

/// <summary>Compares rows as text and says what differs, so that a person can read it.</summary>
internal static class RowDifference
{
    /// <summary>Rows that are shown of each list.</summary>
    private const int Shown = 20;

    /// <param name="what">For the message.</param>
    /// <param name="expected">Rows.</param>
    /// <param name="actual">Rows.</param>
    /// <param name="isOrdered">Whether their order counts.</param>
    /// <exception cref="StreamTestException">They differ.</exception>
    public static void Check(string what, IReadOnlyList<string> expected, IReadOnlyList<string> actual, bool isOrdered)
    {
        if (isOrdered ? expected.SequenceEqual(actual) : expected.Order(StringComparer.Ordinal).SequenceEqual(actual.Order(StringComparer.Ordinal)))
        {
            return;
        }

        List<string> missing = Without(expected, actual);
        List<string> extra = Without(actual, expected);
        var text = new StringBuilder($"{what}: {expected.Count} row(s) expected, {actual.Count} came.");
        Append(text, "missing", '-', missing);
        Append(text, "too much", '+', extra);
        if (missing.Count + extra.Count == 0)
        {
            int at = Enumerable.Range(0, expected.Count).First(i => expected[i] != actual[i]);
            text.Append($"\nThe rows are the same, in another order, from row {at} on:\n  - {expected[at]}\n  + {actual[at]}");
        }

        throw new StreamTestException(text.ToString());
    }

    private static List<string> Without(IReadOnlyList<string> rows, IReadOnlyList<string> others)
    {
        var left = others.GroupBy(o => o).ToDictionary(g => g.Key, g => g.Count());
        var without = new List<string>();
        foreach (string row in rows)
        {
            if (left.TryGetValue(row, out int count) && count > 0)
            {
                left[row] = count - 1;
            }
            else
            {
                without.Add(row);
            }
        }

        return without;
    }

    private static void Append(StringBuilder text, string what, char sign, List<string> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        text.Append($"\n{what}:");
        rows.Take(Shown).ToList().ForEach(row => text.Append($"\n  {sign} {row}"));
        if (rows.Count > Shown)
        {
            text.Append($"\n  ... and {rows.Count - Shown} more");
        }
    }
}
