using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Scripts;

/// <summary>CREATE TABLE, and what a plan says of joins with what it makes.</summary>
public sealed class TableTests
{
    private const string Sources = """
        CREATE SOURCE trades (symbol VARCHAR, venue INT, price DOUBLE, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts) WITH (connector = 'file', path = 'in');
        CREATE LOOKUP TABLE instruments (symbol VARCHAR PRIMARY KEY, sector VARCHAR) WITH (connector = 'file', path = 'i.csv', format = 'csv');
        CREATE TABLE fees (symbol VARCHAR, venue BIGINT, fee DOUBLE, PRIMARY KEY (venue, symbol)) FROM FILE (path = 'f.csv');

        """;

    private static CompiledScript Compile(string sql) => SqlCompiler.CompileScript(Sources + sql, new DictionaryCatalog(), "global::N.P");

    [Test]
    public void A_table_has_its_key_and_its_connector()
    {
        CompiledScript script = Compile("");
        Assert.That(script.Diagnostics, Is.Empty);
        Assert.That(script.Tables.Select(t => $"{t.Name} {t.Connector} {t.Relation.Kind} {t.Relation.ClrType} {string.Join(",", t.Relation.Key!.Columns)} {string.Join(",", t.Options.Select(o => o.Key))}"), Is.EqualTo(new[]
        {
            "instruments file Table global::N.P.Instruments 0 path,format",
            "fees file Table global::N.P.Fees 1,0 path",
        }));
        Assert.That(script.Tables[0].Relation.Columns.Select(c => c.Nullable), Is.EqualTo(new[] { false, true }), "what is in a key can't be NULL");
    }

    [Test]
    public void The_plan_says_what_is_looked_up_and_that_nothing_is_kept()
    {
        CompiledStream stream = Compile("""
            CREATE STREAM s AS SELECT t.ts, t.price, i.sector, f.fee FROM trades t JOIN instruments i ON t.symbol = i.symbol
            LEFT JOIN fees f ON f.symbol = t.symbol AND f.venue = t.venue AND f.fee < t.price;
            """).Streams.Single();
        string plan = PlanPrinter.Print(stream.Plan);
        Assert.That(plan, Does.StartWith("Output: append-only, event time ts\n")
            .And.Contain("Left lookup join fees on venue = CAST(venue AS BIGINT), symbol = symbol, (fee < price)\n")
            .And.Contain("Lookup join instruments on symbol = symbol\n").And.Contain("state: none; the table as it is when the row comes\n"));
        Assert.That(stream.Plan.Tables.Select(t => t.Name), Is.EquivalentTo(new[] { "instruments", "fees" }));
        Assert.That(stream.Relation.BaseTables, Is.EquivalentTo(new[] { "global::N.P.Instruments(string symbol)", "global::N.P.Fees(long venue, string symbol)" }));
        Assert.That(stream.Relation.BaseSources, Is.EqualTo(new[] { "global::N.P.Trades" }));
        Assert.That(StateFingerprint.Of(stream.Plan), Is.EqualTo("0000000000000000"));
        Assert.That(PlanGraph.Mermaid(stream.Plan), Does.Contain("Lookup join instruments"));
    }

    [Test]
    public void Who_reads_a_query_that_joins_tables_has_them_too()
    {
        CompiledScript script = Compile("""
            CREATE STREAM s AS SELECT t.ts, i.sector FROM trades t JOIN instruments i ON t.symbol = i.symbol;
            CREATE STREAM r AS SELECT sector, COUNT(*) AS n FROM s GROUP BY sector, TUMBLE(ts, INTERVAL '1' MINUTE);
            """);
        Assert.That(script.Streams[^1].Relation.BaseTables, Is.EqualTo(new[] { "global::N.P.Instruments(string symbol)" }));
    }

    // The reported characters stand between the brackets.
    [TestCase("CREATE TABLE t (a INT PRIMARY KEY) WITH (connector = 'file', path = 'x', [refresh] = 'cdc')", "LAM1900")]
    [TestCase("CREATE LOOKUP TABLE t (a INT PRIMARY KEY) WITH (connector = 'file', path = 'x', [cache_mode] = 'partial')", "LAM1900")]
    [TestCase("CREATE TABLE t ([a] BYTES PRIMARY KEY)", "LAM2105")]
    [TestCase("CREATE TABLE t (a INT, PRIMARY KEY ([b]))", "LAM2003")]
    [TestCase("CREATE TABLE [fees] (a INT PRIMARY KEY)", "LAM2025")]
    [TestCase("CREATE STREAM s AS SELECT a.n FROM ([SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol]) a JOIN instruments i ON i.symbol = a.symbol", "LAM1900")]
    [TestCase("CREATE STREAM s AS SELECT t.price FROM trades t ASOF JOIN instruments i [MATCH_CONDITION (t.ts >= i.sector)] ON i.symbol = t.symbol", "LAM1900")]
    [TestCase("CREATE STREAM s AS SELECT t.price FROM trades t JOIN instruments FOR SYSTEM_TIME AS OF [t.ts] AS i ON i.symbol = t.symbol", "LAM1900")]
    [TestCase("CREATE STREAM s AS SELECT window_end FROM TABLE(TUMBLE([TABLE instruments], DESCRIPTOR(symbol), INTERVAL '1' SECOND)) AS i", "LAM2101")]
    [TestCase("CREATE STREAM s AS SELECT t.price FROM trades t WHERE [t.symbol NOT IN (SELECT sector FROM instruments)]", "LAM2102")]
    public void What_a_table_can_not_do_is_said_on_its_place(string marked, string id)
    {
        int start = marked.IndexOf('[', StringComparison.Ordinal), end = marked.IndexOf(']', StringComparison.Ordinal) - 1;
        string sql = marked.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        SqlDiagnostic found = Compile(sql).Diagnostics.First(d => d.IsError);
        Assert.That((found.Rule.Id, found.Span.Start - Sources.Length, found.Span.Length), Is.EqualTo((id, start, end - start)), found.Message);
    }
}
