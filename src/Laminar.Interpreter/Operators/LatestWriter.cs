using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Operators;

/// <summary>EMIT ON UPDATE and EMIT EVERY: the latest result of a group, one at a time, without what it was before.</summary>
internal sealed class LatestWriter(GroupColumns groups, Transform above, Transform unfiltered, ChunkStage owner, RunState run)
{
    private readonly int[] _slot = new int[1];
    private readonly int[] _kept = new int[Chunk.Size];
    private ChangeColumns? _output;

    /// <summary>Emits a group; answers with whether it is in the result now, or null when a failure ends the query.</summary>
    /// <param name="slot">The group.</param>
    /// <param name="window">Its window.</param>
    /// <param name="isShown">What was told of it is to be taken back where it is hidden now.</param>
    /// <param name="updates">It was told, so that this is an update.</param>
    public bool? Emit(int slot, long window, bool isShown, bool? updates = null)
    {
        StreamRowException? known = run.Fault;
        _slot[0] = slot;
        groups.Begin();
        groups.Write(_slot, window, 0, long.MinValue);
        groups.Chunk.Rows = run.Resolve(groups.Chunk, Selection.All(1), groups.Errors, _kept);
        Chunk now = above.Apply(groups.Chunk, run);
        if (!ReferenceEquals(run.Fault, known))
        {
            return null;
        }

        bool shows = now.Rows.Count > 0;
        if (shows)
        {
            Send(now, updates ?? isShown ? RowKind.UpdateAfter : RowKind.Insert);
        }
        else if (isShown)
        {
            groups.Chunk.Rows = Selection.All(1);
            Send(unfiltered.Apply(groups.Chunk, null), RowKind.Delete);
        }

        return shows;
    }

    /// <summary>Takes a group out of the result that isn't there any more.</summary>
    public void Delete(int slot, long start)
    {
        _slot[0] = slot;
        groups.Begin();
        groups.Write(_slot, start, 0, long.MinValue);
        groups.Chunk.Rows = Selection.All(1);
        Send(unfiltered.Apply(groups.Chunk, null), RowKind.Delete);
    }

    private void Send(Chunk chunk, RowKind kind)
    {
        _output ??= new ChangeColumns(chunk.Columns);
        _output.Add(chunk, 0, kind, owner.Next!);
        _output.Send(owner.Next!);
    }
}
