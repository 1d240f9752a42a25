using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Operators;

/// <summary>The output columns of a grouping node, filled from groups: keys, window_start, window_end, window_time, aggregates.</summary>
internal sealed class GroupColumns
{
    private readonly GroupSlots _table;
    private readonly Aggregate[] _aggregates;
    private readonly WindowMath _math;
    private readonly Vector[] _columns;

    public GroupColumns(GroupSlots table, Aggregate[] aggregates, WindowMath math)
    {
        _table = table;
        _aggregates = aggregates;
        _math = math;
        _columns =
        [
            .. table.Keys.Select(k => k.NewVector()),
            new Vector<long>(Chunk.Size),
            new Vector<long>(Chunk.Size),
            new Vector<long>(Chunk.Size),
            .. aggregates.Select(a => a.NewVector()),
        ];
        Chunk = new Chunk { Columns = _columns, WatermarkBefore = new long[Chunk.Size], IsOfGroups = true };
    }

    public Chunk Chunk { get; }

    /// <summary>Where the window of a slot lies, if its start alone doesn't say.</summary>
    public Func<int, (long Start, long End)>? Bounds { get; init; }

    /// <summary>Results that can't be given (SUM beyond BIGINT), by position.</summary>
    public ChunkErrors Errors { get; } = new();

    /// <summary>Starts an empty chunk.</summary>
    public void Begin()
    {
        Errors.Clear();
        foreach (Vector column in _columns)
        {
            column.ClearNulls();
        }
    }

    /// <summary>Writes the groups in <paramref name="slots"/>, all of one window, from position <paramref name="at"/> on.</summary>
    public void Write(ReadOnlySpan<int> slots, long window, int at, long watermark)
    {
        (long start, long end) = Bounds is null ? (_math.StartOf(window), _math.EndOf(window)) : Bounds(slots[0]);

        int keys = _table.Keys.Length;
        for (int i = 0; i < keys; i++)
        {
            _table.Keys[i].Copy(slots, _columns[i], at);
        }

        ((Vector<long>)_columns[keys]).Values.AsSpan(at, slots.Length).Fill(start);
        ((Vector<long>)_columns[keys + 1]).Values.AsSpan(at, slots.Length).Fill(end);
        ((Vector<long>)_columns[keys + 2]).Values.AsSpan(at, slots.Length).Fill(end - _math.Gap);
        for (int i = 0; i < _aggregates.Length; i++)
        {
            _aggregates[i].Results(slots, _columns[keys + 3 + i], at, Errors);
        }

        Chunk.WatermarkBefore.AsSpan(at, slots.Length).Fill(watermark);
    }
}
