namespace Laminar.Runtime.Rings;

/// <summary>
/// Rows that change are cut between steps: a row as it was and the row as it is now come in one batch, or they would be told as one that goes and one that comes.
/// </summary>
internal static class Steps
{
    /// <summary>Whether a row is as it was: what it is now comes next.</summary>
    public static bool IsHalf<TRow>(in TRow row) => Rows<TRow>.Change && ((IChangelogRow)row!).Kind == RowKind.UpdateBefore;

    /// <summary>How many rows from the front make up a batch of <paramref name="most"/> at most.</summary>
    public static int Whole<TRow>(ReadOnlySpan<TRow> rows, int most) =>
        rows.Length <= most ? rows.Length : most > 0 && IsHalf(in rows[most - 1]) ? most - 1 : most;

    private static class Rows<TRow>
    {
        public static readonly bool Change = typeof(IChangelogRow).IsAssignableFrom(typeof(TRow));
    }
}
