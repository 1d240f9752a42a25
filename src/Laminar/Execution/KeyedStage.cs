using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>An aggregation whose rows meet by their keys, as generated code makes it.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TGroup">An entry of the state: it knows the keys of a row.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class KeyedStage<TIn, TGroup, TOut>(string name, string fingerprint, Func<RowCollector<TOut>, Operator<TIn>> create)
    : QueryStage<TIn, TOut>(name, fingerprint, Routing.ByKey, create)
    where TGroup : struct, IKeyed<TIn>
{
    /// <inheritdoc/>
    public override uint KeyHash(in TIn row) => TGroup.KeyHash(in row);
}
