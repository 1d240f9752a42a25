namespace Laminar;

/// <summary>
/// A query's state has reached a limit of its own on one core (groups of a window, distinct values, bytes of text keys). No fault of a row:
/// it is thrown whatever the error policy says, because skipping would silently leave out every new key from here on.
/// </summary>
public sealed class StateLimitException : LaminarException
{
    public StateLimitException(string message)
        : base(message)
    {
    }
}
