using Laminar.Runtime.Flow;
using Laminar.Runtime.Graph;
using Laminar.Runtime.Queries;

namespace Laminar.Runtime.Views;

/// <summary>The current rows of one query: a table beside each of its instances, and what of them is committed.</summary>
internal abstract class KeptView<TRow>
    where TRow : IStreamRow<TRow>
{
    private readonly string _query;
    private readonly long? _limit;
    private ViewTask<TRow>[] _tasks = [];
    private Committed _committed = new(0, []);

    /// <exception cref="LaminarException">An option is out of its range, or the rows can't be kept so.</exception>
    protected KeptView(QueryInfo info, ViewOptions options)
    {
        _query = info.Name;
        Options = options;
        if (options.MaxRows is < 1 or > ViewOptions.MostRows)
        {
            throw new LaminarException($"View {_query}: MaxRows is {options.MaxRows}; 1 to {ViewOptions.MostRows} are allowed.");
        }

        _limit = options.RetainFor is { } retained ? ViewTime.Retained(info, retained) : null;
        TimeOrdinal = _limit is null ? -1 : ViewTime.Ordinal(info);
    }

    public ViewOptions Options { get; }

    /// <summary>The column of event time, or -1 when rows are kept for ever.</summary>
    private int TimeOrdinal { get; }

    /// <summary>A table beside each instance of the query, which has been placed.</summary>
    public void Place(GraphPlacement placement, StreamNode<TRow> output, QueryStages stages, string fingerprint)
    {
        _tasks = new ViewTask<TRow>[output.Cores.Length];
        for (int i = 0; i < _tasks.Length; i++)
        {
            var changes = new ViewChanges<TRow>(NewIndex(), _limit is { } retained ? new ViewExpiry<TRow>(TimeOrdinal, retained) : null);
            var task = new ViewTask<TRow>($"View {_query}", $"{_query}/view#{i}", changes, fingerprint, output.Cores[i], CheckRows);
            _tasks[i] = task;
            output.Outputs[i].Add(task);
            placement.Stages.Add(task);
            stages.All.Add(task);
        }
    }

    /// <summary>Saved state has been brought back: what is there is committed.</summary>
    public void Restored(long epoch) => Volatile.Write(ref _committed, new Committed(epoch, [.. _tasks.Select(t => t.Fork())]));

    /// <summary>The epoch is committed. One at a time, in order.</summary>
    public void Commit(long epoch) => Volatile.Write(ref _committed, new Committed(epoch, [.. _tasks.Select(t => t.TakeCommitted(epoch))]));

    public ViewRows<TRow> Scan(bool committed)
    {
        if (!committed)
        {
            return new ViewSnapshot<TRow>(null, [.. _tasks.Select(t => t.Fork())]);
        }

        Committed now = Volatile.Read(ref _committed);
        return new ViewSnapshot<TRow>(now.Epoch, now.Versions);
    }

    /// <summary>What a look into each table finds.</summary>
    protected List<TRow> Look(bool committed, Func<ViewVersion<TRow>, IEnumerable<TRow>> look)
    {
        var found = new List<TRow>();
        if (committed)
        {
            foreach (ViewVersion<TRow> version in Volatile.Read(ref _committed).Versions)
            {
                found.AddRange(look(version));
            }
        }
        else
        {
            foreach (ViewTask<TRow> task in _tasks)
            {
                found.AddRange(task.Look(look));
            }
        }

        return found;
    }

    protected abstract ViewIndex<TRow> NewIndex();

    private void CheckRows()
    {
        long rows = 0;
        foreach (ViewTask<TRow> task in _tasks)
        {
            rows += task.Count;
        }

        if (rows > Options.MaxRows)
        {
            throw new StateLimitException(
                $"The view {_query} has {rows} rows, and {Options.MaxRows} are allowed (ViewOptions.MaxRows, max_rows): raise that, say how long rows are retained (RetainFor, retain_for), or take fewer (ORDER BY ts DESC LIMIT n).");
        }
    }

    private sealed record Committed(long Epoch, ViewVersion<TRow>[] Versions);
}

/// <summary>A view without a key: rows as often as they come.</summary>
internal sealed class PlainView<TRow>(QueryInfo info, ViewOptions options) : KeptView<TRow>(info, options)
    where TRow : IStreamRow<TRow>
{
    protected override ViewIndex<TRow> NewIndex() => typeof(IChangelogRow).IsAssignableFrom(typeof(TRow)) ? new RowIndex<TRow>() : new NoIndex<TRow>();
}

/// <summary>A view whose rows are found by a key.</summary>
internal sealed class KeyedView<TRow, TKey>(QueryInfo info, ViewOptions options, Func<TRow, TKey> key, bool isUnique) : KeptView<TRow>(info, options)
    where TRow : IStreamRow<TRow>
{
    // Those of the tables keep what they look for; this one only looks for keys.
    private readonly KeyIndex<TRow, TKey> _lookup = new(key, isUnique);

    public Func<TRow, TKey> Key { get; } = key;

    public IReadOnlyList<TRow> Lookup(TKey sought, bool committed) => Look(committed, version => _lookup.Find(version, sought));

    protected override ViewIndex<TRow> NewIndex() => new KeyIndex<TRow, TKey>(Key, isUnique);
}
