namespace Laminar;

/// <summary>Saved state that can't be restored: damaged, cut short, or of another query. Says which and where.</summary>
public sealed class SnapshotException : LaminarException
{
    public SnapshotException(string message)
        : base(message)
    {
    }

    public SnapshotException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
