using Laminar.Sql.Formatting;
using Laminar.Sql.Syntax;
using Laminar.Sql.Tests.Syntax;
using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Formatting;

public sealed class FormatterTests
{
    private const int Seed = 20261123;

    public static IEnumerable<string> Corpus => StatementCorpus.Statements.Concat(Files());

    [TestCaseSource(nameof(Corpus))]
    public void Only_white_space_and_the_case_of_keywords_change(string sql) => Check(sql);

    [Test]
    public void Thousands_of_texts_with_random_white_space_and_comments()
    {
        Random random = new(Seed);
        string[] corpus = [.. Corpus];
        for (int i = 0; i < 5_000; i++)
        {
            string sql = string.Concat(TestTokens.Of(corpus[random.Next(corpus.Length)]).Select(t => t.Text + Gap(random)));
            Check(sql, $"seed {Seed}, text {i}");
        }
    }

    [Test]
    public void Spoilt_texts_that_are_still_correct_keep_their_meaning()
    {
        StatementMutator mutator = new(Seed, StatementCorpus.Statements);
        int formatted = 0;
        for (int i = 0; i < 15_000; i++)
        {
            string sql = mutator.Next();
            if (SqlFormatter.Format(sql) is not null)
            {
                formatted++;
                Check(sql, $"seed {Seed}, text {i}");
            }
        }

        TestContext.Out.WriteLine($"seed {Seed}: {formatted} texts were formatted");
        Assert.That(formatted, Is.GreaterThan(1000));
    }

    [TestCase("SELECT FROM")]
    [TestCase("SELECT 'x")]
    [TestCase("")]
    [TestCase("-- nothing")]
    public void A_text_with_syntax_errors_is_left_alone(string sql) => Assert.That(SqlFormatter.Format(sql), Is.Null);

    [TestCase("select symbol,price from trades where price>-1", "SELECT symbol, price FROM trades WHERE price > -1")]
    [TestCase("select count( * ),t . a::int,xs [ 1 ],cast( a as decimal( 10,2 ) ) from t", "SELECT count(*), t.a::INT, xs[1], CAST(a AS DECIMAL(10, 2)) FROM t")]
    [TestCase(
        "select symbol, window_start, window_end, sum(price * volume) / sum(volume) as vwap, count(*) as trades from trades group by symbol, tumble(ts, interval '1' minute) emit changes",
        "SELECT\n    symbol,\n    window_start,\n    window_end,\n    sum(price * volume) / sum(volume) AS vwap,\n    count(*) AS trades\nFROM trades\nGROUP BY symbol, tumble(ts, INTERVAL '1' MINUTE)\nEMIT CHANGES")]
    [TestCase(
        "select a from t where a_long_name_of_a_column > 100 and another_long_name_of_a_column between 1 and 2 or a_third_one is null",
        "SELECT a\nFROM t\nWHERE a_long_name_of_a_column > 100\n    AND another_long_name_of_a_column BETWEEN 1 AND 2\n    OR a_third_one IS NULL")]
    [TestCase(
        "select a, -- the first\n b /* the second */ from t -- all",
        "SELECT\n    a, -- the first\n    b /* the second */\nFROM t -- all")]
    [TestCase(
        "-- before\nselect a\n-- between\nfrom t\n-- behind",
        "-- before\nSELECT a\n-- between\nFROM t\n-- behind")]
    [TestCase(
        "create source s (a bigint, ts timestamp not null, watermark for ts as ts - interval '5' second) with (connector='file', path='in.json'); create sink o with (connector='file') as select a from s;",
        "CREATE SOURCE s (a BIGINT, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND)\nWITH (connector = 'file', path = 'in.json');\n\nCREATE SINK o WITH (connector = 'file') AS SELECT a FROM s;")]
    [TestCase(
        "select case when price > 100000 then 'very expensive' when price > 1000 then 'expensive' when price > 10 then 'cheap' else 'nothing' end as how from trades",
        "SELECT CASE\n    WHEN price > 100000 THEN 'very expensive'\n    WHEN price > 1000 THEN 'expensive'\n    WHEN price > 10 THEN 'cheap'\n    ELSE 'nothing'\nEND AS how\nFROM trades")]
    public void It_looks_like_this(string sql, string expected) => Assert.That(SqlFormatter.Format(sql), Is.EqualTo(expected));

    private static void Check(string sql, string message = "")
    {
        string? once = SqlFormatter.Format(sql);
        Assert.That(once, Is.Not.Null, message + "\n" + sql);
        message += "\n" + sql + "\n=>\n" + once;
        Assert.That(TestTokens.Of(once!).Select(t => t.Key), Is.EqualTo(TestTokens.Of(sql).Select(t => t.Key)), message);
        Assert.That(TestTokens.Comments(once!), Is.EqualTo(TestTokens.Comments(sql)), message);
        Assert.That(Names(once!), Is.EqualTo(Names(sql)), message);
        Assert.That(SqlFormatter.Format(once!), Is.EqualTo(once), message);
    }

    private static IEnumerable<string> Names(string sql) => Names(SqlParser.ParseScript(sql).Root);

    private static IEnumerable<string> Names(SyntaxNode node) => node is Identifier name ? [name.Text] : SyntaxChildren.Of(node).SelectMany(Names);

    private static string Gap(Random random) => random.Next(12) switch
    {
        0 => "\n",
        1 => "\r\n\t ",
        2 => " -- line comment\n",
        3 => "\n  -- own line\n  ",
        4 => " /* block */ ",
        5 => "\n/* block\n   on lines */\n",
        _ => " ",
    };

    private static IEnumerable<string> Files()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(Checkout.Root, "tests", "corpus"), "*.corpus").Order(StringComparer.Ordinal))
        {
            foreach (string line in File.ReadLines(file).Select(l => l.TrimStart('>', ' ')).Where(l => l.StartsWith("SELECT", StringComparison.Ordinal)))
            {
                if (SqlParser.ParseQuery(line).Diagnostics.Count == 0)
                {
                    yield return line;
                }
            }
        }
    }
}
