using Laminar.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;

namespace Laminar.Analyzers.Tests;

public sealed class FormatSqlTests
{
    private const string Long = "select symbol, count(*) as n from trades group by symbol, tumble(ts, interval '1' minute)";

    [TestCase("[StreamQuery(\"select $$symbol from trades\")] partial class Q;", "[StreamQuery(\"SELECT symbol FROM trades\")] partial class Q;")]
    [TestCase("[StreamQuery(@\"select $$symbol as \"\"s\"\" from trades\")] partial class Q;", "[StreamQuery(@\"SELECT symbol AS \"\"s\"\" FROM trades\")] partial class Q;")]
    [TestCase("[StreamQuery(\"\"\"select $$symbol from trades\"\"\")] partial class Q;", "[StreamQuery(\"\"\"SELECT symbol FROM trades\"\"\")] partial class Q;")]
    [TestCase("[StreamQuery(T.X)] partial class Q; class T { public const string X = \"select $$symbol from trades\"; }", "[StreamQuery(T.X)] partial class Q; class T { public const string X = \"SELECT symbol FROM trades\"; }")]
    [TestCase("[StreamQuery<Trade>(\"select $$symbol from trades\")] partial class Q;", "[StreamQuery<Trade>(\"SELECT symbol FROM trades\")] partial class Q;")]
    public async Task A_short_text_stays_on_its_line(string before, string after) => Assert.That(await Refactor.Code(new FormatSql(), before), Is.EqualTo(after));

    [TestCase("\"")]
    [TestCase("@\"")]
    [TestCase("\"\"\"")]
    [TestCase("\"\"\"\n        ")]
    public async Task A_long_text_becomes_a_raw_literal(string open)
    {
        string close = open.Contains('\n') ? "\n        \"\"\"" : open.TrimStart('@');
        string? after = await Refactor.Code(new FormatSql(), $"static class Outer\n{{\n    [StreamQuery({open}$${Long}{close})]\n    partial class Q;\n}}");
        Assert.That(after, Is.EqualTo(""""
            static class Outer
            {
                [StreamQuery("""
                    SELECT symbol, count(*) AS n
                    FROM trades
                    GROUP BY symbol, tumble(ts, INTERVAL '1' MINUTE)
                    """)]
                partial class Q;
            }
            """"));
        Assert.That(await Refactor.Code(new FormatSql(), after!.Replace("symbol, count", "symbol$$, count")), Is.Null, "it is formatted already");
    }

    [Test]
    public async Task Before_C_sharp_11_it_becomes_a_verbatim_literal() => Assert.That(
        await Refactor.Code(new FormatSql(), $"[StreamQuery(\"$${Long}\")] partial class Q {{ }}", language: LanguageVersion.CSharp10),
        Is.EqualTo("[StreamQuery(@\"SELECT symbol, count(*) AS n\nFROM trades\nGROUP BY symbol, tumble(ts, INTERVAL '1' MINUTE)\")] partial class Q { }"));

    [TestCase("[StreamQuery(\"select $$symbol form trades\")] partial class Q;")]
    [TestCase("[StreamQuery(\"select $$symbol \" + \"from trades\")] partial class Q;")]
    [TestCase("[StreamSource(Watermark = \"ts$$  - INTERVAL '5' second\")] partial record struct S(DateTime Ts);")]
    [TestCase("[Obsolete(\"select $$symbol from trades\")] partial class Q;")]
    [TestCase("class T { const string X = \"select $$symbol from trades\"; }")]
    public async Task Elsewhere_nothing_is_offered(string code) => Assert.That(await Refactor.Code(new FormatSql(), code), Is.Null);

    [Test]
    public async Task A_file_keeps_its_line_ends() => Assert.That(
        await Refactor.Sql(new FormatSql(), "-- all of them\r\nselect symbol from trades\r\n"), Is.EqualTo("-- all of them\r\nSELECT symbol\r\nFROM trades\r\n"));
}
