using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.Operators;

/// <summary>One operator of a running plan. Chunks and watermarks are pushed from below.</summary>
internal abstract class ChunkStage
{
    /// <summary>Who takes the output.</summary>
    public ChunkStage? Next { get; set; }

    /// <summary>Takes rows, and the watermark behind them.</summary>
    public abstract void Process(Chunk chunk);

    /// <summary>Takes progress without rows. Never falls; <see cref="long.MaxValue"/> is the end of input.</summary>
    public abstract void Advance(long watermark);

    /// <summary>Takes a reading of the wall clock, in ticks UTC.</summary>
    public virtual void AdvanceClock(long now)
    {
    }

    /// <summary>Saves what is needed to go on from here. Stateless stages save nothing.</summary>
    public virtual void Save(BinaryWriter writer)
    {
    }

    public virtual void Load(BinaryReader reader)
    {
    }

    /// <summary>Bytes of state held, about.</summary>
    public virtual long StateBytes => 0;
}
