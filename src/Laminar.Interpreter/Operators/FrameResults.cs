using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>Aggregates over frames, and over groups that change, each worked out from the rows of its frame: what generated code adds up as it goes is checked against it.</summary>
internal sealed class FrameResults
{
    private readonly BoxedValues[] _values;
    private readonly Aggregate?[] _aggregates;
    private readonly int[]?[] _arguments;
    private readonly int[] _filters;
    private readonly Vector[] _inputs;
    private readonly long[] _places = new long[Chunk.Size];
    private readonly Pairs _pairs = new();
    private readonly Vector?[] _results;

    public FrameResults(OverNode node, BoxedValues[] values)
        : this([.. node.Functions.Select(f => f.Aggregate)], node.Input.Columns.Count, values)
    {
    }

    /// <param name="aggregates">Over columns; null for what is none.</param>
    /// <param name="columns">Columns of a row.</param>
    /// <param name="values">Of their types.</param>
    public FrameResults(IReadOnlyList<BoundAggregate?> aggregates, int columns, BoxedValues[] values)
    {
        _values = values;
        _aggregates = [.. aggregates.Select(a => a is null ? null : AggregateFactory.Create(a))];
        _arguments = [.. aggregates.Select(a => a?.Arguments.Concat(a.OrderBy.Select(o => o.Key)).Select(e => ((BoundColumn)e).Ordinal).ToArray())];
        _filters = [.. aggregates.Select(a => a?.Filter is BoundColumn filter ? filter.Ordinal : -1)];
        _inputs = [.. Enumerable.Range(0, columns).Select(i => values[i].NewVector())];
        _results = [.. _aggregates.Select(a => a?.NewVector())];
        foreach (Aggregate? aggregate in _aggregates)
        {
            aggregate?.Resize(1);
        }
    }

    /// <summary>The aggregate over rows of a partition; an overflow is noted.</summary>
    /// <param name="function">Which.</param>
    /// <param name="partition">Its rows in order.</param>
    /// <param name="from">The first row of the frame.</param>
    /// <param name="to">Behind the last.</param>
    /// <param name="errors">Where an error goes, at <paramref name="row"/>.</param>
    /// <param name="row">The row in the output's chunk.</param>
    public object? Of(int function, List<object?[]> partition, int from, int to, ChunkErrors errors, int row)
    {
        Aggregate aggregate = _aggregates[function]!;
        aggregate.Reset(0);
        for (int start = from; start < to; start += Chunk.Size)
        {
            int count = Math.Min(Chunk.Size, to - start);
            _pairs.Clear();
            for (int i = 0; i < count; i++)
            {
                _places[i] = start + i;
                if (_filters[function] < 0 || partition[start + i][_filters[function]] is true)
                {
                    _pairs.Add(i, 0);
                }
            }

            aggregate.Update([.. _arguments[function]!.Select(o => Column(o, partition, start, count))], _places, _pairs, 0, _pairs.Count);
        }

        Vector result = _results[function]!;
        result.ClearNulls();
        var own = new ChunkErrors();
        aggregate.Results([0], result, 0, own);
        if (own[0] is { } error)
        {
            errors.Add(row, error);
            return null;
        }

        return result.IsNull(0) ? null : result.Boxed(0);
    }

    private Vector Column(int ordinal, List<object?[]> partition, int start, int count)
    {
        Vector column = _inputs[ordinal];
        column.ClearNulls();
        for (int i = 0; i < count; i++)
        {
            if (partition[start + i][ordinal] is { } value)
            {
                _values[ordinal].Write(column, i, value);
            }
            else
            {
                column.SetNull(i);
            }
        }

        return column;
    }
}
