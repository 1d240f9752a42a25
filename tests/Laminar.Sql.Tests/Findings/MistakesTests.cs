using System.Text;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;
using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Findings;

/// <summary>Every mistake with its caret, message and fixes stands in <c>mistakes.txt</c>, to be read as a user would. LAMINAR_UPDATE_GOLDEN=1 writes it anew.</summary>
public sealed class MistakesTests
{
    private static string Golden => Path.Combine(Checkout.Root, "tests", "Laminar.Sql.Tests", "Findings", "mistakes.txt");

    [Test]
    public void Every_mistake_says_what_to_do()
    {
        string text = string.Join("\n", Mistakes.Queries.Select(Describe));
        if (Environment.GetEnvironmentVariable("LAMINAR_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(Golden, text);
        }

        Assert.That(text, Is.EqualTo(File.ReadAllText(Golden).ReplaceLineEndings("\n")), "read the difference; if it is right, run again with LAMINAR_UPDATE_GOLDEN=1");
    }

    [TestCaseSource(typeof(Mistakes), nameof(Mistakes.Queries))]
    public void A_fix_takes_its_finding_away(string sql)
    {
        IReadOnlyList<SqlDiagnostic> before = Of(sql);
        foreach (SqlDiagnostic finding in before)
        {
            IEnumerable<SqlFix> fixes = finding.Suggestion is { } text ? [new SqlFix("text", text, new SqlEdit(finding.Span, text)), .. finding.Fixes] : finding.Fixes;
            foreach (SqlFix fix in fixes)
            {
                string after = fix.Apply(sql);
                SqlDiagnostic[] left = [.. Of(after).Where(d => d.Rule == finding.Rule && d.Span == finding.Span)];
                Assert.That(left, Is.Empty, $"{finding}\n{fix.Title}\n{after}");
            }
        }
    }

    private static IReadOnlyList<SqlDiagnostic> Of(string sql) => SqlCompiler.CompileQuery(sql, "q", TestCatalog.Create()).Diagnostics;

    private static string Describe(string sql)
    {
        var text = new StringBuilder();
        text.Append("    ").Append(sql).Append('\n');
        IReadOnlyList<SqlDiagnostic> findings = Of(sql);
        foreach (SqlDiagnostic finding in findings)
        {
            foreach (TextSpan span in new[] { finding.Span }.Concat(finding.AlsoAt))
            {
                text.Append("    ").Append(' ', span.Start).Append('^', Math.Max(1, span.Length)).Append('\n');
            }

            text.Append($"{finding.Rule.Severity.ToString().ToLowerInvariant()} {finding.Rule.Id}: {finding.Message}\n");
            if (finding.Suggestion is { } suggestion)
            {
                text.Append("  fix: write ").Append(suggestion).Append('\n');
            }

            foreach (SqlFix fix in finding.Fixes)
            {
                text.Append("  fix: ").Append(fix.Title).Append("\n       ").Append(fix.Apply(sql)).Append('\n');
            }
        }

        return text.Append(findings.Count == 0 ? "nothing is said\n" : string.Empty).ToString();
    }
}
