using Laminar.Analyzers.Tests;
using NUnit.Framework;

namespace Laminar.Database.Tests;

/// <summary>The pages of rules that only a database reports: their examples are what it says, and where; and the command prints them.</summary>
public sealed class RuntimeRulePageTests
{
    private static IEnumerable<RulePage> Pages => RulePages.AtRunTime;

    [Test]
    public void Each_rule_has_a_page() =>
        Assert.That(Pages.Select(p => p.Id), Is.EqualTo(Enumerable.Range(2110, 10).Select(n => $"LAM{n}")));

    [TestCaseSource(nameof(Pages))]
    public async Task The_bad_example_has_this_finding_on_these_characters(RulePage page)
    {
        using var folder = new TempFolder();
        await using LaminarDatabase db = LaminarDatabase.Open();
        string[] scripts = Scripts(page.Bad, folder);
        foreach (string script in scripts[..^1])
        {
            await db.ExecuteAsync(script);
        }

        string marked = scripts[^1];
        int start = marked.IndexOf('«', StringComparison.Ordinal);
        int end = marked.IndexOf('»', StringComparison.Ordinal) - 1;
        LaminarSqlException error = Assert.ThrowsAsync<LaminarSqlException>(() => db.ExecuteAsync(marked.Replace("«", "", StringComparison.Ordinal).Replace("»", "", StringComparison.Ordinal)));
        Assert.That(error.Errors.Where(e => e.IsError).Select(e => (e.Id, e.Offset, e.Length)), Is.EqualTo(new[] { (page.Id, start, end - start) }));
        Assert.That(error.Message, Does.EndWith($"See analyzers/rules/{page.Id}.md, or run: laminar rule {page.Id}"));
        Assert.That(File.Exists(Path.Combine(Laminar.Testing.Checkout.Root, error.Errors[^1].Page)));
    }

    [TestCaseSource(nameof(Pages))]
    public async Task The_good_example_runs(RulePage page)
    {
        using var folder = new TempFolder();
        await using LaminarDatabase db = LaminarDatabase.Open();
        foreach (string script in Scripts(page.Good, folder))
        {
            Assert.That(() => db.ExecuteAsync(script), Throws.Nothing);
        }
    }

    [Test]
    public void The_command_prints_a_page_and_lists_all()
    {
        (int code, string output, _) = ToolTests.Run(null, "rule", "lam2111");
        Assert.That((code, output), Is.EqualTo((0, File.ReadAllText(Path.Combine(RulePages.Folder, "LAM2111.md")))));
        Assert.That(ToolTests.Run(null, "rule").Output.Split('\n')[..^1], Is.EqualTo(RulePages.Everywhere.Select(p => $"{p.Id}: {p.Title}")));
        Assert.That(ToolTests.Run(null, "rule", "LAM0000"), Is.EqualTo((2, "", "error: There is no rule LAM0000; laminar rule lists all.\n")));
    }

    // A paragraph is a script of its own.
    private static string[] Scripts(string example, TempFolder folder) => example.Replace("'out.json'", $"'{folder.File("out.json")}'", StringComparison.Ordinal).Split("\n\n");
}
