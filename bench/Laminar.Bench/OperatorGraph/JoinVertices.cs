using Laminar.Sql.Plan;

namespace Laminar.Bench.OperatorGraph;

/// <summary>Two inputs that meet by keys. Rows come through the ports.</summary>
public abstract class MeetingVertex : Vertex
{
    private readonly Func<Datum[], Datum>? _condition;

    /// <param name="join">What is joined by what.</param>
    /// <param name="leftWidth">Columns of the left side.</param>
    /// <param name="rightWidth">Columns of the right side.</param>
    protected MeetingVertex(JoinSpec join, int leftWidth, int rightWidth)
    {
        _condition = join.Residual is null ? null : Expressions.Compile(join.Residual);
        Left = new Port(this, join.LeftKeys, isLeft: true);
        Right = new Port(this, join.RightKeys, isLeft: false);
        NoLeft = [.. Enumerable.Repeat(Datum.Null, leftWidth)];
        NoRight = [.. Enumerable.Repeat(Datum.Null, rightWidth)];
    }

    public Vertex Left { get; }

    public Vertex Right { get; }

    protected Datum[] NoLeft { get; }

    protected Datum[] NoRight { get; }

    /// <summary>That of the slower side.</summary>
    protected long Watermark { get; private set; } = long.MinValue;

    public sealed override void OnRow(Datum[] row, RowKind kind) => throw new InvalidOperationException("Rows come through the ports.");

    protected abstract void Take(bool isLeft, DatumKey key, bool hasKey, Datum[] row, RowKind kind);

    protected abstract void Reach(long watermark);

    protected bool Meets(Datum[] pair) => _condition is null || _condition(pair) is { IsNull: false, Truth: true };

    private void Advance()
    {
        long watermark = Math.Min(((Port)Left).Reached, ((Port)Right).Reached);
        if (watermark > Watermark)
        {
            Watermark = watermark;
            Reach(watermark);
        }

        Next.OnWatermark(Watermark);
    }

    private sealed class Port(MeetingVertex meeting, IReadOnlyList<int> keys, bool isLeft) : Vertex
    {
        private readonly DatumKey _key = new(new Datum[keys.Count]);

        public long Reached { get; private set; } = long.MinValue;

        public override void OnRow(Datum[] row, RowKind kind)
        {
            bool hasKey = true;
            for (int i = 0; i < keys.Count; i++)
            {
                _key.Values[i] = row[keys[i]];
                hasKey &= !_key.Values[i].IsNull;
            }

            meeting.Take(isLeft, _key, hasKey, row, kind);
        }

        public override void OnWatermark(long watermark)
        {
            Reached = Math.Max(Reached, watermark);
            meeting.Advance();
        }
    }
}

/// <summary>Rows of two append-only sides within a bound in time, or without one: a row meets what the other side has kept, and is kept itself.</summary>
public sealed class JoinVertex : MeetingVertex
{
    private readonly JoinBound? _bound;
    private readonly Side _left;
    private readonly Side _right;

    /// <exception cref="NotSupportedException">An outer join, SEMI or ANTI: no query of the harness has one that isn't updating.</exception>
    public JoinVertex(JoinSpec join, int leftWidth, int rightWidth)
        : base(join, leftWidth, rightWidth)
    {
        if (join.Type != JoinType.Inner)
        {
            throw new NotSupportedException($"The operator graph has no {join.Type} join within a bound.");
        }

        _bound = join.Bound;
        _left = new Side(_bound?.LeftTime, _bound?.LeftKept);
        _right = new Side(_bound?.RightTime, _bound?.RightKept);
    }

    protected override void Take(bool isLeft, DatumKey key, bool hasKey, Datum[] row, RowKind kind)
    {
        if (!hasKey)
        {
            return;
        }

        Side own = isLeft ? _left : _right;
        if ((isLeft ? _right : _left).Rows.TryGetValue(key, out List<Datum[]>? others))
        {
            foreach (Datum[] other in others)
            {
                (Datum[] left, Datum[] right) = isLeft ? (row, other) : (other, row);
                if (_bound is not null && right[_bound.RightTime].Number - left[_bound.LeftTime].Number is var distance && (distance < _bound.Low || distance > _bound.High))
                {
                    continue;
                }

                Datum[] pair = [.. left, .. right];
                if (Meets(pair))
                {
                    Next.OnRow(pair, RowKind.Insert);
                }
            }
        }

        own.Keep(key, row);
    }

    protected override void Reach(long watermark)
    {
        _left.Forget(watermark);
        _right.Forget(watermark);
    }

    private sealed class Side(int? time, long? keptFor)
    {
        private readonly PriorityQueue<(DatumKey Key, Datum[] Row), long> _due = new();

        public Dictionary<DatumKey, List<Datum[]>> Rows { get; } = [];

        public void Keep(DatumKey key, Datum[] row)
        {
            if (!Rows.TryGetValue(key, out List<Datum[]>? rows))
            {
                Rows.Add(key = key.Kept(), rows = []);
            }

            rows.Add(row);
            if (keptFor is { } span)
            {
                _due.Enqueue((key.Kept(), row), row[time!.Value].Number + span);
            }
        }

        public void Forget(long watermark)
        {
            while (_due.TryPeek(out (DatumKey Key, Datum[] Row) kept, out long due) && due < watermark)
            {
                _due.Dequeue();
                List<Datum[]> rows = Rows[kept.Key];
                rows.Remove(kept.Row);
                if (rows.Count == 0)
                {
                    Rows.Remove(kept.Key);
                }
            }
        }
    }
}

