using NUnit.Framework;

namespace Laminar.Sql.Tests.Binding;

public sealed class NameTests
{
    [TestCase("SELECT «prise» FROM trades", "LAM2003", "price")]
    [TestCase("SELECT t.«prise» FROM trades t", "LAM2003", "price")]
    [TestCase("SELECT price FROM «tradse»", "LAM2001", "trades")]
    [TestCase("SELECT «x».price FROM trades", "LAM2004", "trades")]
    [TestCase("SELECT «trade».price FROM trades", "LAM2004", "trades")]
    [TestCase("SELECT «UPER»(symbol) FROM trades", "LAM2005", "UPPER")]
    [TestCase("SELECT «xyzzy»(symbol) FROM trades", "LAM2005", null)]
    [TestCase("SELECT price AS p FROM trades WHERE «p» > 1", "LAM2010", null)]
    [TestCase("SELECT symbol, COUNT(*) AS c FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE) HAVING «c» > 1", "LAM2010", null)]
    [TestCase("SELECT price, symbol AS «Price» FROM trades", "LAM2015", null)]
    [TestCase("SELECT *, «price» FROM trades", "LAM2015", null)]
    [TestCase("SELECT price FROM trades AS t(«a», b)", "LAM2035", null)]
    public void A_wrong_name_stands_on_its_characters(string sql, string rule, string? suggestion)
    {
        Diagnostics.SqlDiagnostic error = Check.Error(sql);
        Assert.That(error.Rule.Id, Is.EqualTo(rule), error.ToString());
        Assert.That(error.Suggestion, Is.EqualTo(suggestion));
    }

    [TestCase("SELECT SeenAt FROM trades", "seen_at TIMESTAMP")]
    [TestCase("SELECT SEEN_AT FROM TRADES", "seen_at TIMESTAMP")]
    [TestCase("SELECT t.seenat AS x FROM trades t", "x TIMESTAMP")]
    [TestCase("SELECT b, \"c\" FROM quotes AS q(a, b, c)", "b DOUBLE NOT NULL, c TIMESTAMP NOT NULL")]
    [TestCase("SELECT q.* FROM quotes q", "symbol VARCHAR NOT NULL, bid DOUBLE NOT NULL, ts TIMESTAMP NOT NULL")]
    [TestCase("SELECT *, 1 AS one FROM quotes", "symbol VARCHAR NOT NULL, bid DOUBLE NOT NULL, ts TIMESTAMP NOT NULL, one INT NOT NULL")]
    [TestCase("SELECT bid + 1, ABS(bid), ABS(bid), CAST(bid AS INT) FROM quotes", "column_1 DOUBLE NOT NULL, abs DOUBLE NOT NULL, abs_2 DOUBLE NOT NULL, bid INT NOT NULL")]
    public void Names_ignore_case_and_underscores_and_stars_expand(string sql, string columns) => Assert.That(Check.Columns(sql), Is.EqualTo(columns));

    [Test]
    public void A_name_that_two_columns_have_is_ambiguous()
    {
        var relation = new Catalog.Relation("r", Catalog.RelationKind.Source, "",
            [new("a_b", "AB", Types.SqlType.Int, false), new("ab", "Ab", Types.SqlType.Int, false)]);
        CompiledQuery exact = SqlCompiler.CompileQuery("SELECT a_b FROM r", "q", new Catalog.DictionaryCatalog(relation));
        CompiledQuery vague = SqlCompiler.CompileQuery("SELECT a__b FROM r", "q", new Catalog.DictionaryCatalog(relation));
        Assert.That(exact.Plan, Is.Not.Null);
        Assert.That(vague.Diagnostics.Single().Rule.Id, Is.EqualTo("LAM2002"));
    }

    [Test]
    public void ReadNames_gives_every_table_once()
    {
        Assert.That(SqlCompiler.ReadNames("SELECT * FROM a JOIN b ON a.x = b.x"), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(SqlCompiler.ReadNames("SELECT * FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '1' SECOND))"), Is.EqualTo(new[] { "trades" }));
        Assert.That(SqlCompiler.ReadNames("nonsense ("), Is.Empty);
    }
}
