using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>Whether a row of one side of a join matches one of the other.</summary>
/// <param name="join">The join.</param>
/// <param name="values">Of the columns of both sides.</param>
/// <param name="run">The error policy.</param>
internal sealed class JoinPairCondition(JoinSpec join, BoxedValues[] values, RunState run)
{
    private readonly Kernel<bool>? _residual = join.Residual is null ? null : (Kernel<bool>)KernelCompiler.Compile(join.Residual);
    private readonly Vector[] _pair = [.. values.Select(v => v.NewVector())];
    private readonly ChunkErrors _errors = new();
    private readonly int[] _scratch = new int[Chunk.Size];

    /// <summary>Puts a row into columns.</summary>
    public static void Fill(Vector[] columns, object?[] row, int at)
    {
        for (int i = 0; i < columns.Length; i++)
        {
            if (row[i] is { } value)
            {
                columns[i].Put(at, value);
            }
            else
            {
                columns[i].SetNull(at);
            }
        }
    }

    /// <summary>Whether keys are equal, none of which is NULL.</summary>
    public bool IsSameKey(object?[] left, object?[] right) =>
        join.LeftKeys.Select((l, i) => values[l].Key(left[l]!).Equals(values[l].Key(right[join.RightKeys[i]]!))).All(same => same);

    /// <summary>Whether the rest of the condition is TRUE.</summary>
    /// <param name="left">A row of the left side.</param>
    /// <param name="right">One of the right.</param>
    /// <param name="watermark">The watermark.</param>
    /// <param name="isNew">The two haven't met before: a failure counts.</param>
    public bool IsMatch(object?[] left, object?[] right, long watermark, bool isNew = true)
    {
        if (_residual is null)
        {
            return true;
        }

        System.Array.ForEach(_pair, v => v.ClearNulls());
        Fill(_pair, [.. left, .. right], 0);
        var chunk = new Chunk { Columns = _pair, Rows = Selection.All(1), WatermarkBefore = [watermark], WatermarkAfter = watermark, Clock = run.Clock };
        _errors.Clear();
        Vector<bool> truth = _residual.Evaluate(chunk, chunk.Rows, _errors);
        bool isKnown = isNew ? run.Resolve(chunk, chunk.Rows, _errors, _scratch).Count == 1 : !_errors.Any;
        return isKnown && !truth.IsNull(0) && truth.Values[0];
    }
}
