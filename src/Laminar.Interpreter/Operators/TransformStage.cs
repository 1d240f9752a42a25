using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Operators;

/// <summary>Filters and projections between other stages.</summary>
internal sealed class TransformStage(Transform transform, RunState run) : ChunkStage
{
    public override void Process(Chunk chunk) => Next!.Process(transform.Apply(chunk, run));

    public override void Advance(long watermark) => Next!.Advance(watermark);
}
