using System.Collections.Immutable;
using Laminar.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;

namespace Laminar.Analyzers.Tests;

public sealed class CodeFixTests
{
    [TestCase("[StreamQuery(\"SELECT prcie FROM trades\")] public sealed partial class Q;", "[StreamQuery(\"SELECT price FROM trades\")] public sealed partial class Q;")]
    [TestCase("[StreamQuery(@\"SELECT prcie FROM trades\")] public sealed partial class Q;", "[StreamQuery(@\"SELECT price FROM trades\")] public sealed partial class Q;")]
    [TestCase("[StreamQuery(\"select prcie \" + \"form trades\")] public sealed partial class Q;", "[StreamQuery(\"select prcie \" + \"from trades\")] public sealed partial class Q;")]
    [TestCase("[StreamQuery(\"SELECT price == 1 AS b FROM trades\")] public sealed partial class Q;", "[StreamQuery(\"SELECT price = 1 AS b FROM trades\")] public sealed partial class Q;")]
    [TestCase("[StreamQuery(\"SELECT a FROM order, t\")] public sealed partial class Q;", "[StreamQuery(\"SELECT a FROM \\\"order\\\", t\")] public sealed partial class Q;")]
    [TestCase("[StreamQuery(@\"SELECT a FROM order, t\")] public sealed partial class Q;", "[StreamQuery(@\"SELECT a FROM \"\"order\"\", t\")] public sealed partial class Q;")]
    [TestCase("[StreamQuery(\"\"\"\n    SELECT a FROM order, t\n    \"\"\")] public sealed partial class Q;", "[StreamQuery(\"\"\"\n    SELECT a FROM \"order\", t\n    \"\"\")] public sealed partial class Q;")]
    [TestCase("[StreamQuery(T.X)] public sealed partial class Q; class T { public const string X = \"SELECT prcie FROM trades\"; }", "[StreamQuery(T.X)] public sealed partial class Q; class T { public const string X = \"SELECT price FROM trades\"; }")]
    public Task The_nearest_name_is_written_into_the_literal(string before, string after) => Fix(new NearestNameFix(), before, after);

    [TestCase("[StreamQuery(\"SELECT symbol FROM trades\")]\npublic sealed class Q;", "[StreamQuery(\"SELECT symbol FROM trades\")]\npublic sealed partial class Q;")]
    [TestCase("// why\n[StreamSource]\nrecord struct S(long A);", "// why\n[StreamSource]\npartial record struct S(long A);")]
    [TestCase("public class Outer\n{\n    [StreamSource]\n    public partial record struct S(long A);\n}", "public partial class Outer\n{\n    [StreamSource]\n    public partial record struct S(long A);\n}")]
    [TestCase("// why\nclass Outer\n{\n    [StreamSource]\n    public partial record struct S(long A);\n}", "// why\npartial class Outer\n{\n    [StreamSource]\n    public partial record struct S(long A);\n}")]
    public Task The_type_becomes_partial(string before, string after) => Fix(new ModifierFix(), before, after);

    [TestCase("public partial class P;", "public static partial class P;")]
    [TestCase("partial class P;", "static partial class P;")]
    public Task The_pipeline_becomes_static(string before, string after)
    {
        const string Attribute = "[StreamPipeline(\"CREATE SOURCE s (a BIGINT) WITH (connector = 'file', path = 'i.json'); CREATE SINK o WITH (connector = 'file', path = 'o.json') AS SELECT a FROM s\")]\n";
        return Fix(new ModifierFix(), Attribute + before, Attribute + after);
    }

    [Test]
    public async Task A_file_is_mended_in_the_file()
    {
        Diagnostic diagnostic = (await new Verify("[StreamQuery(File = \"q.sql\")] public sealed partial class Q;").Sql("/project/q.sql", "SELECT symbol FORM trades").Diagnostics()).Single();
        using AdhocWorkspace workspace = new();
        Project project = workspace.AddProject("User", LanguageNames.CSharp);
        TextDocument file = project.AddAdditionalDocument("q.sql", "SELECT symbol FORM trades", filePath: "/project/q.sql");
        List<CodeAction> actions = [];
        await new NearestNameFix().RegisterCodeFixesAsync(new CodeFixContext(file, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        Solution solution = await Apply(actions.Single());
        Assert.That((await solution.GetAdditionalDocument(file.Id)!.GetTextAsync()).ToString(), Is.EqualTo("SELECT symbol FROM trades"));
    }

    [Test]
    public void Every_rule_that_suggests_is_known_to_the_fix()
    {
        ImmutableArray<string> known = new NearestNameFix().FixableDiagnosticIds;
        Assert.That(known, Is.SubsetOf(new LaminarAnalyzer().SupportedDiagnostics.Select(d => d.Id)));
        Assert.That(known, Is.Unique);
    }

    private static async Task Fix(CodeFixProvider provider, string before, string after)
    {
        const string Usings = "using System;\nusing Laminar;\n";
        Verify verify = new(before);
        ImmutableArray<Diagnostic> all = await verify.Diagnostics();
        Diagnostic diagnostic = all.First(d => provider.FixableDiagnosticIds.Contains(d.Id));
        using AdhocWorkspace workspace = new();
        Document document = workspace.AddProject("User", LanguageNames.CSharp)
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.Preview))
            .AddDocument("User.cs", Usings + before, filePath: Verify.Path);
        List<CodeAction> actions = [];
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        Solution solution = await Apply(actions.Single());
        Assert.That((await solution.GetDocument(document.Id)!.GetTextAsync()).ToString(), Is.EqualTo(Usings + after));
    }

    private static async Task<Solution> Apply(CodeAction action) =>
        (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
}
