using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>Keys, arguments and filters of a grouping node, computed for a chunk, and the aggregates that take them.</summary>
internal sealed class GroupingInput
{
    private readonly Kernel[] _keyKernels;
    private readonly Kernel[][] _arguments;
    private readonly Kernel<bool>?[] _filters;
    private readonly Vector[][] _argumentValues;
    private readonly Vector<bool>?[] _filterValues;
    private readonly Pairs _filtered = new();
    private readonly int _setOrdinal;
    private readonly WindowAggregateNode _node;

    public GroupingInput(WindowAggregateNode node)
    {
        _node = node;
        _setOrdinal = node.Input is ExpandNode expand ? expand.SetOrdinal : -1;
        _keyKernels = [.. node.Keys.Select(KernelCompiler.Compile)];
        Keys = new Vector[_keyKernels.Length];
        _arguments = [.. node.Aggregates.Select(a => a.Arguments.Concat(a.OrderBy.Select(o => o.Key)).Select(KernelCompiler.Compile).ToArray())];
        _filters = [.. node.Aggregates.Select(a => a.Filter is null ? null : (Kernel<bool>)KernelCompiler.Compile(a.Filter))];
        _argumentValues = [.. _arguments.Select(a => new Vector[a.Length])];
        _filterValues = new Vector<bool>?[_filters.Length];
        Aggregates = [.. node.Aggregates.Select(AggregateFactory.Create)];
    }

    public Vector[] Keys { get; }

    /// <summary>Whether a row is the first that grouping sets make of one: late rows are counted once.</summary>
    public bool IsFirstOfRow(Chunk chunk, int row) => _setOrdinal < 0 || ((Vector<int>)chunk.Column(_setOrdinal)).Values[row] == 0;

    public Aggregate[] Aggregates { get; }

    /// <summary>The keys of the groups that there are even of no rows.</summary>
    public IEnumerable<Vector[]> KeysOfNone()
    {
        if (_node.IsGlobal)
        {
            return [[]];
        }

        return _node.EmptySets.Select(set =>
        {
            Vector[] keys = [.. _node.Keys.Select(k => (Vector)ClrValueTypes.Make(typeof(Vector<>), [ClrValueTypes.Of(k.Type)], 1))];
            foreach (Vector key in keys[..^1])
            {
                key.SetNull(0);
            }

            ((Vector<int>)keys[^1]).Values[0] = set;
            return keys;
        });
    }

    /// <summary>Computes everything for the rows given. A filter comes before its argument, which is computed only where the filter is TRUE.</summary>
    public void Compute(Chunk chunk, Selection rows, ChunkErrors errors, int[] scratch)
    {
        for (int i = 0; i < Keys.Length; i++)
        {
            Keys[i] = _keyKernels[i].EvaluateAny(chunk, rows, errors);
        }

        for (int i = 0; i < Aggregates.Length; i++)
        {
            Selection taken = rows;
            if (_filters[i] is { } filter)
            {
                Vector<bool> pass = filter.Evaluate(chunk, rows, errors);
                _filterValues[i] = pass;
                int count = 0;
                for (int k = 0; k < rows.Count; k++)
                {
                    int row = rows[k];
                    if (!pass.IsNull(row) && pass.Values[row])
                    {
                        scratch[count++] = row;
                    }
                }

                taken = new Selection(scratch, count);
            }

            for (int k = 0; k < _arguments[i].Length; k++)
            {
                _argumentValues[i][k] = _arguments[i][k].EvaluateAny(chunk, taken, errors);
            }
        }
    }

    /// <summary>Adds the pairs from <paramref name="from"/> on to their groups.</summary>
    public void Update(long[] times, Pairs pairs, int from)
    {
        for (int i = 0; i < Aggregates.Length; i++)
        {
            if (_filterValues[i] is not { } pass)
            {
                Aggregates[i].Update(_argumentValues[i], times, pairs, from, pairs.Count);
                continue;
            }

            _filtered.Clear();
            for (int k = from; k < pairs.Count; k++)
            {
                int row = pairs.Rows[k];
                if (!pass.IsNull(row) && pass.Values[row])
                {
                    _filtered.Add(row, pairs.Slots[k]);
                }
            }

            Aggregates[i].Update(_argumentValues[i], times, _filtered, 0, _filtered.Count);
        }
    }
}
