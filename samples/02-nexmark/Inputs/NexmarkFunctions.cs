using Laminar;

namespace NexmarkQueries.Inputs;

/// <summary>Functions in C# that queries call.</summary>
public static class NexmarkFunctions
{
    /// <summary>How often a character is in a text; q14's <c>count_char</c>. 0 for anything but one character.</summary>
    [StreamFunction]
    public static long CountChar(string text, string character) => character.Length == 1 ? text.AsSpan().Count(character[0]) : 0;
}
