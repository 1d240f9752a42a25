namespace Laminar.Bench.OperatorGraph;

/// <summary>An operator: rows are pushed into it one by one, each by a virtual call, and it pushes rows into the next.</summary>
public abstract class Vertex
{
    /// <summary>Takes the rows; set before the first.</summary>
    public Vertex Next { get; set; } = null!;

    /// <param name="row">The columns. Whoever keeps it may: nobody writes to a row that was handed on.</param>
    /// <param name="kind">What it does to the result.</param>
    public abstract void OnRow(Datum[] row, RowKind kind);

    /// <summary>Event time has come so far; <see cref="long.MaxValue"/> at the end of the input.</summary>
    public virtual void OnWatermark(long watermark) => Next.OnWatermark(watermark);
}

/// <summary>Keeps rows whose predicate is TRUE.</summary>
public sealed class FilterVertex(Func<Datum[], Datum> predicate) : Vertex
{
    public override void OnRow(Datum[] row, RowKind kind)
    {
        if (predicate(row) is { IsNull: false, Truth: true })
        {
            Next.OnRow(row, kind);
        }
    }
}

/// <summary>Computes the columns of each row.</summary>
public sealed class ProjectVertex(Func<Datum[], Datum>[] expressions) : Vertex
{
    public override void OnRow(Datum[] row, RowKind kind)
    {
        var computed = new Datum[expressions.Length];
        for (int i = 0; i < computed.Length; i++)
        {
            computed[i] = expressions[i](row);
        }

        Next.OnRow(computed, kind);
    }
}

/// <summary>Joins each row with that of a table that has its key.</summary>
/// <param name="table">The rows by key.</param>
/// <param name="keys">The key of a row.</param>
public sealed class TableVertex(Dictionary<DatumKey, Datum[]> table, Func<Datum[], Datum>[] keys) : Vertex
{
    private readonly DatumKey _key = new(new Datum[keys.Length]);

    public override void OnRow(Datum[] row, RowKind kind)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            _key.Values[i] = keys[i](row);
        }

        if (table.TryGetValue(_key, out Datum[]? found))
        {
            Next.OnRow([.. row, .. found], kind);
        }
    }
}

/// <summary>Rows of several inputs, one behind the other; time is that of the slowest.</summary>
public sealed class UnionVertex : Vertex
{
    private readonly List<Port> _ports = [];

    /// <summary>Where one more input pushes into.</summary>
    public Vertex NewPort()
    {
        _ports.Add(new Port(this));
        return _ports[^1];
    }

    public override void OnRow(Datum[] row, RowKind kind) => Next.OnRow(row, kind);

    private sealed class Port(UnionVertex union) : Vertex
    {
        private long _watermark = long.MinValue;

        public override void OnRow(Datum[] row, RowKind kind) => union.OnRow(row, kind);

        public override void OnWatermark(long watermark)
        {
            _watermark = Math.Max(_watermark, watermark);
            union.Next.OnWatermark(union._ports.Min(p => p._watermark));
        }
    }
}
