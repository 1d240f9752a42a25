using System.Text;
using Laminar.Runtime.Graph;
using Laminar.Runtime.Queries;
using Laminar.State;

namespace Laminar.Runtime.Views;

/// <summary>Whether and how the rows of one query are kept.</summary>
internal sealed class QueryViews<TRow>(QueryInfo info, Func<bool> isStarted)
    where TRow : IStreamRow<TRow>
{
    private const string KeyAdvice = "nothing but the key says which one a row replaces: keep the handle that AddTo of the query gives, or, where SELECT leaves the key out, add it or write EMIT CHANGES.";

    private KeptView<TRow>? _kept;

    public bool IsKept => _kept is not null;

    /// <exception cref="LaminarException">The query isn't kept.</exception>
    public KeptView<TRow> Kept =>
        _kept ?? throw new LaminarException($"Query {info.Name} isn't kept: call Keep() on its handle before StartAsync, or write CREATE MATERIALIZED VIEW.");

    /// <summary>Keeps it without a key.</summary>
    public void KeepPlain(ViewOptions? options)
    {
        if (info.View.IsUpsert && _kept is null)
        {
            throw new LaminarException($"Query {info.Name} tells new rows only, and {KeyAdvice}");
        }

        Keep(options, given => new PlainView<TRow>(info, given), _ => true);
    }

    /// <summary>Keeps it by its own key.</summary>
    public void Keep<TKey>(Func<TRow, TKey> key, ViewOptions? options) =>
        Keep(options, given => new KeyedView<TRow, TKey>(info, given, key, info.View.IsUnique), kept => kept is KeyedView<TRow, TKey> same && Equals(same.Key, key));

    /// <summary>Keeps it by a key of the caller's.</summary>
    public void KeepBy<TKey>(Func<TRow, TKey> key, ViewOptions? options)
    {
        if (info.View.IsUpsert)
        {
            throw new LaminarException($"Query {info.Name} tells new rows only, so nothing but its own key says which one a row replaces: call Keep() on the handle that its AddTo gives, or write EMIT CHANGES.");
        }

        Keep(options, given => new KeyedView<TRow, TKey>(info, given, key, isUnique: false), kept => kept is KeyedView<TRow, TKey> same && Equals(same.Key, key));
    }

    /// <summary>What can be looked up by a key.</summary>
    /// <exception cref="LaminarException">The query isn't kept, or by another key.</exception>
    public KeyedView<TRow, TKey> By<TKey>(Func<TRow, TKey> key) => Kept is KeyedView<TRow, TKey> keyed && Equals(keyed.Key, key)
        ? keyed
        : throw new LaminarException($"Query {info.Name} is kept by another key than that of this handle.");

    public void Place(GraphPlacement placement, StreamNode<TRow> output, QueryStages stages) => _kept?.Place(placement, output, stages, Fingerprint());

    public void Restored(long epoch) => _kept?.Restored(epoch);

    public void Commit(long epoch) => _kept?.Commit(epoch);

    /// <summary>Saved rows are rows of these columns; what they are found by is worked out anew.</summary>
    private string Fingerprint()
    {
        string columns = string.Join(',', info.Schema.Columns.Select(c => $"{c.Name} {c.Type}{(c.Nullable ? "?" : "")}"));
        return $"view {Crc32C.Of(Encoding.UTF8.GetBytes(columns)):x8}";
    }

    private void Keep(ViewOptions? options, Func<ViewOptions, KeptView<TRow>> create, Func<KeptView<TRow>, bool> isSame)
    {
        if (_kept is { } kept && isSame(kept) && (options is null || options == kept.Options))
        {
            return;
        }

        if (isStarted())
        {
            throw new LaminarException($"Query {info.Name} is to be kept too late: call Keep before StartAsync.");
        }

        if (_kept is not null)
        {
            throw new LaminarException($"Query {info.Name} is kept already, by another key or with other options; it is kept once.");
        }

        _kept = create(options ?? new ViewOptions());
    }
}
