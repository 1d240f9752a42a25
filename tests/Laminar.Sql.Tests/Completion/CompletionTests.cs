using Laminar.Sql.Catalog;
using Laminar.Sql.Completion;
using Laminar.Sql.Tests.Syntax;
using Laminar.Sql.Text;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Completion;

/// <summary>What is offered at the place marked <c>|</c>.</summary>
public sealed class CompletionTests
{
    [TestCase("|", "SELECT,WITH", "FROM,symbol")]
    [TestCase("SEL|", "SELECT", "FROM")]
    [TestCase("SELECT | FROM trades", "symbol,price,COUNT,UPPER,CASE,DISTINCT,trades", "FROM,TUMBLE,bid")]
    [TestCase("SELECT sy| FROM trades", "symbol", "bid")]
    [TestCase("SELECT sy|", "COUNT,UPPER", "symbol")]
    [TestCase("SELECT symbol |", "FROM,AS,AND", "WHERE,symbol")]
    [TestCase("SELECT symbol, | FROM trades", "symbol,price", "FROM")]
    [TestCase("SELECT price * | FROM trades", "price", "AS")]
    [TestCase("SELECT t.| FROM trades t", "symbol,ts", "COUNT,t,bid")]
    [TestCase("SELECT t.sy| FROM trades AS t", "symbol", "COUNT")]
    [TestCase("SELECT t.| FROM trades t JOIN quotes q ON t.symbol = q.symbol", "price", "bid")]
    [TestCase("SELECT q.| FROM trades t JOIN quotes q ON t.symbol = q.symbol", "bid", "price")]
    [TestCase("SELECT symbol FROM |", "trades,quotes,minutes,TABLE", "symbol,COUNT")]
    [TestCase("SELECT symbol FROM tra|", "trades", "symbol")]
    [TestCase("SELECT symbol FROM trades |", "WHERE,GROUP BY,EMIT,JOIN", "symbol,AND,FROM")]
    [TestCase("SELECT symbol FROM trades, |", "quotes", "symbol")]
    [TestCase("SELECT symbol FROM trades WHERE |", "symbol,UPPER,NOT", "COUNT,TUMBLE,WHERE")]
    [TestCase("SELECT symbol FROM trades WHERE price |", "AND,BETWEEN,IS,GROUP BY", "FROM,symbol")]
    [TestCase("SELECT symbol FROM trades WHERE price > |", "price,volume", "AND")]
    [TestCase("SELECT symbol FROM trades WHERE note IS |", "NULL,NOT NULL", "symbol")]
    [TestCase("SELECT symbol FROM trades GROUP |", "BY", "symbol")]
    [TestCase("SELECT symbol FROM trades GROUP BY |", "symbol,TUMBLE,HOP", "COUNT,window_start")]
    [TestCase("SELECT symbol FROM trades GROUP BY symbol, TUMBLE(|", "ts,seen_at", "COUNT")]
    [TestCase("SELECT symbol FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' |", "MINUTE,SECOND", "symbol")]
    [TestCase("SELECT | FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)", "window_start,window_end,SUM", "TUMBLE")]
    [TestCase("SELECT window.| FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)", "start,end", "symbol")]
    [TestCase("SELECT symbol FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE) HAVING |", "COUNT,symbol,window_end", "TUMBLE")]
    [TestCase("SELECT symbol FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE) |", "HAVING,EMIT", "WHERE,FROM")]
    [TestCase("SELECT symbol FROM trades EMIT |", "CHANGES,ON WINDOW CLOSE", "symbol")]
    [TestCase("SELECT COUNT(| FROM trades", "symbol,DISTINCT", "FROM")]
    [TestCase("SELECT UPPER(symbol |) FROM trades", "AND", "FROM,AS")]
    [TestCase("SELECT CAST(price AS |) FROM trades", "BIGINT,VARCHAR", "price")]
    [TestCase("SELECT CAST(price |) FROM trades", "AS", "FROM")]
    [TestCase("SELECT price::| FROM trades", "BIGINT", "price")]
    [TestCase("SELECT EXTRACT(| FROM ts) FROM trades", "YEAR,HOUR", "ts")]
    [TestCase("SELECT EXTRACT(YEAR FROM |) FROM trades", "ts,seen_at", "trades_x,minutes")]
    [TestCase("SELECT CASE WHEN price > 1 | FROM trades", "THEN,AND", "symbol")]
    [TestCase("SELECT symbol FROM TABLE(TUMBLE(TABLE |", "trades", "symbol")]
    [TestCase("SELECT | FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '1' MINUTE))", "symbol,window_start", "bid")]
    [TestCase("SELECT symbol FROM trades WHERE symbol IN (SELECT | FROM quotes)", "bid,symbol", "price")]
    [TestCase("SELECT symbol FROM trades WHERE symbol IN (SELECT bid FROM quotes) AND |", "price", "bid")]
    [TestCase("SELECT bid FROM quotes UNION ALL SELECT | FROM trades", "price", "bid")]
    [TestCase("SELECT symbol FROM trades -- |", "", "WHERE")]
    [TestCase("SELECT symbol FROM trades /* | */", "", "WHERE")]
    [TestCase("SELECT symbol FROM trades WHERE note = 'x|'", "", "symbol")]
    [TestCase("SELECT symbol AS |", "", "symbol,FROM")]
    [TestCase("SELECT 12| FROM trades", "", "symbol")]
    public void It_offers_what_can_stand_there(string marked, string offered, string notOffered) => Check(marked, offered, notOffered, SqlCompletion.InQuery);

