namespace Laminar.Storage;

/// <summary>Saved bytes that can't be what was written. Says which file and where; nothing of it is used.</summary>
public sealed class CorruptStateException : LaminarException
{
    /// <param name="file">The file, with its folder.</param>
    /// <param name="offset">The byte at which the damage was met.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public CorruptStateException(string file, long offset, string message, Exception? inner = null)
        : base($"{file} is damaged at byte {offset}: {message}", inner)
    {
        File = file;
        Offset = offset;
    }

    /// <summary>The file, with its folder.</summary>
    public string File { get; }

    /// <summary>The byte at which the damage was met.</summary>
    public long Offset { get; }
}
