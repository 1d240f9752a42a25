using Laminar.Sql;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Database.Flow;

/// <summary>
/// The rows that a changelog leaves: those of a materialized view, or of a SELECT. Equal rows count; they come in the order in which they came first.
/// </summary>
/// <param name="name">Of the view, for messages.</param>
/// <param name="shape">Its columns.</param>
/// <param name="key">The columns by which a change finds its row when it doesn't say the row as it was; null: it does.</param>
/// <param name="limits">How long rows are kept, and how many.</param>
/// <param name="time">The column of event time; -1 for none.</param>
internal sealed class ViewContent(string name, RowShape shape, IReadOnlyList<int>? key, CompiledView limits, int time)
{
    private readonly Dictionary<RowKey, Kept> _rows = [];
    private readonly PriorityQueue<RowKey, long> _byTime = new();
    private long _watermark = long.MinValue;
    private long _next;
    private long _count;

    /// <summary>Rows kept, equal ones counted.</summary>
    public long Count => _count;

    private int MaxRows => limits.MaxRows == 0 ? new ViewOptions().MaxRows : limits.MaxRows;

    public static ViewContent Of(string name, QueryPlan plan, CompiledView? limits) => new(
        name,
        RowShape.Of(name, plan),
        ResultKey.IsUpsert(plan) ? ResultKey.Of(plan)?.Columns : null,
        limits ?? new CompiledView(0, ViewOptions.MostRows),
        limits is null ? -1 : ResultKey.EventTime(plan));

    /// <summary>Takes a change.</summary>
    /// <exception cref="StateLimitException">There would be more rows than may be.</exception>
    /// <exception cref="LaminarException">A row is taken back that isn't there.</exception>
    public void Apply(object?[] row, RowKind kind)
    {
        RowKey at = shape.KeyOf(row, key);
        switch (kind)
        {
            case RowKind.Insert or RowKind.UpdateAfter when key is not null && _rows.TryGetValue(at, out Kept? old):
                old.Row = row;
                break;
            case RowKind.Insert or RowKind.UpdateAfter:
                Add(at, row);
                break;
            case RowKind.UpdateBefore when key is not null:
                break;
            default:
                Remove(at, 1);
                break;
        }
    }

    /// <summary>Time has come so far: rows that are kept for a while only are forgotten.</summary>
    public void Advance(long watermark)
    {
        _watermark = Math.Max(_watermark, watermark);

        // At the end of the input rows stay: there is no later time that they would be too old for.
        while (limits.RetainForTicks > 0 && watermark != long.MaxValue && _byTime.TryPeek(out RowKey at, out long stamp) && IsOver(stamp))
        {
            _byTime.Dequeue();
            if (_rows.TryGetValue(at, out Kept? kept) && kept.Row[time] is long now && IsOver(now))
            {
                Remove(at, kept.Count);
            }
        }
    }

    /// <summary>All rows.</summary>
    public IReadOnlyList<object?[]> ToList()
    {
        var rows = new List<object?[]>((int)Math.Min(_count, int.MaxValue / 2));
        foreach (Kept kept in _rows.Values.OrderBy(k => k.Number))
        {
            for (int i = 0; i < kept.Count; i++)
            {
                rows.Add(kept.Row);
            }
        }

        return rows;
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(_watermark);
        IReadOnlyList<object?[]> rows = ToList();
        writer.Write(rows.Count);
        foreach (object?[] row in rows)
        {
            shape.Save(writer, row);
        }
    }

    public void Load(BinaryReader reader)
    {
        long watermark = reader.ReadInt64();
        for (int left = reader.ReadInt32(); left > 0; left--)
        {
            object?[] row = shape.Load(reader);
            Add(shape.KeyOf(row, key), row);
        }

        _watermark = watermark;
    }

    private bool IsOver(long stamp)
    {
        long retained = IsMilliseconds ? limits.RetainForTicks / TimeSpan.TicksPerMillisecond : limits.RetainForTicks;
        return _watermark != long.MinValue && stamp < _watermark - retained;
    }

    private bool IsMilliseconds => time >= 0 && !shape.Types[time].IsTimestamp;

    private void Add(RowKey at, object?[] row)
    {
        if (limits.RetainForTicks > 0 && row[time] is long stamp)
        {
            if (IsOver(stamp))
            {
                return;
            }

            _byTime.Enqueue(at, stamp);
        }

        if (_count >= MaxRows)
        {
            throw new StateLimitException($"The view {name} has its {MaxRows:N0} rows; say more with WITH (max_rows = ...), or for how long rows are kept with WITH (retain_for = '1h').");
        }

        if (_rows.TryGetValue(at, out Kept? kept))
        {
            kept.Count++;
        }
        else
        {
            _rows.Add(at, new Kept { Row = row, Count = 1, Number = _next++ });
        }

        _count++;
    }

    private void Remove(RowKey at, int count)
    {
        if (!_rows.TryGetValue(at, out Kept? kept))
        {
            // A row that was kept for a while only may have gone before.
            if (limits.RetainForTicks > 0)
            {
                return;
            }

            throw new LaminarException($"The view {name} is to lose a row that it doesn't have.");
        }

        kept.Count -= count;
        _count -= count;
        if (kept.Count == 0)
        {
            _rows.Remove(at);
        }
    }

    private sealed class Kept
    {
        public required object?[] Row { get; set; }

        public required int Count { get; set; }

        public required long Number { get; init; }
    }
}
