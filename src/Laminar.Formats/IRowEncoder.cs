using System.Buffers;

namespace Laminar.Formats;

/// <summary>Writes rows as text records. Not thread-safe.</summary>
/// <typeparam name="TRow">The row.</typeparam>
public interface IRowEncoder<TRow>
    where TRow : IStreamRow<TRow>
{
    /// <summary>What stands once at the beginning of a file; nothing for most formats.</summary>
    void WriteHeader(IBufferWriter<byte> to);

    /// <summary>Appends one record with its line end. When it throws, nothing of the row was written.</summary>
    /// <param name="row">The row.</param>
    /// <param name="to">Where to.</param>
    /// <exception cref="LaminarException">Text with half a surrogate pair.</exception>
    void Write(in TRow row, IBufferWriter<byte> to);
}
