namespace Laminar.Interpreter.State;

/// <summary>A row as an aggregate keeps it.</summary>
/// <param name="Values">Arguments, then keys of ORDER BY; null for NULL.</param>
/// <param name="Time">Event time.</param>
internal sealed record GroupRow(object?[] Values, long Time);
