using Laminar.Corpus.Tests.Corpus;
using Laminar.Corpus.Tests.Data;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Corpus.Tests.Random;

/// <summary>One seed's source with its random queries, each possibly over another one.</summary>
internal sealed class RandomBatch
{
    /// <summary>How many of the queries are over rows that change.</summary>
    private const int Changing = 5;

    private readonly int _seed;
    private readonly RandomSource _source;

    public RandomBatch(int seed, int queries)
    {
        _seed = seed;
        var random = new System.Random(seed);
        _source = new RandomSource(random);

        // Every fifth seed lets rows fail: then DuckDB, where a whole query fails, isn't asked.
        Risky = seed % 5 == 4;
        Relation = CompiledChain.SourcesOf(_source.Sql)[0];
        for (int i = 0; i < queries; i++)
        {
            Queries.Add(i >= queries - Changing ? [($"q{i}", new RandomChanges(Relation, new System.Random(HashCode(i, -1)), Risky).Next())] : Chain(i));
        }
    }

    public bool Risky { get; }

    public Relation Relation { get; }

    public string SourceSql => _source.Sql;

    /// <summary>The queries of one chain each; the last one's output is compared.</summary>
    public List<IReadOnlyList<(string Name, string Sql)>> Queries { get; } = [];

    public StreamData Data(int query, int set) => _source.Data(Relation, new System.Random(HashCode(query, set)), Size(set));

    public System.Random Shapes(int query, int set) => new(HashCode(query, set) + 1);

    /// <summary>How to see one case again.</summary>
    public string Replay(int query, int set) => $"LAMINAR_RANDOM_SEED={_seed}:{query}:{set}";

    private static int Size(int set) => set switch { 0 => 0, 1 => 12, 2 => 40, _ => 90 };

    private int HashCode(int query, int set) => (((_seed * 397) + query) * 397) + set;

    private IReadOnlyList<(string Name, string Sql)> Chain(int number)
    {
        var random = new System.Random(HashCode(number, -1));
        string name = $"q{number}";
        if (random.Next(4) > 0)
        {
            return [(name, Query(Relation, random).Next("ts", forReading: false))];
        }

        bool late = random.Next(4) == 0;
        RandomQuery lower = Query(Relation, random);
        (string Name, string Sql) below = ($"u{number}", late ? lower.Late("ts", $"late{number}") : lower.Next("ts", forReading: true));
        var chain = new CompiledChain([Relation], [below]);
        if (chain.Bad is not null)
        {
            return [below];
        }

        // What the upper query can name is what the lower one turned out to have.
        QueryPlan plan = chain.Plan;
        Relation read = Sql.QuerySignature.ToRelation(plan, below.Name, "Row", "Query", []);
        string? time = read.Columns.Where(c => c.EventTimeLag is not null).Select(c => c.Name).OrderBy(_ => random.Next()).FirstOrDefault();
        if (late)
        {
            read = Sql.QuerySignature.LateRelation(plan, "Query", [])!;
            time = null;
        }

        // What a query of its own makes may as well be made inside.
        string upper = Query(read, random, ordered: !chain.HasOverlappingWindows).Next(time, forReading: false);
        return late || random.Next(2) == 0 ? [below, (name, upper)] : [(name, $"WITH {below.Name} AS ({below.Sql}) {upper}")];
    }

    private RandomQuery Query(Relation relation, System.Random random, bool ordered = true) => new(relation, random, Risky, _source.Pace, ordered);
}
