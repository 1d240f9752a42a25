using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>A join with a reference table: each row stays where it is in its chunk and gets the columns of the table's row beside its own.</summary>
internal sealed class LookupStage : ChunkStage
{
    private readonly LookupJoinNode _node;
    private readonly RunState _run;
    private readonly TableRows _table;
    private readonly Kernel[] _keys;
    private readonly BoxedValues[] _keyValues;
    private readonly Kernel<bool>? _condition;
    private readonly Vector[] _columns;
    private readonly ChunkErrors _errors = new();
    private readonly int[] _scratch = new int[Chunk.Size];
    private readonly int[] _matched = new int[Chunk.Size];
    private readonly int[] _out = new int[Chunk.Size];

    public LookupStage(LookupJoinNode node, RunState run)
    {
        _node = node;
        _run = run;
        _table = run.Tables.Of(node.Table);
        _keys = [.. node.Keys.Select(KernelCompiler.Compile)];
        _keyValues = [.. node.Keys.Select(k => BoxedValues.Of(k.Type))];
        _condition = node.Condition is null ? null : (Kernel<bool>)KernelCompiler.Compile(node.Condition);
        _columns = [.. node.Table.Columns.Select(c => BoxedValues.Of(c.Type).NewVector())];
    }

    public override void Process(Chunk chunk)
    {
        _errors.Clear();
        Vector[] keys = [.. _keys.Select(k => k.EvaluateAny(chunk, chunk.Rows, _errors))];
        Selection rows = _run.Resolve(chunk, chunk.Rows, _errors, _scratch);
        Array.ForEach(_columns, c => c.ClearNulls());
        int matches = 0;
        for (int k = 0; k < rows.Count; k++)
        {
            if (Find(keys, rows[k]) is { } found)
            {
                JoinPairCondition.Fill(_columns, found, rows[k]);
                _matched[matches++] = rows[k];
            }
        }

        var both = new Chunk { Columns = [.. chunk.Columns, .. _columns], Rows = new Selection(_matched, matches), WatermarkBefore = chunk.WatermarkBefore, WatermarkAfter = chunk.WatermarkAfter, Clock = chunk.Clock };
        both.Rows = Settle(both, rows);
        if (_node.Type is JoinType.Semi or JoinType.Anti)
        {
            both.Columns = chunk.Columns;
        }

        Next!.Process(both);
    }

    public override void Advance(long watermark) => Next!.Advance(watermark);

    private object?[]? Find(Vector[] keys, int row)
    {
        var key = new object[keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            if (_keyValues[i].Read(keys[i], row) is not { } value)
            {
                return null;
            }

            key[i] = value;
        }

        return _table.Find(key);
    }

    /// <summary>The rows that come out; what is beside one without a match is made NULL.</summary>
    private Selection Settle(Chunk both, Selection rows)
    {
        bool[] isMatch = new bool[Chunk.Size];
        bool[] isGone = new bool[Chunk.Size];
        Selection matched = both.Rows;
        if (_condition is not null)
        {
            for (int k = 0; k < matched.Count; k++)
            {
                isGone[matched[k]] = true;
            }

            _errors.Clear();
            Vector<bool> truth = _condition.Evaluate(both, matched, _errors);
            matched = _run.Resolve(both, matched, _errors, _matched);
            for (int k = 0; k < matched.Count; k++)
            {
                int row = matched[k];
                isGone[row] = false;
                isMatch[row] = !truth.IsNull(row) && truth.Values[row];
            }
        }
        else
        {
            for (int k = 0; k < matched.Count; k++)
            {
                isMatch[matched[k]] = true;
            }
        }

        int count = 0;
        for (int k = 0; k < rows.Count && rows[k] < both.CutAt; k++)
        {
            int row = rows[k];
            if (isGone[row] || (_node.Type != JoinType.Left && isMatch[row] == (_node.Type == JoinType.Anti)))
            {
                continue;
            }

            if (!isMatch[row])
            {
                Array.ForEach(_columns, c => c.SetNull(row));
            }

            _out[count++] = row;
        }

        return new Selection(_out, count);
    }
}
