namespace Laminar.Connectors.Files.Reading;

/// <summary>Bytes from somewhere, in order.</summary>
internal interface IByteFeed : IDisposable
{
    /// <summary>Bytes read; 0 at the end; -1 when there are none right now.</summary>
    int Read(Span<byte> buffer);

    /// <summary>Goes on from another place. Only where the feed can.</summary>
    void Seek(long offset);
}
