using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Binding;

public sealed class ErrorTests
{
    private const string Grouped = " FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)";

    [TestCase("SELECT price FROM trades WHERE «symbol» = 5", "LAM2009", "CAST(symbol AS INT)")]
    [TestCase("SELECT price FROM trades WHERE price > «'5'»", "LAM2009", "5")]
    [TestCase("SELECT «symbol» + 1 FROM trades", "LAM2009", "CAST(symbol AS INT)")]
    [TestCase("SELECT symbol FROM trades WHERE side IN (1, «'x'»)", "LAM2009", "CAST('x' AS INT)")]
    [TestCase("SELECT ts «+» ts FROM trades", "LAM2008", null)]
    [TestCase("SELECT ts «=» price FROM trades", "LAM2008", null)]
    [TestCase("SELECT price FROM trades WHERE «price»", "LAM2016", null)]
    [TestCase("SELECT price FROM trades WHERE price > 1 AND «symbol»", "LAM2016", null)]
    [TestCase("SELECT «CAST(ts AS BIGINT)» FROM trades", "LAM2021", null)]
    [TestCase("SELECT CAST(price AS «BIGITN») FROM trades", "LAM2020", "BIGINT")]
    [TestCase("SELECT CAST(price AS «DECIMAL(40, 2)») FROM trades", "LAM2031", null)]
    [TestCase("SELECT «LENGTH(symbol, 1)» FROM trades", "LAM2006", null)]
    [TestCase("SELECT LENGTH(«price») FROM trades", "LAM2007", null)]
    [TestCase("SELECT CASE WHEN price > 1 THEN symbol ELSE «price» END FROM trades", "LAM2032", "CAST(price AS VARCHAR)")]
    [TestCase("SELECT price FROM trades WHERE ts > «'yesterday'»", "LAM2017", null)]
    [TestCase("SELECT TIMESTAMP «'2020-13-01'» FROM trades", "LAM2017", null)]
    [TestCase("SELECT «12345678901234567890123456789» FROM trades", "LAM2017", null)]
    [TestCase("SELECT «1 / 0» FROM trades", "LAM2018", null)]
    [TestCase("SELECT «volume / 0» FROM trades", "LAM2018", null)]
    [TestCase("SELECT «2147483647 + 1» FROM trades", "LAM2018", null)]
    [TestCase("SELECT «CAST('x' AS INT)» FROM trades", "LAM2018", null)]
    [TestCase("SELECT «de * de * de» FROM types", "LAM2019", null)]
    [TestCase("SELECT EXTRACT(«MONHT» FROM ts) FROM trades", "LAM2029", "MONTH")]
    [TestCase("SELECT EXTRACT(«HOUR» FROM da) FROM types", "LAM2029", null)]
    [TestCase("SELECT DATE_TRUNC(symbol, ts) FROM trades", "LAM2024", null)]
    [TestCase("SELECT LOWER(symbol) FILTER (WHERE «TRUE») FROM trades", "LAM2037", null)]
    [TestCase("SELECT REGEXP_LIKE(symbol, «'(a'») FROM trades", "LAM2050", null)]
    [TestCase("SELECT symbol ~ «'a{2,1}'» FROM trades", "LAM2050", null)]
    [TestCase("SELECT REGEXP_REPLACE(symbol, 'a', 'b', «'q'») FROM trades", "LAM2050", null)]
    [TestCase("SELECT REGEXP_EXTRACT(symbol, '(a)(b)', «3») FROM trades", "LAM2050", null)]
    [TestCase("SELECT symbol SIMILAR TO «'(a'» FROM trades", "LAM2050", null)]
    [TestCase("SELECT ENCODE(symbol, «'hxe'») FROM trades", "LAM2017", "'hex'")]
    [TestCase("SELECT PARSE_URL(symbol, «'HOTS'») FROM trades", "LAM2017", "'HOST'")]
    [TestCase("SELECT DECODE(symbol, «side») FROM trades", "LAM2024", null)]
    [TestCase("SELECT ts AT TIME ZONE «'Europe/Berln'» FROM trades", "LAM2051", "'Europe/Berlin'")]
    [TestCase("SELECT ts AT TIME ZONE «'new york'» FROM trades", "LAM2051", "'America/New_York'")]
    [TestCase("SELECT «price» AT TIME ZONE 'UTC' FROM trades", "LAM2007", null)]
    [TestCase("SELECT TO_CHAR(ts, «'HH:mm MM'») FROM trades", "LAM2052", null)]
    [TestCase("SELECT DATE_FORMAT(ts, «'yyyy-bb'») FROM trades", "LAM2052", null)]
    [TestCase("SELECT TO_CHAR(price, «'9.99.9'») FROM trades", "LAM2080", null)]
    [TestCase("SELECT TIMESTAMPADD(«HUOR», 1, ts) FROM trades", "LAM2029", "HOUR")]
    [TestCase("SELECT DATE_DIFF(«1», ts, ts) FROM trades", "LAM2024", null)]
    [TestCase("SELECT JSON_VALUE(symbol, «'a.b'») FROM trades", "LAM2050", null)]
    [TestCase("SELECT JSON_VALUE(«price», '$.a') FROM trades", "LAM2007", null)]
    [TestCase("SELECT price «->» 'a' FROM trades", "LAM2008", null)]
    [TestCase("SELECT «CAST(ts AS JSON)» FROM trades", "LAM2021", null)]
    [TestCase("SELECT CAST(symbol AS JSON) «=» CAST(symbol AS JSON) FROM trades", "LAM2008", null)]
    [TestCase("SELECT MAX(«CAST(symbol AS JSON)») FROM trades GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE)", "LAM2007", null)]
    [TestCase("SELECT COUNT(DISTINCT «CAST(symbol AS JSON)») FROM trades GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE)", "LAM2007", null)]
    [TestCase("SELECT COUNT(*) FROM trades GROUP BY «CAST(symbol AS JSON)»", "LAM2007", null)]
    [TestCase("SELECT DISTINCT «CAST(symbol AS JSON)» AS j FROM trades", "LAM2007", null)]
    [TestCase("SELECT DISTINCT «CAST(MAX(symbol) AS JSON)» AS j FROM trades GROUP BY side, TUMBLE(ts, INTERVAL '1' MINUTE)", "LAM2007", null)]
    [TestCase("SELECT CAST(symbol AS JSON) AS j FROM trades «UNION» SELECT CAST(note AS JSON) FROM trades", "LAM2007", null)]
    [TestCase("SELECT symbol FROM trades UNION ALL SELECT note FROM trades «EMIT ON WINDOW CLOSE»", "LAM3006", null)]
    [TestCase("SELECT JSON_OBJECT(«price» VALUE 1) FROM trades", "LAM2007", null)]
    [TestCase("SELECT «ARRAY[]» FROM trades", "LAM2006", null)]
    [TestCase("SELECT ARRAY[1, «'x'»] FROM trades", "LAM2032", null)]
    [TestCase("SELECT «MAP['a']» FROM trades", "LAM2006", null)]
    [TestCase("SELECT MAP[«ARRAY[1]», 2] FROM trades", "LAM2007", null)]
    [TestCase("SELECT «symbol[1]» FROM trades", "LAM2008", null)]
    [TestCase("SELECT (ROW(1, 2)).«f3» FROM trades", "LAM2003", null)]
    [TestCase("SELECT (price).«f» FROM trades", "LAM2008", null)]
    [TestCase("SELECT ARRAY[1] «=» ARRAY['a'] FROM trades", "LAM2008", null)]
    [TestCase("SELECT MAP['a', 1] «<» MAP['b', 1] FROM trades", "LAM2008", null)]
    [TestCase("SELECT CARDINALITY(«price») FROM trades", "LAM2007", null)]
    [TestCase("SELECT ARRAY_SORT(«ARRAY[MAP['a', 1]]») FROM trades", "LAM2007", null)]
    [TestCase("SELECT CAST(symbol AS «ARRAY») FROM trades", "LAM2031", null)]
    [TestCase("SELECT CAST(symbol AS MAP<«JSON», INT>) FROM trades", "LAM2031", null)]
    [TestCase("SELECT CAST(symbol AS ROW(a INT, «A» INT)) FROM trades", "LAM2026", null)]
    [TestCase("SELECT «CAST(price AS ARRAY<INT>)» FROM trades", "LAM2021", null)]
    [TestCase("SELECT COUNT(*) FROM trades GROUP BY «ARRAY[CAST('1' AS JSON)]»", "LAM2007", null)]
    [TestCase("SELECT DISTINCT «ARRAY[CAST('1' AS JSON)]» AS a FROM trades", "LAM2007", null)]
    [TestCase("SELECT SUM(«ARRAY[symbol]») FROM trades GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE)", "LAM2007", null)]
    public void Expressions(string sql, string rule, string? suggestion)
    {
        sql = sql.Contains('«') ? sql : sql.Replace("TRUNC(symbol", "TRUNC(«symbol»");
        Diagnostics.SqlDiagnostic error = Check.Error(sql);
        Assert.That(error.Rule.Id, Is.EqualTo(rule), error.ToString());
        Assert.That(error.Suggestion, Is.EqualTo(suggestion));
    }

