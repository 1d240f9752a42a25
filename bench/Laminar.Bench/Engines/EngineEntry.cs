namespace Laminar.Bench.Engines;

/// <summary>A query of the harness that isn't made yet: its rows are made with it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Make">Makes it.</param>
public sealed record EngineEntry(string Name, Func<EngineCase> Make)
{
    /// <summary>A query whose rows are never taken back.</summary>
    public static EngineEntry Appends<TRow>(
        string name, string family, QueryInfo info, Func<TakenRow<TRow>, IStreamQuery<TRow>> create, Func<Action<TRow>, IStreamQuery<TRow>> collect, Func<EngineSetting> setting)
        where TRow : IStreamRow<TRow> =>
        new(name, () => Case(name, family, info, tally => create(new TakenRow<TRow>(tally)), collect, setting()));

    /// <summary>A query whose rows are changes.</summary>
    public static EngineEntry Changes<TRow>(
        string name, string family, QueryInfo info, Func<TakenChange<TRow>, IStreamQuery<TRow>> create, Func<Action<TRow>, IStreamQuery<TRow>> collect, Func<EngineSetting> setting)
        where TRow : IStreamRow<TRow>, IChangelogRow =>
        new(name, () => Case(name, family, info, tally => create(new TakenChange<TRow>(tally)), collect, setting()));

    private static EngineCase<TRow> Case<TRow>(
        string name, string family, QueryInfo info, Func<RowTally, IStreamQuery<TRow>> create, Func<Action<TRow>, IStreamQuery<TRow>> collect, EngineSetting setting)
        where TRow : IStreamRow<TRow> =>
        new(name, family, info, create, collect, setting);
}

/// <summary>What a query of the harness reads, and how much of it.</summary>
/// <param name="Feeds">Its sources.</param>
public sealed record EngineSetting(params IEngineFeed[] Feeds)
{
    /// <summary>Queries that it reads, from the bottom up.</summary>
    public IReadOnlyList<QueryInfo> Reads { get; init; } = [];

    /// <summary>A reference table that it joins.</summary>
    public IEngineTable? Table { get; init; }

    /// <summary>The interpreter reads one of so many rows, where a run over all would take too long.</summary>
    public int Interpreter { get; init; } = 4;

    /// <summary>So does the operator graph.</summary>
    public int Graph { get; init; } = 1;
}
