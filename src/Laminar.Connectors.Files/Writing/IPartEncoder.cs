namespace Laminar.Connectors.Files.Writing;

/// <summary>Writes rows into one stream after another. Buffers; <see cref="Flush"/> hands everything over.</summary>
internal interface IPartEncoder<TRow> : IDisposable
{
    /// <summary>Begins a part.</summary>
    /// <param name="to">Where its bytes go; stays open.</param>
    /// <param name="atFileStart">The part begins a file, so a header is due.</param>
    void Begin(Stream to, bool atFileStart);

    void Write(ReadOnlySpan<TRow> rows);

    /// <summary>Hands what was written over to the stream.</summary>
    void Flush();

    /// <summary>Ends the part, with whatever the format has at its end.</summary>
    /// <returns>The part's length in the content's unit: bytes, or batches of Arrow.</returns>
    long End();
}
