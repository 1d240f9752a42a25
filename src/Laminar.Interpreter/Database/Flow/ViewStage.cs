using Laminar.Interpreter.Operators;
using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Database.Flow;

/// <summary>Keeps what comes out of a query.</summary>
internal sealed class ViewStage(ViewContent rows, RowShape shape) : ChunkStage
{
    public override void Process(Chunk chunk)
    {
        for (int k = 0; k < chunk.Rows.Count; k++)
        {
            int row = chunk.Rows[k];
            rows.Apply(shape.Read(chunk, row), chunk.KindOf(row));
        }

        rows.Advance(chunk.WatermarkAfter);
    }

    public override void Advance(long watermark) => rows.Advance(watermark);

    public override void Save(BinaryWriter writer) => rows.Save(writer);

    public override void Load(BinaryReader reader) => rows.Load(reader);
}