    [TestCase("SELECT «price»" + Grouped, "LAM2013")]
    [TestCase("SELECT symbol, SUM(volume) + «volume»" + Grouped, "LAM2013")]
    [TestCase("SELECT symbol" + Grouped + " HAVING «price» > 1", "LAM2013")]
    [TestCase("SELECT SUM(«MAX(volume)»)" + Grouped, "LAM2012")]
    [TestCase("SELECT symbol FROM trades WHERE «COUNT»(*) > 1", "LAM2011")]
    [TestCase("SELECT symbol FROM trades GROUP BY symbol, «SUM»(volume), TUMBLE(ts, INTERVAL '1' MINUTE)", "LAM2011")]
    [TestCase("SELECT symbol FROM trades GROUP BY «3», TUMBLE(ts, INTERVAL '1' MINUTE)", "LAM2014")]
    [TestCase("SELECT «TUMBLE»(ts, INTERVAL '1' MINUTE) FROM trades", "LAM2023")]
    [TestCase("SELECT «TUMBLE_START»(ts, INTERVAL '1' MINUTE) FROM trades", "LAM2023")]
    [TestCase("SELECT SUM(«symbol»)" + Grouped, "LAM2007")]
    [TestCase("SELECT MIN(«bl») FROM types GROUP BY TUMBLE(ts, INTERVAL '1' SECOND)", "LAM2007")]
    [TestCase("SELECT LENGTH(«*») FROM trades", "LAM2022")]
    [TestCase("SELECT COUNT(*) AS n FROM trades GROUP BY CUMULATE(ts, «INTERVAL '7' SECOND», INTERVAL '1' MINUTE)", "LAM3005")]
    [TestCase("SELECT COUNT(*) AS n FROM (SELECT symbol, SUM(volume) AS s FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)) GROUP BY TUMBLE(«s», INTERVAL '1' HOUR)", "LAM3008")]
    [TestCase("SELECT COUNT(*) AS n FROM trades GROUP BY CUMULATE(ts, «INTERVAL '7' HOUR», INTERVAL '1' MONTH)", "LAM3005")]
    [TestCase("SELECT COUNT(*) AS n FROM trades GROUP BY CUMULATE(ts, «INTERVAL '1' MONTH», INTERVAL '60' DAY)", "LAM3005")]
    [TestCase("SELECT COUNT(*) AS n FROM trades GROUP BY CUMULATE(ts, «INTERVAL '0.0001' SECOND», INTERVAL '1' MINUTE)", "LAM3005")]
    [TestCase("SELECT COUNT(*) AS n FROM trades GROUP BY HOP(ts, «INTERVAL '1' DAY», INTERVAL '1' MONTH)", "LAM3005")]
    [TestCase("SELECT COUNT(*) AS n FROM trades GROUP BY HOP(ts, «INTERVAL '1' MONTH», INTERVAL '60' DAY)", "LAM3005")]
    [TestCase("SELECT COUNT(*) AS n FROM trades GROUP BY TUMBLE(ts, INTERVAL '1' DAY, «INTERVAL '1' MONTH»)", "LAM3005")]
    [TestCase("SELECT COUNT(*) AS n FROM trades GROUP BY TUMBLE(ts, «INTERVAL '101' YEAR»)", "LAM3005")]
    [TestCase("SELECT COUNT(*) AS n FROM trades GROUP BY «CUMULATE(ts, INTERVAL '7' SECOND)»", "LAM2006")]
    [TestCase("SELECT COUNT(*) AS n FROM trades GROUP BY TUMBLE(ts, INTERVAL '1' DAY, TIME ZONE «'Europe/Berlim'»)", "LAM2051")]
    [TestCase("SELECT COUNT(*) AS n FROM trades GROUP BY TUMBLE(ts, INTERVAL '1' DAY, TIME ZONE «symbol»)", "LAM2024")]
    [TestCase("SELECT COUNT(*) AS n FROM trades GROUP BY TUMBLE(ts, INTERVAL '1' DAY, TIME ZONE «1»)", "LAM2024")]
    [TestCase("SELECT COUNT(*) AS n FROM TABLE(TUMBLE(TABLE trades PARTITION BY «symbl», DESCRIPTOR(ts), INTERVAL '1' DAY)) GROUP BY window_start", "LAM2003")]
    [TestCase("SELECT COUNT(*) AS n FROM trades GROUP BY ROLLUP(«TUMBLE(ts, INTERVAL '1' DAY)»)", "LAM1900")]
    [TestCase("SELECT COUNT(*) AS n FROM trades GROUP BY «CUBE(symbol, price, volume, note, fee, side, seen_at)», TUMBLE(ts, INTERVAL '1' DAY)", "LAM1900")]
    [TestCase("SELECT symbol, «price» FROM trades GROUP BY ROLLUP(symbol), TUMBLE(ts, INTERVAL '1' DAY)", "LAM2013")]
    [TestCase("SELECT GROUPING(«price») AS g FROM trades GROUP BY ROLLUP(symbol), TUMBLE(ts, INTERVAL '1' DAY)", "LAM2013")]
    [TestCase("SELECT symbol FROM trades WHERE «GROUPING»(symbol) = 1", "LAM2011")]
    [TestCase("SELECT TOPK(price, «volume»)" + Grouped, "LAM2007")]
    [TestCase("SELECT TOPK(price, «10001»)" + Grouped, "LAM2007")]
    [TestCase("SELECT MAP_AGG(«ROW(1)», price)" + Grouped, "LAM2007")]
    [TestCase("SELECT MAX(«MAP['a', price]»)" + Grouped, "LAM2007")]
    [TestCase("SELECT ARRAY_AGG(DISTINCT «CAST('1' AS JSON)»)" + Grouped, "LAM2007")]
    [TestCase("SELECT symbol FROM trades WHERE symbol IN («SELECT symbol, price FROM trades»)", "LAM2091")]
    [TestCase("SELECT symbol FROM trades WHERE (symbol, price) IN («SELECT symbol FROM trades»)", "LAM2091")]
    [TestCase("SELECT symbol FROM trades WHERE price > 1 OR «(symbol, price) IN (SELECT symbol, price FROM trades)»", "LAM1900")]
    [TestCase("SELECT symbol, «LAST_VALUE(n)» AS l FROM changes GROUP BY symbol", "LAM1900")]
    public void Grouping(string sql, string rule) => Assert.That(Check.Error(sql).Rule.Id, Is.EqualTo(rule));

