using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Operators;

/// <summary>All rows of several chains of stages; time goes as far as the slowest of them has come.</summary>
internal sealed class UnionStage : ChunkStage, IMeeting
{
    private readonly Port[] _ports;

    public UnionStage(int count) => _ports = [.. Enumerable.Range(0, count).Select(_ => new Port(this))];

    /// <summary>What each chain hands its rows to.</summary>
    public IReadOnlyList<ChunkStage> Ports => _ports;

    public override void Process(Chunk chunk) => throw new InvalidOperationException("A union takes rows through its ports.");

    public override void Advance(long watermark) => throw new InvalidOperationException("A union takes watermarks through its ports.");

    public override void Save(BinaryWriter writer) => System.Array.ForEach(_ports, p => writer.Write(p.Watermark));

    public override void Load(BinaryReader reader) => System.Array.ForEach(_ports, p => p.Watermark = reader.ReadInt64());

    private long OthersOf(Port port) => _ports.Where(p => p != port).Min(p => p.Watermark);

    private sealed class Port(UnionStage union) : ChunkStage
    {
        public long Watermark { get; set; } = long.MinValue;

        public override void Process(Chunk chunk)
        {
            long others = union.OthersOf(this);
            long[] before = [.. chunk.WatermarkBefore.Select(w => Math.Min(w, others))];
            Watermark = Math.Max(Watermark, chunk.WatermarkAfter);
            union.Next!.Process(new Chunk { Columns = chunk.Columns, Rows = chunk.Rows, WatermarkBefore = before, WatermarkAfter = Math.Min(Watermark, others), Clock = chunk.Clock, Kinds = chunk.Kinds });
        }

        public override void Advance(long watermark)
        {
            if (watermark > Watermark)
            {
                Watermark = watermark;
                union.Next!.Advance(Math.Min(watermark, union.OthersOf(this)));
            }
        }
    }
}