    [TestCase("|", "CREATE SOURCE,INSERT INTO", "FROM")]
    [TestCase("CREATE |", "SOURCE,STREAM,SINK", "FROM")]
    [TestCase("CREATE SOURCE s (a BIGINT, b VARCHAR) WITH (connector = 'file'); CREATE STREAM x AS SELECT | FROM s", "a,b", "symbol")]
    [TestCase("CREATE STREAM x AS SELECT a FROM |; CREATE SOURCE s (a BIGINT, b VARCHAR) WITH (connector = 'file');", "s,trades", "x")]
    [TestCase("CREATE SOURCE s (a BIGINT) WITH (connector = 'file'); CREATE STREAM x AS SELECT a AS y FROM s; CREATE SINK o WITH (connector = 'file') AS SELECT | FROM x", "y", "a")]
    [TestCase("CREATE STREAM x AS |", "SELECT", "FROM")]
    public void In_a_script_the_other_statements_are_in_sight(string marked, string offered, string notOffered) => Check(marked, offered, notOffered, SqlCompletion.InScript);

    [Test]
    public void The_word_at_the_place_is_replaced()
    {
        Assert.That(SqlCompletion.InQuery("SELECT symb FROM trades", 9, TestCatalog.Create()).Replaces, Is.EqualTo(new TextSpan(7, 4)));
        Assert.That(SqlCompletion.InQuery("SELECT  FROM trades", 7, TestCatalog.Create()).Replaces, Is.EqualTo(new TextSpan(7, 0)));
    }

    [Test]
    public void A_column_says_its_type() => Assert.That(
        SqlCompletion.InQuery("SELECT  FROM trades t", 7, TestCatalog.Create()).Items, Contains.Item(new SqlCompletionItem("price", SqlCompletionKind.Column, "DOUBLE NOT NULL of t")));

    [Test]
    public void No_text_and_no_place_throws()
    {
        const int Seed = 20261124;
        StatementMutator mutator = new(Seed, StatementCorpus.Statements);
        Random random = new(Seed);
        for (int i = 0; i < 5_000; i++)
        {
            string sql = mutator.Next();
            int at = random.Next(sql.Length + 1);
            TextSpan replaces = SqlCompletion.InQuery(sql, at, TestCatalog.Create()).Replaces;
            Assert.That(replaces.Start <= at && at <= replaces.End && replaces.End <= sql.Length, $"seed {Seed}, text {i}, place {at}: {sql}");
            SqlCompletion.InScript(sql, at, TestCatalog.Create());
        }
    }

    private static void Check(string marked, string offered, string notOffered, Func<string, int, ICatalog, SqlCompletionList> complete)
    {
        int at = marked.IndexOf('|');
        string[] items = [.. complete(marked.Remove(at, 1), at, TestCatalog.Create()).Items.Select(i => i.Text)];
        Assert.That(Split(offered).Except(items), Is.Empty, string.Join(" ", items));
        Assert.That(Split(notOffered).Intersect(items), Is.Empty);
        if (offered.Length == 0)
        {
            Assert.That(items, Is.Empty);
        }
    }

    private static string[] Split(string names) => names.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