    [Test]
    public void An_error_behind_a_guard_is_left_to_run_time()
    {
        Check.Plan("SELECT CASE WHEN side = 0 THEN 0 ELSE volume / 0 END FROM trades");
        Check.Plan("SELECT COALESCE(side, 1 / 0) FROM trades");
        Check.Plan("SELECT symbol FROM trades WHERE side <> 0 AND 1 / 0 > 1");
        Check.Plan("SELECT CASE WHEN FALSE THEN 1 / 0 ELSE 1 END FROM trades");
        Assert.That(Check.Lowered("TRY_CAST('x' AS INT)"), Is.EqualTo("NULL"));
    }

    [Test]
    public void Long_chains_and_lists_are_no_depth()
    {
        Check.Plan($"SELECT symbol FROM trades WHERE side IN ({string.Join(", ", Enumerable.Range(0, 3000))})");
        Assert.That(Compile(Chain("OR", Compare, 3000)).Plan, Is.Not.Null);
        Assert.That(Compile(Chain("+", Side, 3000)).Diagnostics.Single().Rule.Id, Is.EqualTo("LAM1007"));
    }

    // Trees made by hand: the parser stops such chains at its own limit.
    private static readonly TextSpan At = new(0, 1);
    private static readonly ExpressionSyntax Side = new ColumnExpression(new QualifiedName(new SyntaxList<Identifier>([new Identifier("side", false, At)]), At), At);
    private static readonly ExpressionSyntax Compare = new BinaryExpression(Side, "=", At, new LiteralExpression(LiteralKind.Integer, "1", At), At);

