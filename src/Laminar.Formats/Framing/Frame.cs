namespace Laminar.Formats;

/// <summary>Where a record lies in the buffer.</summary>
/// <param name="Start">First byte of the record.</param>
/// <param name="Length">Its bytes, without the line end.</param>
/// <param name="Consumed">Bytes of the buffer that are done with.</param>
/// <param name="Problem">What is wrong, when the status is <see cref="FrameStatus.Broken"/>; at <paramref name="Start"/>.</param>
public readonly record struct Frame(int Start, int Length, int Consumed, string? Problem = null);
