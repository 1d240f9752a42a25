using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>The stores of an aggregation that lie beside its groups, in the order in which they are saved.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GroupStores
{
    private readonly List<IGroupStore> _stores = [];

    /// <summary>Bytes held.</summary>
    internal long Bytes => _stores.Sum(store => store.Bytes);

    /// <summary>Takes a store in.</summary>
    public TStore Add<TStore>(TStore store)
        where TStore : IGroupStore
    {
        _stores.Add(store);
        return store;
    }

    internal void Save(StateWriter state) => _stores.ForEach(store => store.Save(state));

    internal void Load(StateReader state) => _stores.ForEach(store => store.Load(state));

    internal void Dispose()
    {
        foreach (IDisposable store in _stores.OfType<IDisposable>())
        {
            store.Dispose();
        }
    }
}