    private static ExpressionSyntax Chain(string symbol, ExpressionSyntax operand, int length)
    {
        ExpressionSyntax chain = operand;
        for (int i = 0; i < length; i++)
        {
            chain = new BinaryExpression(chain, symbol, At, operand, At);
        }

        return chain;
    }

    private static CompiledQuery Compile(ExpressionSyntax item)
    {
        var table = new NamedTable(new QualifiedName(new SyntaxList<Identifier>([new Identifier("trades", false, At)]), At), null, At);
        var body = new SelectBody(new SyntaxList<SelectItem>([new SelectItem(item, null, At)]), At) { From = new SyntaxList<TableSyntax>([table]) };
        return SqlCompiler.CompileTree(new QuerySyntax(body, At), [], "", "q", TestCatalog.Create());
    }

    [Test]
    public void Several_mistakes_are_all_reported()
    {
        CompiledQuery compiled = SqlCompiler.CompileQuery("SELECT prise, UPER(symbol) FROM trades WHERE vol > 1", "q", TestCatalog.Create());
        Assert.That(compiled.Diagnostics.Select(d => d.Rule.Id), Is.EqualTo(new[] { "LAM2003", "LAM2005", "LAM2003" }));
        Assert.That(compiled.Reads.Select(r => r.Name), Is.EqualTo(new[] { "trades" }));
    }

    [Test]
    public void Every_rule_has_its_own_id_and_a_message_that_formats()
    {
        IReadOnlyList<Diagnostics.SqlRule> rules = Diagnostics.SqlRules.All;
        Assert.That(rules.Select(r => r.Id), Is.Unique);
        foreach (Diagnostics.SqlRule rule in rules)
        {
            Assert.That(rule.Id, Does.Match("^LAM[0-9]{4}$"));
            Assert.That(() => string.Format(rule.MessageFormat, "a", "b", "c", "d", "e"), Throws.Nothing, rule.Id);
        }
    }
}
