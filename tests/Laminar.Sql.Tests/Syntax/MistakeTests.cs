using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Syntax;

/// <summary>One mistake is one diagnostic, on its characters, and what is right around it is still read.</summary>
public sealed class MistakeTests
{
    // The characters that the diagnostic stands on are between « and ».
    [TestCase("«SELCT» a FROM t", "LAM1002", "SELECT")]
    [TestCase("SELECT a «FORM» t WHERE x = 1", "LAM1002", "FROM")]
    [TestCase("SELECT a «frm» t", "LAM1002", "from")]
    [TestCase("SELECT a AS b «FORM» t", "LAM1002", "FROM")]
    [TestCase("SELECT a AS \"b\" «FORM» t WHERE x = 1", "LAM1002", "FROM")]
    [TestCase("SELECT a FROM t «WEHRE» x = 1", "LAM1002", "WHERE")]
    [TestCase("SELECT a FROM t «GROPU» BY b", "LAM1002", "GROUP")]
    [TestCase("SELECT a FROM t AS x «GROPU» BY b", "LAM1002", "GROUP")]
    [TestCase("SELECT a FROM t WHERE x = 1 «GRUOP» BY b", "LAM1002", "GROUP")]
    [TestCase("SELECT a FROM t GROUP BY b «HAVIN» COUNT(*) > 1", "LAM1002", "HAVING")]
    [TestCase("SELECT a FROM t «ODER» BY b", "LAM1002", "ORDER")]
    [TestCase("SELECT a FROM t «LIMTI» 5", "LAM1002", "LIMIT")]
    [TestCase("SELECT a FROM t «JION» u ON t.k = u.k", "LAM1002", "JOIN")]
    [TestCase("SELECT a FROM t «EMTI» CHANGES", "LAM1002", "EMIT")]
    [TestCase("SELECT a FROM t EMIT «CHNGES»", "LAM1002", "CHANGES")]
    [TestCase("SELECT a FROM t EMIT ON «WINDWO» CLOSE", "LAM1002", "WINDOW")]
    [TestCase("SELECT a FROM t ALLOW «LATENES» INTERVAL '1' SECOND", "LAM1002", "LATENESS")]
    [TestCase("SELECT a FROM t WHERE x = 1 «ADN» y = 2", "LAM1002", "AND")]
    [TestCase("SELECT a FROM t WHERE x «BETWEN» 1 AND 2", "LAM1002", "BETWEEN")]
    [TestCase("SELECT a FROM t WHERE x IS «NUL»", "LAM1002", "NULL")]
    [TestCase("SELECT CASE WHEN a «THNE» 1 END FROM t", "LAM1002", "THEN")]
    [TestCase("SELECT CASE WHEN a THEN 1 «ESLE» 2 END FROM t", "LAM1002", "ELSE")]
    [TestCase("SELECT SUM(v) OVER («PARTITON» BY k) FROM t", "LAM1002", "PARTITION")]
    [TestCase("SELECT * FROM («SELCT» a FROM t) AS x", "LAM1002", "SELECT")]
    [TestCase("SELECT a FROM t WHERE x IN («SELEC» b FROM u)", "LAM1002", "SELECT")]
    [TestCase("«CRAETE» SOURCE s (a INT)", "LAM1002", "CREATE")]
    [TestCase("CREATE «SUORCE» s (a INT)", "LAM1002", "SOURCE")]
    [TestCase("CREATE SOURCE s (a INT, «WATERMAK» FOR ts AS ts)", "LAM1002", "WATERMARK")]

