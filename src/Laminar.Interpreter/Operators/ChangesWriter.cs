using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Operators;

/// <summary>
/// The changelog of EMIT CHANGES: pictures of groups before and after each row are collected in two chunks, the filters and projections above
/// the aggregation are applied to both, and what differs is emitted. A group enters and leaves the result as HAVING turns.
/// </summary>
internal sealed class ChangesWriter(GroupColumns before, GroupColumns after, Transform aboveBefore, Transform aboveAfter, ChunkStage owner, RunState run)
{
    /// <summary>False where all there can be are rows that come: nothing is taken back.</summary>
    public bool HasKinds { get; init; } = true;

    private readonly int[] _held = new int[Chunk.Size];
    private readonly int[] _kept = new int[Chunk.Size];
    private readonly bool[] _was = new bool[Chunk.Size];
    private readonly bool[] _is = new bool[Chunk.Size];
    private readonly bool[] _differs = new bool[Chunk.Size];
    private readonly int[] _both = new int[Chunk.Size];
    private readonly int[] _slot = new int[1];
    private ChangeColumns? _output;
    private int _count;

    /// <summary>The group isn't there any more after its row.</summary>
    private bool _leaves;
    private int _heldCount;

    /// <summary>Takes a picture of a group before a row; nothing when the row is the group's first.</summary>
    public void Before(int slot, long window, bool isNew)
    {
        if (_count == 0)
        {
            before.Begin();
            after.Begin();
            _heldCount = 0;
        }

        if (!isNew)
        {
            _slot[0] = slot;
            before.Write(_slot, window, _count, long.MinValue);
            _held[_heldCount++] = _count;
        }
    }

    /// <summary>Takes the picture after it; false when a failure ends the query.</summary>
    public bool After(int slot, long window)
    {
        _slot[0] = slot;

        // Nobody reads watermarks of an updating query; the position stands in their place, so that a cut chunk tells where it was cut.
        after.Write(_slot, window, _count, _count);
        _count++;
        return _count < Chunk.Size || Flush();
    }

    /// <summary>Takes a group out of the result; false when a failure ends the query.</summary>
    public bool Leave(int slot, long start)
    {
        Before(slot, start, isNew: false);
        _leaves = true;
        bool isFine = After(slot, start) && Flush();
        _leaves = false;
        return isFine;
    }

    /// <summary>Emits the changes collected; false when a failure ends the query.</summary>
    public bool Flush()
    {
        int count = _count;
        _count = 0;
        if (count == 0)
        {
            return true;
        }

        StreamRowException? known = run.Fault;

        // A picture that can't be computed was reported when it was the later one of its row; here it is a row that isn't in the result.
        before.Chunk.Rows = Known();
        Chunk was = aboveBefore.Apply(before.Chunk, null);
        after.Chunk.WatermarkAfter = count;
        after.Chunk.Rows = _leaves ? Selection.All(0) : run.Resolve(after.Chunk, Selection.All(count), after.Errors, _kept);
        Chunk now = aboveAfter.Apply(after.Chunk, run);
        Emit(was, now, count);
        return ReferenceEquals(run.Fault, known);
    }

    private void Emit(Chunk was, Chunk now, int count)
    {
        Mark(was.Rows, _was, count);
        Mark(now.Rows, _is, count);
        int both = 0;
        for (int k = 0; k < count; k++)
        {
            _differs[k] = false;
            if (_was[k] && _is[k])
            {
                _both[both++] = k;
            }
        }

        for (int i = 0; i < now.Columns.Length; i++)
        {
            now.Column(i).MarkDistinct(was.Column(i), new Selection(_both, both), _differs);
        }

        _output ??= new ChangeColumns(now.Columns, HasKinds);

        for (int k = 0; k < now.WatermarkAfter; k++)
        {
            if (_was[k] && _is[k])
            {
                if (_differs[k])
                {
                    _output.Add(was, k, RowKind.UpdateBefore, owner.Next!);
                    _output.Add(now, k, RowKind.UpdateAfter, owner.Next!);
                }
            }
            else if (_is[k])
            {
                _output.Add(now, k, RowKind.Insert, owner.Next!);
            }
            else if (_was[k])
            {
                _output.Add(was, k, RowKind.Delete, owner.Next!);
            }
        }

        _output.Send(owner.Next!);
    }

    private static void Mark(Selection rows, bool[] marks, int count)
    {
        Array.Clear(marks, 0, count);
        for (int k = 0; k < rows.Count; k++)
        {
            marks[rows[k]] = true;
        }
    }

    private Selection Known()
    {
        if (!before.Errors.Any)
        {
            return new Selection(_held, _heldCount);
        }

        int count = 0;
        for (int k = 0; k < _heldCount; k++)
        {
            if (before.Errors[_held[k]] is null)
            {
                _held[count++] = _held[k];
            }
        }

        return new Selection(_held, count);
    }
}
