using System.Buffers;

namespace Laminar.Runtime.Flow;

/// <summary>What the runtime needs of a stage instance without knowing its row types.</summary>
internal interface IStageInstance
{
    string Section { get; }

    string Fingerprint { get; }

    bool KeepsState { get; }

    int CoreIndex { get; }

    long RowsIn { get; }

    long RowsOut { get; }

    long LateRows { get; }

    long ErrorRows { get; }

    long StateBytes { get; }

    /// <summary>Times that the wall clock made it emit rows. Any thread.</summary>
    long Ticked { get; }

    /// <summary>Before the start.</summary>
    void Restore(ReadOnlySequence<byte> section);
}