/// <summary>ASOF and temporal joins: a row of the left side waits until time has passed it, and gets the latest row of the right side that isn't behind it.</summary>
public sealed class LatestVertex : MeetingVertex
{
    private readonly JoinBound _bound;
    private readonly bool _keepsLeft;
    private readonly Dictionary<DatumKey, List<Datum[]>> _rights = [];
    private readonly PriorityQueue<(DatumKey? Key, Datum[] Row), (long Time, long Arrival)> _lefts = new();
    private long _arrivals;

    /// <exception cref="NotSupportedException">The earliest or the nearest row is asked for.</exception>
    public LatestVertex(JoinSpec join, int leftWidth, int rightWidth)
        : base(join, leftWidth, rightWidth)
    {
        if (join.Pick != JoinPick.Latest || join.Residual is not null)
        {
            throw new NotSupportedException($"The operator graph has no join with the {join.Pick} row.");
        }

        _bound = join.Bound!;
        _keepsLeft = join.KeepsLeft;
    }

    protected override void Take(bool isLeft, DatumKey key, bool hasKey, Datum[] row, RowKind kind)
    {
        if (isLeft)
        {
            _lefts.Enqueue((hasKey ? key.Kept() : null, row), (row[_bound.LeftTime].Number, _arrivals++));
        }
        else if (hasKey)
        {
            if (!_rights.TryGetValue(key, out List<Datum[]>? rows))
            {
                _rights.Add(key.Kept(), rows = []);
            }

            int place = rows.Count;
            while (place > 0 && rows[place - 1][_bound.RightTime].Number > row[_bound.RightTime].Number)
            {
                place--;
            }

            rows.Insert(place, row);
        }
    }

    protected override void Reach(long watermark)
    {
        while (_lefts.TryPeek(out (DatumKey? Key, Datum[] Row) left, out (long Time, long Arrival) at) && at.Time + Math.Max(0, _bound.High) + _bound.RightLag < watermark)
        {
            _lefts.Dequeue();
            Datum[]? right = left.Key is { } key ? Latest(key, at.Time) : null;
            if (right is not null)
            {
                Next.OnRow([.. left.Row, .. right], RowKind.Insert);
            }
            else if (_keepsLeft)
            {
                Next.OnRow([.. left.Row, .. NoRight], RowKind.Insert);
            }
        }
    }

    private Datum[]? Latest(DatumKey key, long time)
    {
        if (!_rights.TryGetValue(key, out List<Datum[]>? rows))
        {
            return null;
        }

        int low = 0;
        int high = rows.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = rows[middle][_bound.RightTime].Number - time <= _bound.High ? (middle + 1, high) : (low, middle);
        }

        // Left rows are answered in order of time: what is before this one's match is nobody's any more.
        if (low > 1)
        {
            rows.RemoveRange(0, low - 1);
            low = 1;
        }

        return low > 0 && rows[0][_bound.RightTime].Number - time >= _bound.Low ? rows[0] : null;
    }
}

/// <summary>A join of rows that come and go: pairs come and go with them, and rows alone with NULLs where the join keeps them.</summary>
public sealed class ChangingJoinVertex : MeetingVertex
{
    private readonly Dictionary<DatumKey, List<Member>> _left = [];
    private readonly Dictionary<DatumKey, List<Member>> _right = [];
    private readonly JoinSpec _join;

    /// <exception cref="NotSupportedException">SEMI or ANTI.</exception>
    public ChangingJoinVertex(JoinSpec join, int leftWidth, int rightWidth)
        : base(join, leftWidth, rightWidth) =>
        _join = join.Type is JoinType.Semi or JoinType.Anti ? throw new NotSupportedException("The operator graph has no SEMI and ANTI joins.") : join;

    protected override void Take(bool isLeft, DatumKey key, bool hasKey, Datum[] row, RowKind kind)
    {
        Dictionary<DatumKey, List<Member>> own = isLeft ? _left : _right;
        bool keeps = isLeft ? _join.KeepsLeft : _join.KeepsRight;
        bool othersKept = isLeft ? _join.KeepsRight : _join.KeepsLeft;
        bool comes = kind is RowKind.Insert or RowKind.UpdateAfter;
        var member = new Member(row);
        if (hasKey && (isLeft ? _right : _left).TryGetValue(key, out List<Member>? others))
        {
            foreach (Member other in others)
            {
                Datum[] pair = isLeft ? [.. row, .. other.Row] : [.. other.Row, .. row];
                if (!Meets(pair))
                {
                    continue;
                }

                member.Matches++;
                if (comes && othersKept && other.Matches == 0)
                {
                    Alone(!isLeft, other.Row, RowKind.Delete);
                }

                Next.OnRow(pair, kind);
                other.Matches += comes ? 1 : -1;
                if (!comes && othersKept && other.Matches == 0)
                {
                    Alone(!isLeft, other.Row, RowKind.Insert);
                }
            }
        }

        if (member.Matches == 0 && keeps)
        {
            Alone(isLeft, row, kind);
        }

        if (comes)
        {
            if (!own.TryGetValue(key, out List<Member>? members))
            {
                own.Add(key.Kept(), members = []);
            }

            members.Add(member);
        }
        else
        {
            List<Member> members = own[key];
            members.RemoveAt(members.FindIndex(m => m.Row.AsSpan().SequenceEqual(row)));
        }
    }

    protected override void Reach(long watermark)
    {
    }

    private void Alone(bool isLeft, Datum[] row, RowKind kind) => Next.OnRow(isLeft ? [.. row, .. NoRight] : [.. NoLeft, .. row], kind);

    private sealed class Member(Datum[] row)
    {
        public Datum[] Row => row;

        public int Matches { get; set; }
    }
}
