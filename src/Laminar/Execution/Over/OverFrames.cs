namespace Laminar.Execution;

/// <summary>
/// The frames of a partition's rows, one after the other, and what the aggregates are over them. Frames that begin with the partition are added to. Those that slide are
/// kept as two stacks, so that a row costs two merges whatever the frame's size (Tangwongsan, Hirzel, Schneider: Low-Latency Sliding-Window Aggregation in Worst-Case
/// Constant Time, DEBS 2017); where panes have something beside themselves, each frame is added up anew.
/// </summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TPane">What the aggregates keep.</typeparam>
/// <typeparam name="TShape">The query's columns.</typeparam>
internal sealed class OverFrames<TIn, TOut, TPane, TShape>(OverLayout layout)
    where TPane : unmanaged
    where TShape : struct, IOverShape<TIn, TOut, TPane>
{
    /// <summary>The shape; a struct that lives here.</summary>
    public TShape Shape = new();

    private TPane _pane;

    /// <summary>Before the first row of a partition.</summary>
    public void Begin(ref FrameState<TPane> state)
    {
        TPane[]? fronts = state.Fronts;
        state = default;
        state.Fronts = fronts;
        if (TShape.Aggregates)
        {
            Shape.Begin(ref state.Pane);
        }
    }

    /// <summary>Behind the last row of a partition.</summary>
    public void End(ref FrameState<TPane> state)
    {
        if (TShape.Aggregates)
        {
            Shape.Free(ref state.Pane);
        }
    }

    /// <summary>The row's output. Rows come in order, each once.</summary>
    /// <param name="state">Of the partition.</param>
    /// <param name="rows">The rows that are at hand: all that frames of this and of later rows can hold and aren't added up yet.</param>
    /// <param name="place">Which row.</param>
    public TOut Make(ref FrameState<TPane> state, ReadOnlySpan<TIn> rows, OverPlace place)
    {
        if (!layout.HasFrame)
        {
            return Shape.Make(rows, in place, ref _pane);
        }

        Bounds(ref state, rows, ref place);
        if (!TShape.Aggregates)
        {
            return Shape.Make(rows, in place, ref _pane);
        }

        if (layout.From is null)
        {
            AddUpTo(ref state, rows, place.Before, place.Before + place.To);
            return Shape.Make(rows, in place, ref state.Pane);
        }

        if (TShape.Merges)
        {
            Slide(ref state, rows, in place);
            return Shape.Make(rows, in place, ref _pane);
        }

        Shape.Begin(ref _pane);
        for (int i = place.From; i < place.To; i++)
        {
            Shape.Add(ref _pane, in rows[i], place.Before + i);
        }

        try
        {
            return Shape.Make(rows, in place, ref _pane);
        }
        finally
        {
            Shape.Free(ref _pane);
        }
    }

    /// <summary>Makes anew what a snapshot leaves out.</summary>
    /// <param name="state">As it was saved.</param>
    /// <param name="rows">The rows at hand.</param>
    /// <param name="before">Rows of the partition before those.</param>
    public void Restore(ref FrameState<TPane> state, ReadOnlySpan<TIn> rows, long before)
    {
        if (TShape.Aggregates && TShape.Merges && layout.From is not null && state.Middle > state.From)
        {
            MakeFronts(ref state, rows, before, state.From, state.Middle);
        }
    }

    private void Bounds(ref FrameState<TPane> state, ReadOnlySpan<TIn> rows, ref OverPlace place)
    {
        long own = place.Before + place.Index;
        long end = place.Before + rows.Length;
        long from;
        long to;
        if (!layout.IsRange)
        {
            from = layout.From is { } first ? Math.Max(0, own + first) : 0;
            to = layout.To is { } last ? Math.Clamp(own + last + 1, 0, end) : end;
        }
        else
        {
            bool hasKey = TShape.Key(in rows[place.Index], out long key);
            from = layout.From switch
            {
                null => 0,
                0 => place.Before + place.Peers,
                { } distance => hasKey ? place.Before + First(rows, (int)(Math.Max(state.From, place.Before) - place.Before), place.Index, key, distance) : place.Before + place.Peers,
            };
            to = layout.To switch
            {
                null => end,
                0 => place.Before + place.PeersEnd,
                { } distance => hasKey ? place.Before + Behind(rows, (int)(Math.Clamp(layout.From is null ? state.To : Math.Max(from, state.To), place.Before, end) - place.Before), place.Index, key, distance) : place.Before + place.PeersEnd,
            };
        }

        from = Math.Min(from, to);
        state.From = from;
        place = place with { From = (int)Math.Max(0, from - place.Before), To = (int)(to - place.Before) };
    }

    /// <summary>The first row that isn't before the frame. Rows without a key are before all or behind all, and so on that side of the row itself.</summary>
    private int First(ReadOnlySpan<TIn> rows, int at, int own, long key, long distance)
    {
        long bound = layout.IsDescending ? Difference(key, distance) : State.PaneMath.AddSaturated(key, distance);
        while (at < rows.Length && (!TShape.Key(in rows[at], out long other) ? at < own : layout.IsDescending ? other > bound : other < bound))
        {
            at++;
        }

        return at;
    }

    /// <summary>Behind the last row of the frame.</summary>
    private int Behind(ReadOnlySpan<TIn> rows, int at, int own, long key, long distance)
    {
        long bound = layout.IsDescending ? Difference(key, distance) : State.PaneMath.AddSaturated(key, distance);
        while (at < rows.Length && (!TShape.Key(in rows[at], out long other) ? at < own : layout.IsDescending ? other >= bound : other <= bound))
        {
            at++;
        }

        return at;
    }

    private static long Difference(long key, long distance) => State.PaneMath.AddSaturated(key, -distance);

    private void AddUpTo(ref FrameState<TPane> state, ReadOnlySpan<TIn> rows, long before, long to)
    {
        for (; state.To < to; state.To++)
        {
            Shape.Add(ref state.Pane, in rows[(int)(state.To - before)], state.To);
        }
    }

    private void Slide(ref FrameState<TPane> state, ReadOnlySpan<TIn> rows, in OverPlace place)
    {
        long from = place.Before + place.From;
        long to = place.Before + place.To;
        if (from >= state.To)
        {
            state.Middle = from;
            state.To = from;
            Shape.Begin(ref state.Pane);
        }

        AddUpTo(ref state, rows, place.Before, to);
        if (from > state.Middle)
        {
            MakeFronts(ref state, rows, place.Before, from, to);
            state.Middle = to;
            Shape.Begin(ref state.Pane);
        }

        if (from == state.Middle)
        {
            _pane = state.Pane;
            return;
        }

        _pane = state.Fronts![(int)(from - state.FrontsFrom)];
        if (state.To > state.Middle)
        {
            Shape.Merge(ref _pane, in state.Pane);
        }
    }

    private void MakeFronts(ref FrameState<TPane> state, ReadOnlySpan<TIn> rows, long before, long from, long middle)
    {
        int count = (int)(middle - from);
        if (state.Fronts is null || state.Fronts.Length < count)
        {
            state.Fronts = new TPane[Math.Max(count, 2 * (state.Fronts?.Length ?? 2))];
        }

        state.FrontsFrom = from;
        for (int i = count - 1; i >= 0; i--)
        {
            ref TPane front = ref state.Fronts[i];
            Shape.Begin(ref front);
            Shape.Add(ref front, in rows[(int)(from - before) + i], from + i);
            if (i < count - 1)
            {
                Shape.Merge(ref front, in state.Fronts[i + 1]);
            }
        }
    }
}
