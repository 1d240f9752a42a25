using Apache.Arrow;

namespace Laminar.Connectors.Files.Reading;

/// <summary>Arrow batches from somewhere, in order.</summary>
internal interface IBatchFeed : IDisposable
{
    /// <summary>True with a batch, which the caller disposes; false with <paramref name="ended"/> false when there is none right now.</summary>
    bool TryNext(out RecordBatch? batch, out bool ended);
}
