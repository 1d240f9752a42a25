namespace Laminar;

/// <summary>An encoded value that can't become a column's value. The format that reads adds file, line and column.</summary>
public sealed class RowFormatException : LaminarException
{
    /// <param name="column">Ordinal in the row's schema, or -1 when the row as a whole is broken.</param>
    /// <param name="message">What is wrong, without the place.</param>
    public RowFormatException(int column, string message)
        : base(message) => Column = column;

    public RowFormatException(int column, string message, Exception inner)
        : base(message, inner) => Column = column;

    /// <summary>Ordinal in the row's schema, or -1.</summary>
    public int Column { get; }

    /// <summary>The error for a null in a member that is declared NOT NULL.</summary>
    /// <param name="column">Its ordinal.</param>
    /// <param name="name">Its SQL name.</param>
    public static RowFormatException NullIn(int column, string name) =>
        new(column, $"Column {name} is NOT NULL, but the row holds null.");
}
