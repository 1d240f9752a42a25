using Laminar.Execution;

namespace Laminar.Runtime.Tests.Support;

/// <summary>A stage from lambdas.</summary>
public sealed class TestStage<TIn, TOut>(
    string name, Routing routing, Func<TIn, long>? key, Func<RowCollector<TOut>, Operator<TIn>> create, string fingerprint) : Stage<TIn, TOut>
{
    public override string Name => name;

    public override string Fingerprint => fingerprint;

    public override Routing Routing => routing;

    public override uint KeyHash(in TIn row)
    {
        ulong mixed = (ulong)key!(row) * 0x9E3779B97F4A7C15;
        return (uint)(mixed >> 32);
    }

    public override Operator<TIn> Create(RowCollector<TOut> output) => create(output);
}

/// <summary>A query from a lambda.</summary>
public sealed class TestQuery<TRow>(string name, Func<IStageGraph, IStreamNode<TRow>> build) : QueryDefinition<TRow>
    where TRow : IStreamRow<TRow>
{
    public override QueryInfo Info { get; } = new(name, "", "", "", TRow.Schema, name);

    public override IStreamNode<TRow> Build(IStageGraph graph) => build(graph);

    public override QueryPipeline Into(RowCollector<TRow> output) => throw new NotSupportedException();
}

/// <summary>The queries of these tests.</summary>
public static class TestQueries
{
    public const long Size = 100;

    public static TestQuery<Event> Filter(Func<Event, bool> predicate, string name = "filtered") =>
        new(name, g => g.Stage(g.Source<Event>(), new TestStage<Event, Event>("filter", Routing.Local, null, o => new FilterOperator(o, predicate), "")));

    /// <summary>Filter, then count by key with an exchange of the rows themselves.</summary>
    public static TestQuery<Tally> ByKey(string name = "by_key") => new(name, g =>
    {
        IStreamNode<Event> filtered = g.Stage(
            g.Source<Event>(), new TestStage<Event, Event>("filter", Routing.Local, null, o => new FilterOperator(o, _ => true), ""));
        return g.Stage(filtered, EventStage("aggregate", Routing.ByKey));
    });

    /// <summary>Count by key straight from the source.</summary>
    public static TestQuery<Tally> Straight(Routing routing, string name = "straight") =>
        new(name, g => g.Stage(g.Source<Event>(), EventStage("aggregate", routing)));

    /// <summary>Count by key, aggregated before the exchange.</summary>
    public static TestQuery<Tally> TwoPhase(string name = "two_phase") => new(name, g => g.TwoPhase(
        g.Source<Event>(),
        EventStage("aggregate", Routing.ByKey),
        EventStage("aggregate.local", Routing.Local),
        new TestStage<Tally, Tally>("aggregate.final", Routing.ByKey, r => r.Key, o => new TallyMerge(o, Size), "merge/1")));

    private static TestStage<Event, Tally> EventStage(string name, Routing routing) =>
        new(name, routing, r => r.Key, o => new EventTally(o, Size), "tally/1");
}
