namespace Laminar.Runtime.Views;

/// <summary>Versions of a view's tables, one per instance of its query.</summary>
internal sealed class ViewSnapshot<TRow>(long? epoch, ViewVersion<TRow>[] versions) : ViewRows<TRow>
    where TRow : IStreamRow<TRow>
{
    public override int Count { get; } = versions.Sum(v => v.Count);

    public override long? Epoch => epoch;

    public override IEnumerator<TRow> GetEnumerator()
    {
        foreach (ViewVersion<TRow> version in versions)
        {
            for (int slot = 0; slot < version.Slots; slot++)
            {
                ViewSlot<TRow> at = version.At(slot);
                if (at.Previous != ViewSlot<TRow>.Free)
                {
                    yield return at.Row;
                }
            }
        }
    }
}
