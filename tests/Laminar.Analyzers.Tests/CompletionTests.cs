using Laminar.Completion;
using Laminar.Sql.Completion;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Completion;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NUnit.Framework;

namespace Laminar.Analyzers.Tests;

/// <summary>From a place in C# to items and back; what can stand where is tested with the front end.</summary>
public sealed class CompletionTests
{
    [TestCase("[StreamQuery(\"SELECT sy| FROM trades\")] partial class Q;", "symbol", "[StreamQuery(\"SELECT symbol FROM trades\")] partial class Q;")]
    [TestCase("[StreamQuery(\"SELECT | FROM trades\")] partial class Q;", "price", "[StreamQuery(\"SELECT price FROM trades\")] partial class Q;")]
    [TestCase("[StreamQuery(\"|\")] partial class Q;", "SELECT", "[StreamQuery(\"SELECT\")] partial class Q;")]
    [TestCase("[StreamQuery(@\"SELECT symbol AS \"\"s\"\", pr| FROM trades\")] partial class Q;", "price", "[StreamQuery(@\"SELECT symbol AS \"\"s\"\", price FROM trades\")] partial class Q;")]
    [TestCase("[StreamQuery(\"SELECT symbol AS \\\"s\\\", pr| FROM trades\")] partial class Q;", "price", "[StreamQuery(\"SELECT symbol AS \\\"s\\\", price FROM trades\")] partial class Q;")]
    [TestCase("[StreamQuery(\"\"\"SELECT symbol FROM tr|\"\"\")] partial class Q;", "trades", "[StreamQuery(\"\"\"SELECT symbol FROM trades\"\"\")] partial class Q;")]
    [TestCase("[StreamQuery(\"\"\"\n    SELECT t.|\n    FROM trades t\n    \"\"\")] partial class Q;", "volume", "[StreamQuery(\"\"\"\n    SELECT t.volume\n    FROM trades t\n    \"\"\")] partial class Q;")]
    [TestCase("[StreamQuery(\"SELECT pr| \" + \"FROM trades\")] partial class Q;", "price", "[StreamQuery(\"SELECT price \" + \"FROM trades\")] partial class Q;")]
    [TestCase("[StreamQuery(\"SELECT symbol FROM |\")] partial class Q; [StreamQuery(\"SELECT price AS p FROM trades\")] partial class Prices;", "Prices", "[StreamQuery(\"SELECT symbol FROM Prices\")] partial class Q; [StreamQuery(\"SELECT price AS p FROM trades\")] partial class Prices;")]
    [TestCase("[StreamQuery<Trade>(\"SELECT | FROM trades\")] partial class Q;", "price", "[StreamQuery<Trade>(\"SELECT price FROM trades\")] partial class Q;")]
    [TestCase("[StreamPipeline(\"CREATE SOURCE s (a BIGINT) WITH (connector = 'file'); CREATE STREAM x AS SELECT | FROM s\")] static partial class P;", "a", "[StreamPipeline(\"CREATE SOURCE s (a BIGINT) WITH (connector = 'file'); CREATE STREAM x AS SELECT a FROM s\")] static partial class P;")]
    [TestCase("[StreamSource(\"o\")] partial record struct O(long Order); [StreamQuery(\"SELECT | FROM o\")] partial class Q;", "order", "[StreamSource(\"o\")] partial record struct O(long Order); [StreamQuery(\"SELECT \\\"order\\\" FROM o\")] partial class Q;")]
    public async Task An_item_is_written_into_the_literal(string marked, string name, string expected)
    {
        (SqlCompletionContext? found, Document document, _) = await At(marked);
        (SqlCompletionItem item, string written) = found!.Items.First(i => string.Equals(i.Item.Text.Trim('"'), name, StringComparison.OrdinalIgnoreCase));
        CompletionItem shown = SqlCompletionProvider.ItemOf(item, written);
        CompletionChange change = await new SqlCompletionProvider().GetChangeAsync(document, shown, null, CancellationToken.None);
        SourceText text = await document.GetTextAsync();
        Assert.That(text.WithChanges(new TextChange(found.Replaces, change.TextChange.NewText!)).ToString(), Is.EqualTo("using System;\nusing Laminar;\n" + expected));
    }

    [TestCase("[StreamQuery(|\"SELECT symbol FROM trades\")] partial class Q;")]
    [TestCase("[Obsolete(\"SELECT | FROM trades\")] partial class Q;")]
    [TestCase("class C { string x = \"SELECT | FROM trades\"; }")]
    [TestCase("[StreamQuery(File = \"|\")] partial class Q;")]
    public async Task Elsewhere_nothing_is_offered(string marked) => Assert.That((await At(marked)).Found, Is.Null);

    [Test]
    public void It_is_asked_while_words_are_written()
    {
        SqlCompletionProvider provider = new();
        foreach (char c in "a._ (")
        {
            Assert.That(provider.ShouldTriggerCompletion(SourceText.From("x"), 1, CompletionTrigger.CreateInsertionTrigger(c), null!), Is.True, c.ToString());
        }

        Assert.That(provider.ShouldTriggerCompletion(SourceText.From("x"), 1, CompletionTrigger.CreateInsertionTrigger(';'), null!), Is.False);
    }

    private static async Task<(SqlCompletionContext? Found, Document Document, int Position)> At(string marked)
    {
        string code = "using System;\nusing Laminar;\n" + marked;
        int at = code.IndexOf('|');
        AdhocWorkspace workspace = new();
        Document document = Refactor.Project(workspace, LanguageVersion.Preview).AddDocument("User.cs", code.Remove(at, 1), filePath: Verify.Path);
        return (await SqlCompletionContext.At(document, at, CancellationToken.None), document, at);
    }
}
