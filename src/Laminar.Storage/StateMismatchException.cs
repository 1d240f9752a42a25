namespace Laminar.Storage;

/// <summary>Saved state of another shape: a task's state layout, the cores or the key groups have changed.</summary>
public sealed class StateMismatchException : LaminarException
{
    public StateMismatchException(string message)
        : base(message)
    {
    }
}
