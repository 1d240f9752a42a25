using Apache.Arrow;
using Laminar.Bench.OperatorGraph;
using Laminar.Interpreter;
using Laminar.Sql.Catalog;
using Laminar.Testing;

namespace Laminar.Bench.Engines;

/// <summary>One source of a query, as each engine takes it: typed rows for generated code and the operator graph, Arrow batches for the interpreter.</summary>
public interface IEngineFeed
{
    /// <summary>The source as SQL sees it.</summary>
    Relation Relation { get; }

    /// <summary>All rows.</summary>
    int Rows { get; }

    /// <summary>Pushes the share of a slice into a generated query.</summary>
    void Push(object query, int slice, int slices);

    /// <summary>The same into the graph.</summary>
    void Push(RowGraph graph, int slice, int slices);

    /// <summary>The same into the interpreter; batches are built when they are asked for first, before anything is timed.</summary>
    void Push(InterpretedQuery query, int slice, int slices);
}

/// <inheritdoc/>
/// <param name="rows">In order of event time, at an even rate, so that the same share of each source is the same stretch of time.</param>
public sealed class EngineFeed<TRow>(TRow[] rows) : IEngineFeed
    where TRow : ISourceRow<TRow>
{
    private readonly Dictionary<(int Slice, int Slices), RecordBatch?> _batches = [];

    public Relation Relation { get; } = SourceRelation.Of<TRow>();

    public int Rows => rows.Length;

    public void Push(object query, int slice, int slices) => ((IStreamInput<TRow>)query).Push(Share(slice, slices));

    public void Push(RowGraph graph, int slice, int slices) => graph.Push<TRow>(Share(slice, slices));

    public void Push(InterpretedQuery query, int slice, int slices)
    {
        if (!_batches.TryGetValue((slice, slices), out RecordBatch? batch))
        {
            var builder = new ArrowBatchBuilder<TRow>();
            foreach (ref readonly TRow row in Share(slice, slices))
            {
                builder.Add(in row);
            }

            _batches.Add((slice, slices), batch = builder.Count > 0 ? builder.Build() : null);
        }

        if (batch is not null)
        {
            query.Push(Relation.Name, batch);
        }
    }

    private ReadOnlySpan<TRow> Share(int slice, int slices)
    {
        int from = (int)((long)rows.Length * slice / slices);
        return rows.AsSpan(from, (int)((long)rows.Length * (slice + 1) / slices) - from);
    }
}
