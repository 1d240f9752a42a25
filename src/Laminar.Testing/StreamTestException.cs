namespace Laminar.Testing;

/// <summary>A query gave something else than a test expected. The message says what is missing and what is too much, row by row.</summary>
public sealed class StreamTestException(string message) : LaminarException(message);
