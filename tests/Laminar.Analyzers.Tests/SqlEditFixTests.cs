using System.Collections.Immutable;
using Laminar.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;

namespace Laminar.Analyzers.Tests;

/// <summary>Fixes that edit other places than the finding's, in every kind of literal, in constants, files and the C# of the source.</summary>
public sealed class SqlEditFixTests
{
    private const string Window = "TUMBLE(ts, INTERVAL '1' MINUTE)";

    [TestCase("\"SELECT symbol, price FROM trades GROUP BY symbol, W\"", "\"SELECT symbol, price FROM trades GROUP BY price, symbol, W\"")]
    [TestCase("@\"SELECT symbol, price AS \"\"p\"\" FROM trades GROUP BY symbol, W\"", "@\"SELECT symbol, price AS \"\"p\"\" FROM trades GROUP BY price, symbol, W\"")]
    [TestCase("\"\"\"SELECT symbol, price FROM trades GROUP BY symbol, W\"\"\"", "\"\"\"SELECT symbol, price FROM trades GROUP BY price, symbol, W\"\"\"")]
    [TestCase("\"\"\"\n    SELECT symbol, price\n    FROM trades\n    GROUP BY symbol, W\n    \"\"\"", "\"\"\"\n    SELECT symbol, price\n    FROM trades\n    GROUP BY price, symbol, W\n    \"\"\"")]
    [TestCase("\"SELECT symbol, price \" + \"FROM trades GROUP BY \" + \"symbol, W\"", "\"SELECT symbol, price \" + \"FROM trades GROUP BY \" + \"price, symbol, W\"")]
    public Task An_ungrouped_column_is_added_to_GROUP_BY(string before, string after) => Fix("group", Query(before), Query(after));

    [Test]
    public Task An_ungrouped_column_in_a_constant_is_added_there() => Fix(
        "group",
        "static class T { public const string X = \"SELECT symbol, price FROM trades GROUP BY symbol, W\"; } [StreamQuery(T.X)] public sealed partial class Q;",
        "static class T { public const string X = \"SELECT symbol, price FROM trades GROUP BY price, symbol, W\"; } [StreamQuery(T.X)] public sealed partial class Q;");

    [TestCase("group", "SELECT price, volume FROM trades GROUP BY symbol, W", "SELECT price, volume FROM trades GROUP BY price, symbol, W")]
    [TestCase("last", "SELECT symbol, price, price * 2 AS p FROM trades GROUP BY symbol, W", "SELECT symbol, LAST_VALUE(price) AS price, LAST_VALUE(price) * 2 AS p FROM trades GROUP BY symbol, W")]
    [TestCase("null", "SELECT symbol FROM trades WHERE symbol = NULL", "SELECT symbol FROM trades WHERE symbol IS NULL")]
    [TestCase("divide", "SELECT CAST(volume / 60 AS DOUBLE) AS x FROM trades", "SELECT CAST(CAST(volume AS DOUBLE) / 60 AS DOUBLE) AS x FROM trades")]
    [TestCase("quote", "SELECT symbol FROM trades WHERE symbol = 7", "SELECT symbol FROM trades WHERE symbol = '7'")]
    [TestCase("interval", "SELECT ts + 5 AS later FROM trades", "SELECT ts + INTERVAL '5' SECOND AS later FROM trades")]
    [TestCase("alias", "SELECT price * 2 AS twice FROM trades WHERE twice > 1", "SELECT price * 2 AS twice FROM trades WHERE (price * 2) > 1")]
    [TestCase("rename", "SELECT symbol, symbol FROM trades", "SELECT symbol, symbol AS symbol_2 FROM trades")]
    [TestCase("condition", "SELECT symbol FROM trades WHERE volume", "SELECT symbol FROM trades WHERE volume <> 0")]
    [TestCase("remove", "SELECT symbol, FROM trades", "SELECT symbol FROM trades")]
    [TestCase("remove", "SELECT symbol FROM trades EMIT ON WINDOW CLOSE", "SELECT symbol FROM trades")]
    [TestCase("name", "SELECT prcie, prcie * 2 AS twice FROM trades WHERE prcie > 1", "SELECT price, price * 2 AS twice FROM trades WHERE price > 1")]
    public Task Each_kind_of_fix(string kind, string before, string after) => Fix(kind, Query("\"" + before + "\""), Query("\"" + after + "\""));

    [TestCase("[StreamSource(\"ps\")]", "[StreamSource(\"ps\", Watermark = \"at - INTERVAL '5' SECOND\")]")]
    [TestCase("[StreamSource]", "[StreamSource(Watermark = \"at - INTERVAL '5' SECOND\")]")]
    public Task A_watermark_is_added_to_the_type_of_the_source(string before, string after)
    {
        const string Rest = "\n    public partial record struct Ps(long A, DateTime At);\n    [StreamQuery(\"SELECT a, COUNT(*) AS n FROM ps GROUP BY a, TUMBLE(at, INTERVAL '1' MINUTE)\")]\n    public sealed partial class Q;\n}";
        return Fix("watermark", "public static partial class Outer\n{\n    " + before + Rest, "public static partial class Outer\n{\n    " + after + Rest);
    }