    [TestCase("SELECT a b «c» FROM t", "LAM1001", null)]
    [TestCase("SELECT a + «FROM» t", "LAM1001", null)]
    [TestCase("SELECT «FROM» t", "LAM1001", null)]
    [TestCase("SELECT a FROM «WHERE» b = 1", "LAM1001", null)]
    [TestCase("SELECT a FROM t WHERE«»", "LAM1001", null)]
    [TestCase("SELECT a FROM t WHERE x = «=» 5", "LAM1001", null)]
    [TestCase("SELECT a FROM t WHERE x = 5 «5»", "LAM1001", null)]
    [TestCase("SELECT (a + b «FROM» t", "LAM1001", null)]
    [TestCase("SELECT a«)» FROM t", "LAM1001", null)]
    [TestCase("SELECT a FROM t«)» WHERE x = 1", "LAM1001", null)]
    [TestCase("SELECT f(a, b «FROM» t WHERE x = 1", "LAM1001", null)]
    [TestCase("SELECT f(a «b») FROM t", "LAM1001", null)]
    [TestCase("SELECT CAST(a «INT») FROM t", "LAM1001", null)]
    [TestCase("SELECT CASE WHEN a THEN 1 «FROM» t", "LAM1001", null)]
    [TestCase("SELECT a FROM t GROUP «a»", "LAM1001", null)]
    [TestCase("SELECT a FROM t GROUP «a», b", "LAM1001", null)]
    [TestCase("SELECT a FROM t JOIN u «WHERE» x = 1", "LAM1001", null)]
    [TestCase("SELECT a FROM t WHERE x IN «1», 2", "LAM1001", null)]
    [TestCase("SELECT a FROM t ASOF JOIN u «WHERE» x = 1", "LAM1001", null)]
    [TestCase("SELECT * FROM t WHERE a = 1 AND «AND» b = 2", "LAM1001", null)]
    [TestCase("SELECT a FROM t ASOF JOIN u ON a = b«»", "LAM1001", null)]
    [TestCase("«FOO» BAR BAZ", "LAM1001", null)]
    [TestCase("CREATE «INDEX» i ON t (a)", "LAM1001", null)]
    [TestCase("CREATE SOURCE s (a INT «b» INT)", "LAM1001", null)]
    [TestCase("CREATE SOURCE s (a«)»", "LAM1001", null)]
    [TestCase("CREATE SOURCE s (a INT, b DOUBLE) WITH (connector «'file'»)", "LAM1001", null)]
    [TestCase("CREATE SOURCE s (a INT) WITH (connector = 'file' «format» = 'json')", "LAM1001", null)]
    [TestCase("CREATE STREAM s «SELECT» a FROM t", "LAM1001", null)]
    [TestCase("CREATE SINK s WITH (connector = 'file'«»", "LAM1001", null)]

