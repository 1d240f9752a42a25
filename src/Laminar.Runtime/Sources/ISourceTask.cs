using Laminar.Runtime.Epochs;

namespace Laminar.Runtime.Sources;

/// <summary>What the coordinator needs of a source partition without knowing its row type. From any thread.</summary>
internal interface ISourceTask
{
    /// <summary>Sends the epoch's barrier behind the rows processed so far.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="covering">True: behind all rows that were pushed before this call.</param>
    /// <param name="last">True: no row is read afterwards.</param>
    void RequestBarrier(Epoch epoch, bool covering, bool last);

    /// <summary>The epoch is durable.</summary>
    void Acknowledge(long epoch);

    /// <summary>Rises with everything that a checkpoint would save.</summary>
    long Activity { get; }

    long RowsIn { get; }

    long Watermark { get; }

    double Fill { get; }
}
