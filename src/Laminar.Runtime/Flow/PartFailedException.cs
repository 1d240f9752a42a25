namespace Laminar.Runtime.Flow;

/// <summary>Says which part of the runtime an error came from, where one part is called by another.</summary>
internal sealed class PartFailedException(string part, Exception inner) : LaminarException($"{part} failed: {inner.Message}", inner);
