using System.Diagnostics;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Syntax;

public sealed class MutationTests
{
    private const int Seed = 20260801;

    [Test]
    public void A_hundred_thousand_spoilt_statements_neither_throw_nor_leave_the_text()
    {
        StatementMutator mutator = new(Seed, StatementCorpus.Statements);
        Stopwatch watch = Stopwatch.StartNew();
        int wrong = 0;
        for (int i = 0; i < 100_000; i++)
        {
            string sql = mutator.Next();
            try
            {
                wrong += Check(sql) ? 1 : 0;
            }
            catch (Exception e)
            {
                throw new AssertionException($"seed {Seed}, statement {i}: {sql}\n{e}", e);
            }
        }

        TestContext.Out.WriteLine($"seed {Seed}: {wrong} of 100000 statements had errors, {watch.ElapsedMilliseconds} ms");
        Assert.That(wrong, Is.GreaterThan(50_000));
    }

    private static bool Check(string sql)
    {
        ParseResult<ScriptSyntax> script = SqlParser.ParseScript(sql);
        ParseResult<QuerySyntax> query = SqlParser.ParseQuery(sql);
        DiagnosticBag unsupported = new();
        NotSupported.Check(script.Root, unsupported);
        NotSupported.Check(query.Root, unsupported);
        SpanCheck.Inside(script.Root, sql.Length);
        SpanCheck.Inside(query.Root, sql.Length);
        foreach (SqlDiagnostic diagnostic in script.Diagnostics.Concat(query.Diagnostics).Concat(unsupported))
        {
            Assert.That(diagnostic.Span.Start, Is.GreaterThanOrEqualTo(0));
            Assert.That(diagnostic.Span.End, Is.LessThanOrEqualTo(sql.Length), diagnostic.ToString());
            Assert.That(diagnostic.Message, Is.Not.Empty);
        }

        // A text whose tree has a hole must have said so.
        if (HasHole(script.Root))
        {
            Assert.That(script.Diagnostics, Is.Not.Empty, "a Missing node without a diagnostic");
        }

        return script.Diagnostics.Count > 0;
    }

    private static bool HasHole(SyntaxNode node) =>
        node is MissingExpression or MissingTable or MissingStatement or Identifier { Text.Length: 0, Quoted: false } or TypeSyntax { Name.Length: 0 } || SyntaxChildren.Of(node).Any(HasHole);
}
