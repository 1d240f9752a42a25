using System.Collections.Immutable;

namespace Laminar.CodeFixes;

/// <summary>Ids that the fixes know. A test compares them with the rules.</summary>
internal static class FixableIds
{
    /// <summary>Findings that may carry a suggestion.</summary>
    public static readonly ImmutableArray<string> WithSuggestion = ImmutableArray.Create(
        "LAM1002", "LAM1012", "LAM1013", "LAM1014", "LAM1018", "LAM1019",
        "LAM2001", "LAM2003", "LAM2004", "LAM2005", "LAM2007", "LAM2009", "LAM2020", "LAM2024", "LAM2029", "LAM2030", "LAM2032", "LAM3002",
        "LAM5101", "LAM5106", "LAM5108");
}
