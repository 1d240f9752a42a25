using Laminar.Sql.Plan;

namespace Laminar.Bench.OperatorGraph;

/// <summary>Which windows hold a time.</summary>
public sealed class WindowTimes
{
    private readonly WindowSpec _window;

    /// <exception cref="NotSupportedException">Windows by the calendar.</exception>
    public WindowTimes(WindowSpec window)
    {
        _window = window.Calendar is null ? window : throw new NotSupportedException("The operator graph has no windows by the calendar.");
        Time = Expressions.Compile(window.Time);
    }

    public Func<Datum[], Datum> Time { get; }

    /// <summary>Starts and ends, in order.</summary>
    public void Around(long time, List<(long Start, long End)> windows)
    {
        windows.Clear();
        if (_window.Kind == WindowKind.Cumulate)
        {
            long span = Floor(time, _window.Size);
            for (long end = Floor(time, _window.Slide) + _window.Slide; end <= span + _window.Size; end += _window.Slide)
            {
                windows.Add((span, end));
            }

            return;
        }

        long last = Floor(time, _window.Slide);
        long first = last;
        while (first - _window.Slide > time - _window.Size)
        {
            first -= _window.Slide;
        }

        for (long start = first; start <= last && time < start + _window.Size; start += _window.Slide)
        {
            windows.Add((start, start + _window.Size));
        }
    }

    /// <summary>How far time has come for whoever takes the results: rows of windows that are still open may yet come.</summary>
    public long Behind(long watermark)
    {
        if (watermark is long.MinValue or long.MaxValue)
        {
            return watermark;
        }

        long step = _window.Kind is WindowKind.Cumulate ? _window.Slide : _window.Size;
        long open = _window.Kind is WindowKind.Session ? watermark : Floor(watermark - step, _window.Slide) + _window.Slide + step;
        return open - _window.WindowTimeGap;
    }

    private long Floor(long time, long step)
    {
        long from = time - _window.Origin;
        return from - (((from % step) + step) % step) + _window.Origin;
    }
}

/// <summary>Each row once per window that holds it.</summary>
public sealed class WindowAssignVertex(WindowAssignNode node) : Vertex
{
    private readonly WindowTimes _times = new(node.Window);
    private readonly List<(long Start, long End)> _windows = [];
    private readonly long _gap = node.Window.WindowTimeGap;

    public override void OnRow(Datum[] row, RowKind kind)
    {
        _times.Around(_times.Time(row).Number, _windows);
        foreach ((long start, long end) in _windows)
        {
            Next.OnRow([.. row, Datum.Of(start), Datum.Of(end), Datum.Of(end - _gap)], kind);
        }
    }
}

/// <summary>What is common to groups: the key of a row, and the accumulators of a new group.</summary>
public abstract class GroupsVertex(WindowAggregateNode node) : Vertex
{
    private readonly Func<Datum[], Datum>[] _keys = [.. node.Keys.Select(Expressions.Compile)];
    private readonly GraphAggregate[] _aggregates = [.. node.Aggregates.Select(a => new GraphAggregate(a))];
    private readonly DatumKey _key = new(new Datum[node.Keys.Count]);

    protected long Gap { get; } = node.Window.WindowTimeGap;

    /// <summary>Of the row; filled anew for the next.</summary>
    protected DatumKey KeyOf(Datum[] row)
    {
        for (int i = 0; i < _keys.Length; i++)
        {
            _key.Values[i] = _keys[i](row);
        }

        return _key;
    }

    protected Accumulator[] NewGroup() => Array.ConvertAll(_aggregates, a => a.NewAccumulator());

    protected void Add(Accumulator[] group, Datum[] row, long time)
    {
        for (int i = 0; i < group.Length; i++)
        {
            _aggregates[i].Add(group[i], row, time);
        }
    }

    /// <summary>Key, window and results.</summary>
    protected Datum[] Result(DatumKey key, long start, long end, Accumulator[] group)
    {
        var row = new Datum[key.Values.Length + 3 + group.Length];
        key.Values.CopyTo(row, 0);
        int at = key.Values.Length;
        row[at] = Datum.Of(start);
        row[at + 1] = Datum.Of(end);
        row[at + 2] = Datum.Of(end - Gap);
        for (int i = 0; i < group.Length; i++)
        {
            row[at + 3 + i] = group[i].Result();
        }

        return row;
    }
}

/// <summary>Groups of windows of a length: a row is added to each window that holds it, and a window's groups come when time has passed its end.</summary>
public sealed class WindowGroupsVertex(WindowAggregateNode node, long lag) : GroupsVertex(node)
{
    private readonly WindowTimes _times = new(node.Window);
    private readonly List<(long Start, long End)> _around = [];
    private readonly SortedDictionary<long, (long Start, Dictionary<DatumKey, Accumulator[]> Groups)> _open = [];
    private long _watermark = long.MinValue;

