using Laminar.Testing;

namespace Laminar.Analyzers.Tests;

/// <summary>One page of <c>analyzers/rules</c>.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Title">The text behind the id in the first line.</param>
/// <param name="Severity">error, warning or info.</param>
/// <param name="Language">sql or csharp; empty when the page has no example.</param>
/// <param name="Bad">With « and » around the characters of each finding.</param>
/// <param name="Good">Without a finding.</param>
public sealed record RulePage(string Id, string Title, string Severity, string Language, string Bad, string Good)
{
    /// <summary>Told only at run time, by a database: no analyzer knows it.</summary>
    public bool IsAtRunTime { get; init; }

    public override string ToString() => Id;
}

/// <summary>Reads the pages from the repository that the tests were built from.</summary>
public static class RulePages
{
    public static string Folder { get; } = Path.Combine(Checkout.Root, "analyzers", "rules");

    /// <summary>Every page.</summary>
    public static IReadOnlyList<RulePage> Everywhere { get; } = [.. Directory.GetFiles(Folder, "LAM*.md").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Those of rules that analyzers report.</summary>
    public static IReadOnlyList<RulePage> All { get; } = [.. Everywhere.Where(page => !page.IsAtRunTime)];

    /// <summary>Those of rules that only a database reports.</summary>
    public static IReadOnlyList<RulePage> AtRunTime { get; } = [.. Everywhere.Where(page => page.IsAtRunTime)];

    public static IEnumerable<RulePage> WithExample => All.Where(page => page.Language.Length > 0);

    private static RulePage Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] head = lines[0].TrimStart('#', ' ').Split(": ", 2);
        string severity = lines.First(line => line.StartsWith("Severity: ", StringComparison.Ordinal))["Severity: ".Length..];
        (string language, string bad) = Block(lines, "## Bad");
        (_, string good) = Block(lines, "## Good");
        return new RulePage(head[0], head[1], severity, language, bad, good) { IsAtRunTime = lines.Any(line => line.StartsWith("Reported: at run time only", StringComparison.Ordinal)) };
    }

    private static (string Language, string Text) Block(string[] lines, string heading)
    {
        int start = Array.IndexOf(lines, heading);
        if (start < 0)
        {
            return (string.Empty, string.Empty);
        }

        int open = Array.FindIndex(lines, start, line => line.StartsWith("```", StringComparison.Ordinal));
        int close = Array.IndexOf(lines, "```", open + 1);
        return (lines[open][3..], string.Join('\n', lines[(open + 1)..close]));
    }
}
