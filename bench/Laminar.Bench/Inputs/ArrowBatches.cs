using Apache.Arrow;

namespace Laminar.Bench.Inputs;

/// <summary>Rows as Arrow batches: timestamps in microseconds, no nulls.</summary>
public sealed class ArrowBatches
{
    /// <summary>Rows per batch: DataFusion's size, and within a second-level cache.</summary>
    public const int BatchRows = 8192;

    private readonly RecordBatch[] _batches;

    private ArrowBatches(RecordBatch[] batches) => _batches = batches;

    public static ArrowBatches Of<TRow>(ReadOnlySpan<TRow> rows)
        where TRow : IStreamRow<TRow>
    {
        var batches = new List<RecordBatch>();
        var builder = new ArrowBatchBuilder<TRow>();
        foreach (ref readonly TRow row in rows)
        {
            builder.Add(in row);
            if (builder.Count == BatchRows)
            {
                batches.Add(builder.Build());
            }
        }

        if (builder.Count > 0)
        {
            batches.Add(builder.Build());
        }

        return new ArrowBatches([.. batches]);
    }

    /// <summary>Whole batches with at least so many rows; all of them for the number of all rows.</summary>
    public ReadOnlySpan<RecordBatch> First(int rows) => _batches.AsSpan(0, Math.Min(_batches.Length, (rows + BatchRows - 1) / BatchRows));
}
