using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>The second phase of an aggregation, as generated code makes it.</summary>
/// <typeparam name="TPartial">The first phase's rows.</typeparam>
/// <typeparam name="TGroup">An entry of the state.</typeparam>
/// <typeparam name="TOut">The results.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MergeStage<TPartial, TGroup, TOut>(string name, string fingerprint, Func<RowCollector<TOut>, Operator<TPartial>> create)
    : QueryStage<TPartial, TOut>(name, fingerprint, TPartial.HasKeys ? Routing.ByKey : Routing.Single, create)
    where TPartial : struct, IPartialRow<TPartial, TGroup>
    where TGroup : unmanaged, IGroupEntry<TGroup>
{
    /// <inheritdoc/>
    public override uint KeyHash(in TPartial row) => State.KeyHash.Route(TPartial.HashOf(in row));
}
