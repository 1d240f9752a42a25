using Laminar.Interpreter.Operators;
using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Database.Flow;

/// <summary>The end of a source or query: hands what comes out to all that read it, be they views, sinks, subscribers or other queries.</summary>
internal sealed class FanOutStage : ChunkStage
{
    private ChunkStage[] _targets = [];

    /// <summary>How far time has come in what came out; <see cref="long.MaxValue"/>: it has ended.</summary>
    public long Watermark { get; private set; } = long.MinValue;

    /// <summary>Rows that have come out.</summary>
    public long RowsOut { get; private set; }

    public IReadOnlyList<ChunkStage> Targets => _targets;

    public void Add(ChunkStage target) => _targets = [.. _targets, target];

    public void Remove(ChunkStage target) => _targets = [.. _targets.Where(t => t != target)];

    public override void Process(Chunk chunk)
    {
        RowsOut += chunk.Rows.Count;
        Watermark = Math.Max(Watermark, chunk.WatermarkAfter);
        ChunkStage[] targets = _targets;
        for (int i = 0; i < targets.Length; i++)
        {
            // A stage may narrow the chunk that it is given, so that only the last one gets the chunk itself.
            targets[i].Process(i == targets.Length - 1 ? chunk : Copy(chunk));
        }
    }

    public override void Advance(long watermark)
    {
        Watermark = Math.Max(Watermark, watermark);
        foreach (ChunkStage target in _targets)
        {
            target.Advance(watermark);
        }
    }

    public override void Save(BinaryWriter writer)
    {
        writer.Write(Watermark);
        writer.Write(RowsOut);
    }

    public override void Load(BinaryReader reader)
    {
        Watermark = reader.ReadInt64();
        RowsOut = reader.ReadInt64();
    }

    private static Chunk Copy(Chunk chunk) => new()
    {
        Columns = [.. chunk.Columns],
        Rows = chunk.Rows.Rows is { } rows ? new Selection(rows.AsSpan(0, chunk.Rows.Count).ToArray(), chunk.Rows.Count) : chunk.Rows,
        WatermarkBefore = [.. chunk.WatermarkBefore],
        WatermarkAfter = chunk.WatermarkAfter,
        Clock = chunk.Clock,
        Kinds = chunk.Kinds is { } kinds ? [.. kinds] : null,
        IsOfGroups = chunk.IsOfGroups,
        Origins = chunk.Origins,
        CutAt = chunk.CutAt,
    };
}