    [Test]
    public Task A_watermark_is_added_to_CREATE_SOURCE()
    {
        const string Before = "CREATE SOURCE s (a BIGINT, ts TIMESTAMP NOT NULL";
        const string After = ") WITH (connector = 'file', path = 'i.json'); CREATE SINK o WITH (connector = 'file', path = 'o.json') AS SELECT a, COUNT(*) AS n FROM s GROUP BY a, TUMBLE(ts, INTERVAL '1' MINUTE)";
        return Fix("watermark", $"[StreamPipeline(\"{Before}{After}\")] public static partial class P;", $"[StreamPipeline(\"{Before}, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND{After}\")] public static partial class P;");
    }

    [Test]
    public async Task A_file_is_mended_in_the_file()
    {
        const string Sql = "SELECT symbol, price FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)";
        Diagnostic diagnostic = (await new Verify("[StreamQuery(File = \"q.sql\")] public sealed partial class Q;").Sql("/project/q.sql", Sql).Diagnostics()).Single(d => d.Id == "LAM2013");
        using AdhocWorkspace workspace = new();
        TextDocument file = workspace.AddProject("User", LanguageNames.CSharp).AddAdditionalDocument("q.sql", Sql, filePath: "/project/q.sql");
        List<CodeAction> actions = [];
        await new SqlEditFix().RegisterCodeFixesAsync(new CodeFixContext(file, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        Solution solution = await Changed(actions.Single(a => a.EquivalenceKey == "group"));
        Assert.That((await solution.GetAdditionalDocument(file.Id)!.GetTextAsync()).ToString(), Is.EqualTo(Sql.Replace("BY symbol", "BY price, symbol")));
    }

    [Test]
    public async Task All_of_one_kind_at_once()
    {
        const string Before = "using System;\nusing Laminar;\n[StreamQuery(\"SELECT price, volume FROM trades GROUP BY symbol, W\")] public sealed partial class A;\n[StreamQuery(\"SELECT ts FROM trades GROUP BY symbol, W\")] public sealed partial class B;";
        string code = Before.Replace("W\"", Window + "\"");
        ImmutableArray<Diagnostic> all = [.. (await new Verify(code["using System;\nusing Laminar;\n".Length..]).Diagnostics()).Where(d => d.Id == "LAM2013")];
        Assert.That(all, Has.Length.EqualTo(3));
        using AdhocWorkspace workspace = new();
        Document document = Document(workspace, code);
        FixAllContext context = new(document, new SqlEditFix(), FixAllScope.Document, "group", ["LAM2013"], new Found(all), CancellationToken.None);
        CodeAction? action = await new SqlEditFix().GetFixAllProvider().GetFixAsync(context);
        string after = (await (await Changed(action!)).GetDocument(document.Id)!.GetTextAsync()).ToString();
        Assert.That(after, Is.EqualTo(Before.Replace("price, volume FROM trades GROUP BY", "price, volume FROM trades GROUP BY price, volume,").Replace("ts FROM trades GROUP BY", "ts FROM trades GROUP BY ts,").Replace("W\"", Window + "\"")));
    }

    private static string Query(string literal) => $"[StreamQuery({literal})] public sealed partial class Q;";

    private static async Task Fix(string kind, string before, string after)
    {
        const string Usings = "using System;\nusing Laminar;\n";
        before = before.Replace("W\"", Window + "\"").Replace("W\n", Window + "\n");
        after = after.Replace("W\"", Window + "\"").Replace("W\n", Window + "\n");
        using AdhocWorkspace workspace = new();
        Document document = Document(workspace, Usings + before);
        List<CodeAction> actions = [];
        foreach (Diagnostic diagnostic in await new Verify(before).Diagnostics())
        {
            await new SqlEditFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        }

        Assert.That(actions.Select(a => a.EquivalenceKey), Does.Contain(kind));
        Solution solution = await Changed(actions.First(a => a.EquivalenceKey == kind));
        Assert.That((await solution.GetDocument(document.Id)!.GetTextAsync()).ToString(), Is.EqualTo(Usings + after));
    }

    private static Document Document(AdhocWorkspace workspace, string code) => workspace.AddProject("User", LanguageNames.CSharp)
        .WithParseOptions(new CSharpParseOptions(LanguageVersion.Preview))
        .AddDocument("User.cs", code, filePath: Verify.Path);

    private static async Task<Solution> Changed(CodeAction action) =>
        (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    private sealed class Found(ImmutableArray<Diagnostic> all) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(all);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(all);
    }
}