    [TestCase("SELECT a «§» b FROM t", "LAM1003", null)]
    [TestCase("SELECT «\\»a FROM t", "LAM1003", null)]
    [TestCase("SELECT a FROM t WHERE x = «'»abc", "LAM1004", null)]
    [TestCase("SELECT a FROM t WHERE «\"»abc = 1", "LAM1004", null)]
    [TestCase("SELECT a «/*» b FROM t", "LAM1004", null)]
    [TestCase("SELECT «$$»a FROM t", "LAM1004", null)]
    [TestCase("SELECT «1abc» FROM t", "LAM1005", null)]
    [TestCase("SELECT «1.2.3» FROM t", "LAM1005", null)]
    [TestCase("SELECT E'a«\\q»b' FROM t", "LAM1006", null)]
    [TestCase("SELECT E'«\\u12»' FROM t", "LAM1006", null)]
    [TestCase("SELECT X'0«G»' FROM t", "LAM1006", null)]
    [TestCase("SELECT a FROM t GROUP BY b «WHERE» x = 1", "LAM1009", null)]
    [TestCase("SELECT a FROM t ORDER BY a «WHERE» x = 1", "LAM1009", null)]
    [TestCase("SELECT a FROM t WHERE x = 1 «WHERE» y = 1", "LAM1010", null)]
    [TestCase("SELECT a FROM t EMIT CHANGES «EMIT» FINAL", "LAM1010", null)]
    [TestCase("SELECT a FROM t WHERE 1 < a «<» 5", "LAM1011", null)]
    [TestCase("SELECT a FROM t WHERE a «==» 5", "LAM1012", "=")]
    [TestCase("SELECT a FROM t WHERE a = 1 «&&» b = 2", "LAM1012", "AND")]
    [TestCase("SELECT a FROM t WHERE «!»a", "LAM1012", "NOT")]
    [TestCase("SELECT «order», a FROM t", "LAM1013", "\"order\"")]
    [TestCase("SELECT a FROM «table», u", "LAM1013", "\"table\"")]
    [TestCase("CREATE SOURCE «order» (a INT)", "LAM1013", "\"order\"")]
    [TestCase("CREATE SOURCE s («from» INT, b INT)", "LAM1013", "\"from\"")]
    [TestCase("SELECT * FROM «TUMBEL»(TABLE t, DESCRIPTOR(ts), INTERVAL '1' HOUR)", "LAM1014", "TUMBLE")]
    [TestCase("SELECT * FROM «generate_series»(1, 2)", "LAM1014", null)]
    [TestCase("SELECT a«,» FROM t", "LAM1015", null)]
    [TestCase("SELECT f(a«,») FROM t", "LAM1015", null)]
    [TestCase("CREATE SOURCE s (a INT«,»)", "LAM1015", null)]
    [TestCase("«»", "LAM1016", null)]
    [TestCase("«»  -- nothing", "LAM1016", null)]
    [TestCase("SELECT INTERVAL '5' «SECNOD» FROM t", "LAM1018", "SECOND")]
    [TestCase("SELECT INTERVAL 5 «FORTNIGHT» FROM t", "LAM1018", null)]
    [TestCase("CREATE SOURCE s (a INT) WITH (format = «json»)", "LAM1019", "'json'")]
    public void One_mistake_is_one_diagnostic(string marked, string id, string? suggestion)
    {
        int start = marked.IndexOf('«');
        string sql = marked.Replace("«", string.Empty).Replace("»", string.Empty);
        int end = marked.IndexOf('»') - 1;
        ParseResult<ScriptSyntax> result = SqlParser.ParseScript(sql);
        string all = string.Join("\n", result.Diagnostics);
        SpanCheck.Inside(result.Root, sql.Length);
        Assert.That(result.Diagnostics, Has.Count.EqualTo(1), all);
        SqlDiagnostic only = result.Diagnostics[0];
        Assert.That(only.Rule.Id, Is.EqualTo(id), all);
        Assert.That((only.Span.Start, only.Span.End), Is.EqualTo((start, end)), all);
        Assert.That(only.Suggestion, Is.EqualTo(suggestion));
        Assert.That(only.Message, Does.Not.Contain("{0}"));
    }

    [Test]
    public void Two_mistakes_are_two_diagnostics()
    {
        const string sql = "SELECT a b c, d FROM t WHERE x = = 1;\nSELCT y FROM u";
        ParseResult<ScriptSyntax> result = SqlParser.ParseScript(sql);
        LineMap lines = new(sql);
        Assert.That(
            result.Diagnostics.Select(d => (d.Rule.Id, lines.Locate(d.Span.Start))),
            Is.EqualTo(new[] { ("LAM1001", (0, 11)), ("LAM1001", (0, 33)), ("LAM1002", (1, 0)) }));
        Assert.That(result.Root.Statements, Has.Count.EqualTo(2));
    }

    [Test]
    public void The_rest_of_the_tree_is_still_there()
    {
        QuerySyntax query = SqlParser.ParseQuery("SELECT a, b +, c FROM t WHERE x = GROUP BY b, TUMBLE(ts, INTERVAL '1' HOUR) HAVING c > 1").Root;
        SelectBody body = (SelectBody)query.Body;
        Assert.That(body.Items, Has.Count.EqualTo(3));
        Assert.That(body.From, Has.Count.EqualTo(1));
        Assert.That(body.Where, Is.Not.Null);
        Assert.That(body.GroupBy!.Elements, Has.Count.EqualTo(2));
        Assert.That(body.Having, Is.Not.Null);
    }

