using Laminar.Sql.Syntax;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Syntax;

public sealed class CorpusParsesTests
{
    [TestCaseSource(typeof(StatementCorpus), nameof(StatementCorpus.Statements))]
    public void A_correct_statement_has_no_diagnostic_and_exact_spans(string sql)
    {
        ParseResult<ScriptSyntax> result = SqlParser.ParseScript(sql);
        Assert.That(result.Diagnostics, Is.Empty, string.Join("\n", result.Diagnostics));
        Assert.That(result.Root.Statements, Has.Count.EqualTo(1));
        Assert.That(result.Root.Span.Start, Is.Zero);
        SpanCheck.Inside(result.Root, sql.Length);
        SpanCheck.ChildrenInsideParents(result.Root);
    }

    [Test]
    public void All_of_them_together_are_one_script()
    {
        string sql = string.Join("\n;\n", StatementCorpus.Statements) + "\n;\n";
        ParseResult<ScriptSyntax> result = SqlParser.ParseScript(sql);
        Assert.That(result.Diagnostics, Is.Empty, string.Join("\n", result.Diagnostics));
        Assert.That(result.Root.Statements, Has.Count.EqualTo(StatementCorpus.Statements.Count));
    }
}
