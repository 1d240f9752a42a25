using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>An aggregation whose results come when windows close, in a runtime's graph.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class AggregateStages
{
    private const string Whole = "aggregate";
    private const string Local = "aggregate.local";
    private const string Final = "aggregate.final";

    /// <summary>In one phase, of rows that meet by their keys.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="prefix">Makes the names of the stages unique in the query.</param>
    /// <param name="layout">How windows lie.</param>
    /// <typeparam name="TIn">The input's row.</typeparam>
    /// <typeparam name="TGroup">An entry of the state.</typeparam>
    /// <typeparam name="TPane">What is kept of the rows of a group in one pane.</typeparam>
    /// <typeparam name="TRow">The results.</typeparam>
    /// <typeparam name="TShape">The query's own code.</typeparam>
    public static IStreamNode<TRow> Keyed<TIn, TGroup, TPane, TRow, TShape>(IStageGraph graph, IStreamNode<TIn> input, string prefix, WindowLayout layout)
        where TGroup : unmanaged, IGroupEntry<TGroup>, IKeyed<TIn>
        where TPane : unmanaged
        where TShape : struct, IGroupLoop<TIn, TGroup>, IGroupResults<TGroup, TPane, TRow> =>
        graph.Stage(input, new KeyedStage<TIn, TGroup, TRow>(prefix + Whole, layout.Fingerprint, NewWindow<TIn, TGroup, TPane, TRow, TShape>(layout)));

    /// <inheritdoc cref="Keyed"/>
    /// <summary>In one phase, of rows that all meet.</summary>
    public static IStreamNode<TRow> Single<TIn, TGroup, TPane, TRow, TShape>(IStageGraph graph, IStreamNode<TIn> input, string prefix, WindowLayout layout)
        where TGroup : unmanaged, IGroupEntry<TGroup>
        where TPane : unmanaged
        where TShape : struct, IGroupLoop<TIn, TGroup>, IGroupResults<TGroup, TPane, TRow> =>
        graph.Stage(input, new QueryStage<TIn, TRow>(prefix + Whole, layout.Fingerprint, Routing.Single, NewWindow<TIn, TGroup, TPane, TRow, TShape>(layout)));

    /// <summary>In two phases, where there are several partitions; in one, rows meet by their keys.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="prefix">Makes the names of the stages unique in the query.</param>
    /// <param name="layout">How windows lie.</param>
    /// <typeparam name="TIn">The input's row.</typeparam>
    /// <typeparam name="TGroup">An entry of the state.</typeparam>
    /// <typeparam name="TPane">What is kept of the rows of a group in one pane.</typeparam>
    /// <typeparam name="TRow">The results.</typeparam>
    /// <typeparam name="TShape">The query's own code.</typeparam>
    /// <typeparam name="TLocal">An entry of the first phase's state.</typeparam>
    /// <typeparam name="TPartial">A partial result.</typeparam>
    /// <typeparam name="TLocalShape">The first phase's code.</typeparam>
    public static IStreamNode<TRow> KeyedTwoPhase<TIn, TGroup, TPane, TRow, TShape, TLocal, TPartial, TLocalShape>(IStageGraph graph, IStreamNode<TIn> input, string prefix, WindowLayout layout)
        where TGroup : unmanaged, IGroupEntry<TGroup>, IKeyed<TIn>
        where TPane : unmanaged
        where TShape : struct, IGroupLoop<TIn, TGroup>, IGroupResults<TGroup, TPane, TRow>
        where TLocal : unmanaged, IGroupEntry<TLocal>
        where TPartial : struct, IPartialRow<TPartial, TGroup>, IPartialOf<TPartial, TLocal>
        where TLocalShape : struct, IGroupLoop<TIn, TLocal> => graph.TwoPhase(
            input,
            new KeyedStage<TIn, TGroup, TRow>(prefix + Whole, layout.Fingerprint, NewWindow<TIn, TGroup, TPane, TRow, TShape>(layout)),
            LocalStage<TIn, TLocal, TPartial, TLocalShape>(prefix, layout),
            FinalStage<TGroup, TPane, TRow, TShape, TPartial>(prefix, layout));

    /// <inheritdoc cref="KeyedTwoPhase"/>
    /// <summary>In two phases, where there are several partitions; in one, all rows meet.</summary>
    public static IStreamNode<TRow> SingleTwoPhase<TIn, TGroup, TPane, TRow, TShape, TLocal, TPartial, TLocalShape>(IStageGraph graph, IStreamNode<TIn> input, string prefix, WindowLayout layout)
        where TGroup : unmanaged, IGroupEntry<TGroup>
        where TPane : unmanaged
        where TShape : struct, IGroupLoop<TIn, TGroup>, IGroupResults<TGroup, TPane, TRow>
        where TLocal : unmanaged, IGroupEntry<TLocal>
        where TPartial : struct, IPartialRow<TPartial, TGroup>, IPartialOf<TPartial, TLocal>
        where TLocalShape : struct, IGroupLoop<TIn, TLocal> => graph.TwoPhase(
            input,
            new QueryStage<TIn, TRow>(prefix + Whole, layout.Fingerprint, Routing.Single, NewWindow<TIn, TGroup, TPane, TRow, TShape>(layout)),
            LocalStage<TIn, TLocal, TPartial, TLocalShape>(prefix, layout),
            FinalStage<TGroup, TPane, TRow, TShape, TPartial>(prefix, layout));

    /// <inheritdoc cref="Keyed"/>
    /// <summary>Over overlapping windows whose panes are added up beside them, in one phase.</summary>
    public static IStreamNode<TRow> Sliding<TIn, TGroup, TPane, TRow, TShape>(IStageGraph graph, IStreamNode<TIn> input, string prefix, WindowLayout layout)
        where TGroup : unmanaged, ISlidingEntry<TGroup>, IKeyed<TIn>
        where TPane : unmanaged
        where TShape : struct, IGroupLoop<TIn, TGroup>, IGroupResults<TGroup, TPane, TRow> =>
        graph.Stage(input, new KeyedStage<TIn, TGroup, TRow>(prefix + Whole, layout.Fingerprint, NewSliding<TIn, TGroup, TPane, TRow, TShape>(layout)));

    /// <inheritdoc cref="KeyedTwoPhase"/>
    /// <summary>Over overlapping windows whose panes are added up beside them, in two phases where there are several partitions.</summary>
    public static IStreamNode<TRow> SlidingTwoPhase<TIn, TGroup, TPane, TRow, TShape, TLocal, TPartial, TLocalShape>(IStageGraph graph, IStreamNode<TIn> input, string prefix, WindowLayout layout)
        where TGroup : unmanaged, ISlidingEntry<TGroup>, IKeyed<TIn>
        where TPane : unmanaged
        where TShape : struct, IGroupLoop<TIn, TGroup>, IGroupResults<TGroup, TPane, TRow>
        where TLocal : unmanaged, IGroupEntry<TLocal>
        where TPartial : struct, IPartialRow<TPartial, TGroup>, IPartialOf<TPartial, TLocal>
        where TLocalShape : struct, IGroupLoop<TIn, TLocal> => graph.TwoPhase(
            input,
            new KeyedStage<TIn, TGroup, TRow>(prefix + Whole, layout.Fingerprint, NewSliding<TIn, TGroup, TPane, TRow, TShape>(layout)),
            LocalStage<TIn, TLocal, TPartial, TLocalShape>(prefix, layout),
            new MergeStage<TPartial, TGroup, TRow>(
                prefix + Final, layout.Fingerprint, output => new FinalSlidingAggregate<TPartial, TGroup, TPane, TRow, TShape, CollectorOutput<TRow>>(layout, new CollectorOutput<TRow>(output))));

    private static Func<RowCollector<TRow>, Operator<TIn>> NewWindow<TIn, TGroup, TPane, TRow, TShape>(WindowLayout layout)
        where TGroup : unmanaged, IGroupEntry<TGroup>
        where TPane : unmanaged
        where TShape : struct, IGroupLoop<TIn, TGroup>, IGroupResults<TGroup, TPane, TRow> =>
        output => new WindowAggregate<TIn, TGroup, TPane, TRow, TShape, CollectorOutput<TRow>>(layout, new CollectorOutput<TRow>(output));

    private static Func<RowCollector<TRow>, Operator<TIn>> NewSliding<TIn, TGroup, TPane, TRow, TShape>(WindowLayout layout)
        where TGroup : unmanaged, ISlidingEntry<TGroup>
        where TPane : unmanaged
        where TShape : struct, IGroupLoop<TIn, TGroup>, IGroupResults<TGroup, TPane, TRow> =>
        output => new SlidingAggregate<TIn, TGroup, TPane, TRow, TShape, CollectorOutput<TRow>>(layout, new CollectorOutput<TRow>(output));

    private static QueryStage<TIn, TPartial> LocalStage<TIn, TLocal, TPartial, TLocalShape>(string prefix, WindowLayout layout)
        where TLocal : unmanaged, IGroupEntry<TLocal>
        where TPartial : struct, IPartialOf<TPartial, TLocal>
        where TLocalShape : struct, IGroupLoop<TIn, TLocal> =>
        new(prefix + Local, layout.Fingerprint, Routing.Local, output => new LocalAggregate<TIn, TLocal, TPartial, TLocalShape, CollectorOutput<TPartial>>(layout, new CollectorOutput<TPartial>(output)));

    private static MergeStage<TPartial, TGroup, TRow> FinalStage<TGroup, TPane, TRow, TShape, TPartial>(string prefix, WindowLayout layout)
        where TGroup : unmanaged, IGroupEntry<TGroup>
        where TPane : unmanaged
        where TShape : struct, IGroupResults<TGroup, TPane, TRow>
        where TPartial : struct, IPartialRow<TPartial, TGroup> =>
        new(prefix + Final, layout.Fingerprint, output => new FinalAggregate<TPartial, TGroup, TPane, TRow, TShape, CollectorOutput<TRow>>(layout, new CollectorOutput<TRow>(output)));
}
