namespace Laminar.Formats;

/// <summary>
/// Cuts a stream of bytes into records. The caller keeps a buffer that begins at the current record, calls <see cref="Next"/>, drops what was
/// consumed and adds bytes when more are needed. Bytes once looked at aren't scanned again.
/// </summary>
public abstract class RecordFramer
{
    /// <summary>What must be known to go on from here, besides the byte offset: part of a saved position.</summary>
    public virtual byte State { get; set; }

    /// <summary>Finds the next record.</summary>
    /// <param name="buffer">From the current record on.</param>
    /// <param name="last">No bytes will follow.</param>
    /// <param name="frame">Where it is; for <see cref="FrameStatus.Skip"/> only <see cref="Frame.Consumed"/> counts.</param>
    public abstract FrameStatus Next(ReadOnlySpan<byte> buffer, bool last, out Frame frame);

    /// <summary>The current record is too long: its bytes come as <see cref="FrameStatus.Skip"/> until it ends.</summary>
    public abstract void Discard();

    /// <summary>The record's line without its end.</summary>
    protected static FrameStatus Line(ReadOnlySpan<byte> buffer, int newLine, out Frame frame)
    {
        int length = newLine;
        if (length > 0 && buffer[length - 1] == '\r')
        {
            length--;
        }

        frame = new Frame(0, length, Math.Min(newLine + 1, buffer.Length));
        return FrameStatus.Record;
    }
}