    [Test]
    public void A_missing_semicolon_costs_one_diagnostic_and_no_statement()
    {
        const string sql = "CREATE STREAM a AS SELECT x FROM s\nCREATE SINK b WITH (connector = 'file') AS SELECT * FROM a";
        ParseResult<ScriptSyntax> result = SqlParser.ParseScript(sql);
        Assert.That(result.Diagnostics.Select(d => (d.Rule.Id, d.Span)), Is.EqualTo(new[] { ("LAM1001", new TextSpan(35, 6)) }));
        Assert.That(result.Root.Statements.Select(s => s.GetType()), Is.EqualTo(new[] { typeof(CreateStreamStatement), typeof(CreateSinkStatement) }));
    }

    [TestCase("SELECT a FROM t; SELECT b FROM u", 17, 6)]
    [TestCase("CREATE STREAM s AS SELECT 1", 0, 6)]
    public void Where_one_query_stands_there_is_no_room_for_more(string sql, int start, int length)
    {
        SqlDiagnostic only = SqlParser.ParseQuery(sql).Diagnostics.Single();
        Assert.That((only.Rule.Id, only.Span), Is.EqualTo(("LAM1017", new TextSpan(start, length))));
    }

    [Test]
    public void Nesting_has_a_limit()
    {
        string deep = "SELECT " + new string('(', 100_000) + "1";
        SqlDiagnostic only = SqlParser.ParseQuery(deep).Diagnostics.Single();
        Assert.That((only.Rule.Id, only.Span.Length), Is.EqualTo(("LAM1007", 1)));

        string allowed = "SELECT " + new string('(', 150) + "1" + new string(')', 150) + " FROM t";
        Assert.That(SqlParser.ParseQuery(allowed).Diagnostics, Is.Empty);
    }

    [TestCase("1 + ")]
    [TestCase("a OR ")]
    [TestCase("NOT ")]
    [TestCase("- ")]
    [TestCase("f(")]
    [TestCase("CASE WHEN ")]
    [TestCase("(SELECT ")]
    [TestCase("x IN (")]
    [TestCase("CAST(")]
    [TestCase("ARRAY[")]
    public void A_chain_or_nest_of_anything_never_overflows_the_stack(string piece)
    {
        string sql = "SELECT " + string.Concat(Enumerable.Repeat(piece, 20_000)) + "a";
        ParseResult<QuerySyntax> result = SqlParser.ParseQuery(sql);
        Assert.That(result.Diagnostics.Select(d => d.Rule.Id), Is.EqualTo(new[] { "LAM1007" }));
    }

    [TestCase("::INT")]
    [TestCase("[1]")]
    [TestCase(" UNION SELECT 1")]
    [TestCase(" IS NULL")]
    public void A_long_tail_never_overflows_the_stack(string piece)
    {
        string sql = "SELECT a" + string.Concat(Enumerable.Repeat(piece, 20_000));
        ParseResult<QuerySyntax> result = SqlParser.ParseQuery(sql);
        Assert.That(result.Diagnostics.Select(d => d.Rule.Id), Is.EqualTo(new[] { "LAM1007" }));
    }

    [Test]
    public void Length_has_a_limit()
    {
        string sql = "SELECT '" + new string('x', SqlParser.MaxTextLength) + "' FROM t";
        SqlDiagnostic only = SqlParser.ParseQuery(sql).Diagnostics.Single();
        Assert.That((only.Rule.Id, only.Span.Start), Is.EqualTo(("LAM1008", SqlParser.MaxTextLength)));

        string allowed = "SELECT '" + new string('x', SqlParser.MaxTextLength - 16) + "' FROM t";
        Assert.That(SqlParser.ParseQuery(allowed).Diagnostics, Is.Empty);
    }
}
