using Laminar.Bench.OperatorGraph;
using Laminar.Interpreter;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Testing;

namespace Laminar.Bench.Engines;

/// <summary>A reference table, as each engine takes it.</summary>
public interface IEngineTable
{
    Relation Relation { get; }

    /// <summary>For the operator graph.</summary>
    Dictionary<DatumKey, Datum[]> Rows { get; }

    /// <summary>Into a generated query.</summary>
    void Load(object query);

    /// <summary>Into the interpreter.</summary>
    void Load(InterpretedQuery query);
}

/// <inheritdoc/>
/// <param name="rows">All rows; the first column is the key.</param>
public sealed class EngineTable<TRow>(TRow[] rows) : IEngineTable
    where TRow : IReferenceRow<TRow>
{
    public Relation Relation { get; } = TableOf(SourceRelation.Of<TRow>());

    public Dictionary<DatumKey, Datum[]> Rows { get; } = rows.Select(r => DatumWriter.ValuesOf(in r)).ToDictionary(r => new DatumKey([r[0]]));

    public void Load(object query) => ((ITableInput<TRow>)query).Load(rows);

    public void Load(InterpretedQuery query)
    {
        var builder = new ArrowBatchBuilder<TRow>();
        foreach (ref readonly TRow row in rows.AsSpan())
        {
            builder.Add(in row);
        }

        query.Load(Relation.Name, builder.Build());
    }

    private static Relation TableOf(Relation source) => source with { Kind = RelationKind.Table, Key = new ResultKey([0], true), Watermark = null };
}
