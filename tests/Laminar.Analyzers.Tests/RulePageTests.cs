using Laminar.Analyzers.Rules;
using Microsoft.CodeAnalysis;
using NUnit.Framework;

namespace Laminar.Analyzers.Tests;

/// <summary>Every rule has a page, and the examples of the page are what the rule says and where it says it.</summary>
public sealed class RulePageTests
{
    /// <summary>Rules whose page has no example, each with the reason.</summary>
    private static readonly Dictionary<string, string> WithoutExample = new()
    {
        ["LAM0027"] = "needs a project without the runtime: OtherRuleTests",
        ["LAM1007"] = "too long for a page: OtherRuleTests",
        ["LAM1008"] = "too long for a page: OtherRuleTests",
        ["LAM1016"] = "an empty text: OtherRuleTests",
        ["LAM2002"] = "needs two tables: joins can't run yet",
        ["LAM0029"] = "needs another mistake beside it: OtherRuleTests",
        ["LAM5103"] = "needs a connector that only writes: ConnectorTests",
        ["LAM5104"] = "needs a connector that only reads: ConnectorTests",
        ["LAM5105"] = "needs a connector that only appends: ConnectorTests",
        ["LAM5109"] = "needs a connector with a required option: ConnectorTests",
        ["LAM9001"] = "there is no SQL that should do it",
    };

    [TestCaseSource(typeof(RulePages), nameof(RulePages.WithExample))]
    public async Task The_bad_example_has_this_finding_on_these_characters(RulePage page)
    {
        string marked = page.Bad.Replace("«", "{|" + page.Id + ":").Replace("»", "|}");
        await Verify.Of(Wrap(page.Language, marked));
    }

    [TestCaseSource(typeof(RulePages), nameof(RulePages.WithExample))]
    public async Task The_good_example_has_no_finding(RulePage page) => await Verify.Of(Wrap(page.Language, page.Good));

    [Test]
    public void Every_rule_has_a_page_with_its_title_and_severity()
    {
        IEnumerable<string> rules = Descriptors.All.Select(d => $"{d.Id}: {d.Title} {SeverityOf(d)}");
        IEnumerable<string> pages = RulePages.All.Select(p => $"{p.Id}: {p.Title} {p.Severity}");
        Assert.That(pages, Is.EqualTo(rules));
    }

    [Test]
    public void Every_rule_has_an_example_or_a_reason_for_none()
    {
        IEnumerable<string> without = RulePages.All.Where(p => p.Language.Length == 0).Select(p => p.Id);
        Assert.That(without, Is.EquivalentTo(WithoutExample.Keys));
    }

    [Test]
    public void The_index_names_every_page_once()
    {
        string index = File.ReadAllText(Path.Combine(RulePages.Folder, "README.md"));
        foreach (RulePage page in RulePages.Everywhere)
        {
            Assert.That(index.Split($"[{page.Id}]({page.Id}.md) | {page.Title} | {page.Severity} |"), Has.Length.EqualTo(2), page.Id);
        }
    }

    [Test]
    public void The_release_table_names_every_rule()
    {
        string table = File.ReadAllText(Path.Combine(RulePages.Folder, "..", "Laminar.Analyzers", "AnalyzerReleases.Unshipped.md"));
        IEnumerable<string> rows = table.Split('\n').Where(line => line.StartsWith("LAM", StringComparison.Ordinal));
        Assert.That(rows, Is.EqualTo(Descriptors.All.Select(d => $"{d.Id} | Laminar | {d.DefaultSeverity} | {d.Title}")));
    }

    private static string SeverityOf(DiagnosticDescriptor descriptor) => descriptor.DefaultSeverity.ToString().ToLowerInvariant();

    private static string Wrap(string language, string code)
    {
        if (language == "csharp")
        {
            return code;
        }

        bool script = code.StartsWith("CREATE", StringComparison.Ordinal);
        return script
            ? $"[StreamPipeline(\"\"\"\n    {code.Replace("\n", "\n    ")}\n    \"\"\")]\npublic static partial class Pipeline;"
            : $"[StreamQuery(\"\"\"\n    {code.Replace("\n", "\n    ")}\n    \"\"\")]\npublic sealed partial class Selected;";
    }
}
