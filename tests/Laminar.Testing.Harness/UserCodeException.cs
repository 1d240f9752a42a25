namespace Laminar.Testing;

/// <summary>User code, or what was generated from it, that doesn't compile cleanly. The message shows each line.</summary>
public sealed class UserCodeException(string message) : Exception(message);
