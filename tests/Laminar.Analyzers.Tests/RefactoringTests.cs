using Laminar.CodeFixes;
using NUnit.Framework;

namespace Laminar.Analyzers.Tests;

public sealed class RefactoringTests
{
    [TestCase("[StreamQuery(\"SELECT $$* FROM trades\")] partial class Q;", "[StreamQuery(\"SELECT symbol, price, volume, ts FROM trades\")] partial class Q;")]
    [TestCase("[StreamQuery(@\"SELECT *$$ FROM trades\")] partial class Q;", "[StreamQuery(@\"SELECT symbol, price, volume, ts FROM trades\")] partial class Q;")]
    [TestCase("[StreamQuery(\"\"\"SELECT t.$$* FROM trades t\"\"\")] partial class Q;", "[StreamQuery(\"\"\"SELECT t.symbol, t.price, t.volume, t.ts FROM trades t\"\"\")] partial class Q;")]
    [TestCase("[StreamQuery(\"\"\"\n  SELECT $$*\n  FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '1' MINUTE))\n  \"\"\")] partial class Q;", "[StreamQuery(\"\"\"\n  SELECT symbol, price, volume, ts, window_start, window_end, window_time\n  FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '1' MINUTE))\n  \"\"\")] partial class Q;")]
    [TestCase("[StreamQuery(\"SELECT $$* \" + \"FROM trades\")] partial class Q;", "[StreamQuery(\"SELECT symbol, price, volume, ts \" + \"FROM trades\")] partial class Q;")]
    [TestCase("[StreamSource(\"o\")] partial record struct O(long Order, long B); [StreamQuery(\"SELECT $$* FROM o\")] partial class Q;", "[StreamSource(\"o\")] partial record struct O(long Order, long B); [StreamQuery(\"SELECT \\\"order\\\", b FROM o\")] partial class Q;")]
    [TestCase("[StreamPipeline(\"CREATE SOURCE s (a BIGINT, b INT) WITH (connector = 'file'); CREATE STREAM x AS SELECT $$* FROM s\")] static partial class P;", "[StreamPipeline(\"CREATE SOURCE s (a BIGINT, b INT) WITH (connector = 'file'); CREATE STREAM x AS SELECT a, b FROM s\")] static partial class P;")]
    public async Task A_star_is_expanded(string before, string after) => Assert.That(await Refactor.Code(new ExpandStar(), before), Is.EqualTo(after));

    [TestCase("[StreamQuery(\"SELECT COUNT($$*) AS n FROM trades GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE)\")] partial class Q;")]
    [TestCase("[StreamQuery(\"SELECT price $$* 2 AS p FROM trades\")] partial class Q;")]
    [TestCase("[StreamQuery(\"SELECT $$* FROM nothing\")] partial class Q;")]
    public async Task Another_star_is_left_alone(string code) => Assert.That(await Refactor.Code(new ExpandStar(), code), Is.Null);

    [TestCase(
        "[StreamSource(\"s\")] partial record struct S(long $$UnitPrice, long B); [StreamQuery(\"SELECT price, price * 2 AS p FROM s WHERE price > 1\")] partial class Q;",
        "[StreamSource(\"s\")] partial record struct S(long UnitPrice, long B); [StreamQuery(\"SELECT unit_price, unit_price * 2 AS p FROM s WHERE unit_price > 1\")] partial class Q;")]
    [TestCase(
        "[StreamSource(\"s\", Watermark = \"ts - INTERVAL '5' SECOND\")] partial record struct S(long A, DateTime $$At); [StreamQuery(\"SELECT a FROM s\" + \" WHERE ts IS NULL\")] partial class Q; [StreamQuery(@\"SELECT s.ts FROM s\")] partial class R;",
        "[StreamSource(\"s\", Watermark = \"at - INTERVAL '5' SECOND\")] partial record struct S(long A, DateTime At); [StreamQuery(\"SELECT a FROM s\" + \" WHERE at IS NULL\")] partial class Q; [StreamQuery(@\"SELECT s.at FROM s\")] partial class R;")]
    [TestCase(
        "[StreamSource(\"s\")] partial class S { public long $$UnitPrice { get; set; } } [StreamQuery(\"SELECT price FROM s\")] partial class Q; [StreamQuery(\"SELECT price FROM trades\")] partial class R;",
        "[StreamSource(\"s\")] partial class S { public long UnitPrice { get; set; } } [StreamQuery(\"SELECT unit_price FROM s\")] partial class Q; [StreamQuery(\"SELECT price FROM trades\")] partial class R;")]
    public async Task A_renamed_member_is_renamed_in_SQL(string before, string after) => Assert.That(await Refactor.Code(new RenameInSql(), before), Is.EqualTo(after));

    [TestCase("[StreamSource(\"s\")] partial record struct S(long $$A); [StreamQuery(\"SELECT a FROM s\")] partial class Q;")]
    [TestCase("partial record struct S(long $$A); [StreamQuery(\"SELECT b FROM trades\")] partial class Q;")]
    public async Task Without_an_unknown_column_nothing_is_offered(string code) => Assert.That(await Refactor.Code(new RenameInSql(), code), Is.Null);
}
