namespace Laminar.Storage;

/// <summary>The disk failed (full, I/O error). Fatal: what failed is never retried, and the store refuses everything afterwards.</summary>
public sealed class StorageException : LaminarException
{
    public StorageException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
