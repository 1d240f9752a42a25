namespace Laminar.Testing;

/// <summary>Rows as changes.</summary>
internal static class Changelog
{
    /// <summary>Rows that carry no kind are new ones.</summary>
    public static RowKind KindOf<TRow>(TRow row) => row is IChangelogRow change ? change.Kind : RowKind.Insert;

    /// <summary>What is left when all are applied.</summary>
    /// <exception cref="StreamTestException">One takes back a row that isn't there.</exception>
    public static IReadOnlyList<TRow> Final<TRow>(IReadOnlyList<TRow> rows)
        where TRow : IStreamRow<TRow>
    {
        if (!typeof(IChangelogRow).IsAssignableFrom(typeof(TRow)))
        {
            return rows;
        }

        IReadOnlyList<string> texts = RowText.Of<TRow>(rows, withKind: false);
        var left = new List<int>();
        for (int i = 0; i < rows.Count; i++)
        {
            if (KindOf(rows[i]) is RowKind.Insert or RowKind.UpdateAfter)
            {
                left.Add(i);
                continue;
            }

            int found = left.FindLastIndex(l => texts[l] == texts[i]);
            if (found < 0)
            {
                throw new StreamTestException($"{KindOf(rows[i])} of a row that isn't there: {texts[i]}");
            }

            left.RemoveAt(found);
        }

        return [.. left.Select(i => rows[i])];
    }
}
