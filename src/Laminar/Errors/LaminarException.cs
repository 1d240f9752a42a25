namespace Laminar;

/// <summary>The base of every error that Laminar raises at run time. The message says what to do.</summary>
public class LaminarException : Exception
{
    public LaminarException(string message)
        : base(message)
    {
    }

    public LaminarException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
