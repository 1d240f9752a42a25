using Laminar.Functions;
using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Expressions;

/// <summary>The time of the query's clock, read for each row.</summary>
internal sealed class ClockKernel : Kernel<long>
{
    private readonly Vector<long> _result = NewResult();

    public override Vector<long> Evaluate(Chunk chunk, Selection rows, ChunkErrors errors)
    {
        for (int k = 0; k < rows.Count; k++)
        {
            _result.Values[rows[k]] = SqlTime.Now(chunk.Clock);
        }

        return _result;
    }
}
