using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>
/// Rows that change, of each of which several are made, or none: each goes through the stages by itself, and comes and goes with all that they make of it. A row that fails has none.
/// </summary>
internal sealed class ChangeFanStage : ChunkStage
{
    private readonly ChunkStage _first;
    private readonly Made _made;
    private readonly RunState _run;
    private readonly BoxedChanges _changes;
    private readonly ChunkErrors _errors = new();
    private readonly int[] _one = new int[1];
    private readonly long[] _noWatermarks = new long[Chunk.Size];
    private Exception? _failure;

    /// <summary>The watermark before the row under way.</summary>
    private long _before = long.MinValue;

    /// <param name="stages">Makes the stages that a row goes through.</param>
    /// <param name="columns">What they make.</param>
    /// <param name="run">The query.</param>
    public ChangeFanStage(Func<RunState, List<ChunkStage>> stages, IReadOnlyList<PlanColumn> columns, RunState run)
    {
        _run = run;
        _changes = new BoxedChanges(columns);
        _made = new Made(_changes.Values);
        var own = new RunState(run.Query, new RunFailure())
        {
            Tables = run.Tables,
            ReadsSource = true,
            OnError = error =>
            {
                _failure ??= error.InnerException ?? error;
                return true;
            },
        };
        List<ChunkStage> made = stages(own);
        for (int i = 0; i < made.Count; i++)
        {
            made[i].Next = i + 1 < made.Count ? made[i + 1] : _made;
        }

        _first = made[0];
    }

    public override void Process(Chunk chunk)
    {
        RowKind Kind(int k) => chunk.KindOf(chunk.Rows[k]);
        for (int k = 0; k < chunk.Rows.Count && _run.Fault is null; k++)
        {
            _before = chunk.Rows[k] < chunk.WatermarkBefore.Length ? chunk.WatermarkBefore[chunk.Rows[k]] : long.MinValue;
            if (Kind(k) is RowKind.Insert or RowKind.UpdateAfter)
            {
                Step([], Of(chunk, chunk.Rows[k], isNew: true));
            }
            else
            {
                List<object?[]> was = Of(chunk, chunk.Rows[k], isNew: false);
                bool isStep = Kind(k) == RowKind.UpdateBefore && k + 1 < chunk.Rows.Count && Kind(k + 1) == RowKind.UpdateAfter;
                Step(was, isStep ? Of(chunk, chunk.Rows[++k], isNew: true) : []);
            }
        }

        _changes.Send(Next!);
        Next!.Advance(chunk.WatermarkAfter);
    }

    public override void Advance(long watermark) => Next!.Advance(watermark);

    /// <summary>What is made of a row.</summary>
    private List<object?[]> Of(Chunk chunk, int row, bool isNew)
    {
        _failure = null;
        _made.Rows = [];
        _one[0] = row;
        _first.Process(new Chunk { Columns = chunk.Columns, Rows = new Selection(_one, 1), WatermarkBefore = _noWatermarks, Clock = chunk.Clock });
        if (_failure is null)
        {
            return _made.Rows;
        }

        if (isNew)
        {
            _errors.Clear();
            _errors.Add(row, _failure);
            _run.Resolve(chunk, new Selection([row], 1), _errors, new int[1]);
        }

        return [];
    }

    private void Step(List<object?[]> was, List<object?[]> now)
    {
        for (int i = 0; i < Math.Max(was.Count, now.Count); i++)
        {
            _changes.Tell(i < was.Count ? was[i] : null, i < now.Count ? now[i] : null, Next!, _before);
        }
    }

    /// <summary>Takes what comes out of the stages.</summary>
    private sealed class Made(BoxedValues[] values) : ChunkStage
    {
        public List<object?[]> Rows { get; set; } = [];

        public override void Process(Chunk chunk)
        {
            for (int k = 0; k < chunk.Rows.Count; k++)
            {
                Rows.Add(BoxedChanges.Read(chunk, chunk.Rows[k], values, values.Length));
            }
        }

        public override void Advance(long watermark)
        {
        }
    }
}
