namespace Laminar.Interpreter.Operators;

/// <summary>A stage with several inputs.</summary>
internal interface IMeeting
{
    /// <summary>What each input hands its rows to.</summary>
    IReadOnlyList<ChunkStage> Ports { get; }
}
