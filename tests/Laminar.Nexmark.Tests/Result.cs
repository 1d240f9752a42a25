using Laminar.Testing;

namespace Laminar.Nexmark.Tests;

/// <summary>What a query has put out, and what of it is left.</summary>
internal sealed class Result<TRow>
    where TRow : IStreamRow<TRow>
{
    private readonly List<TRow> _rows = [];

    public int Count => _rows.Count;

    public void Add(TRow row) => _rows.Add(row);

    /// <summary>The rows that are left when changes are applied, as texts, sorted. What is taken back must be there.</summary>
    public string[] Left()
    {
        var left = new Dictionary<string, int>();
        foreach (TRow row in _rows)
        {
            string text = RowText.Of(ValueRowWriter.ValuesOf(row));
            int count = left.GetValueOrDefault(text);
            if (row is IChangelogRow { Kind: RowKind.Delete or RowKind.UpdateBefore })
            {
                if (count == 0)
                {
                    throw new InvalidOperationException($"A row is taken back that isn't there: {text}");
                }

                left[text] = count - 1;
            }
            else
            {
                left[text] = count + 1;
            }
        }

        return [.. left.SelectMany(row => Enumerable.Repeat(row.Key, row.Value)).Order(StringComparer.Ordinal)];
    }
}