    public override void OnRow(Datum[] row, RowKind kind)
    {
        long time = _times.Time(row).Number;
        _times.Around(time, _around);
        DatumKey key = KeyOf(row);
        foreach ((long start, long end) in _around)
        {
            if (end <= _watermark)
            {
                continue;
            }

            if (!_open.TryGetValue(end, out (long Start, Dictionary<DatumKey, Accumulator[]> Groups) window))
            {
                _open.Add(end, window = (start, []));
            }

            if (!window.Groups.TryGetValue(key, out Accumulator[]? group))
            {
                window.Groups.Add(key.Kept(), group = NewGroup());
            }

            Add(group, row, time);
        }
    }

    public override void OnWatermark(long watermark)
    {
        _watermark = watermark == long.MaxValue ? watermark : Math.Max(_watermark, watermark - lag);
        while (_open.Count > 0 && _open.First() is var (end, window) && end <= _watermark)
        {
            _open.Remove(end);
            foreach ((DatumKey key, Accumulator[] group) in window.Groups)
            {
                Next.OnRow(Result(key, window.Start, end, group), RowKind.Insert);
            }
        }

        Next.OnWatermark(_times.Behind(_watermark));
    }
}

/// <summary>Groups without a window as changes: what was of the row's group, and what is.</summary>
public sealed class ChangingGroupsVertex(WindowAggregateNode node) : GroupsVertex(node)
{
    private readonly Dictionary<DatumKey, Accumulator[]> _groups = [];
    private readonly Func<Datum[], Datum> _time = Expressions.Compile(node.Window.Time);
    private readonly bool _needsTime = node.NeedsTime && node.Aggregates.Any(a => a.Function.Name is "FIRST_VALUE" or "LAST_VALUE");

    public override void OnRow(Datum[] row, RowKind kind)
    {
        if (kind is RowKind.UpdateBefore or RowKind.Delete)
        {
            throw new NotSupportedException("The operator graph has no groups of rows that go.");
        }

        DatumKey key = KeyOf(row);
        Datum[]? before = null;
        if (_groups.TryGetValue(key, out Accumulator[]? group))
        {
            before = Result(key, 0, 0, group);
        }
        else
        {
            _groups.Add(key.Kept(), group = NewGroup());
        }

        Add(group, row, _needsTime ? _time(row).Number : 0);
        Datum[] after = Result(key, 0, 0, group);
        if (before is null)
        {
            Next.OnRow(after, RowKind.Insert);
        }
        else if (!before.AsSpan().SequenceEqual(after))
        {
            Next.OnRow(before, RowKind.UpdateBefore);
            Next.OnRow(after, RowKind.UpdateAfter);
        }
    }
}

/// <summary>Sessions: a row goes on with its key's open one, or begins another; one comes when time has passed its end.</summary>
public sealed class SessionVertex(WindowAggregateNode node, long lag) : GroupsVertex(node)
{
    private readonly WindowTimes _times = new(node.Window);
    private readonly long _gap = node.Window.Size;
    private readonly Dictionary<DatumKey, Session> _open = [];
    private readonly PriorityQueue<Session, long> _ends = new();

    public override void OnRow(Datum[] row, RowKind kind)
    {
        long time = _times.Time(row).Number;
        DatumKey key = KeyOf(row);
        if (_open.TryGetValue(key, out Session? session) && time >= session.End)
        {
            Emit(session);
            session = null;
        }

        if (session is null)
        {
            session = new Session(key.Kept(), time, NewGroup()) { End = time + _gap };
            _open.Add(session.Key, session);
            _ends.Enqueue(session, session.End);
        }
        else if (time < session.Start)
        {
            throw new NotSupportedException("The operator graph has no sessions of rows out of order.");
        }

        session.End = Math.Max(session.End, time + _gap);
        Add(session.Group, row, time);
    }

    public override void OnWatermark(long watermark)
    {
        long reached = watermark == long.MaxValue ? watermark : watermark - lag;
        while (_ends.TryPeek(out Session? session, out long end) && end <= reached)
        {
            _ends.Dequeue();
            if (session.IsGone)
            {
                continue;
            }

            if (session.End > end)
            {
                _ends.Enqueue(session, session.End);
            }
            else
            {
                Emit(session);
            }
        }

        Next.OnWatermark(_times.Behind(reached));
    }

    private void Emit(Session session)
    {
        session.IsGone = true;
        _open.Remove(session.Key);
        Next.OnRow(Result(session.Key, session.Start, session.End, session.Group), RowKind.Insert);
    }

    private sealed record Session(DatumKey Key, long Start, Accumulator[] Group)
    {
        public long End { get; set; }

        public bool IsGone { get; set; }
    }
}
