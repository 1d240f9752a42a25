using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Syntax;

public sealed class NotSupportedTests
{
    // The reported characters stand between the brackets.
    [TestCase("SELECT * FROM t [JOIN] UNNEST(a) AS u(v) ON u.v = 1", "this join with UNNEST")]
    [TestCase("SELECT * FROM t [MATCH_RECOGNIZE] (PATTERN (A))", "MATCH_RECOGNIZE")]
    [TestCase("WITH RECURSIVE [c] AS (SELECT a FROM t) SELECT a FROM c", "WITH RECURSIVE")]
    [TestCase("SELECT [?] FROM t", "parameters")]
    [TestCase("CREATE FUNCTION [f](a INT)", "CREATE FUNCTION")]
    [TestCase("[EXPLAIN] SELECT a FROM t", "EXPLAIN")]
    [TestCase("[SHOW SINKS]", "SHOW")]
    [TestCase("[DESCRIBE t]", "DESCRIBE")]
    [TestCase("[DROP t]", "DROP")]
    public void Says_what_can_not_run_on_its_exact_place(string marked, string what)
    {
        int start = marked.IndexOf('[');
        int end = marked.IndexOf(']') - 1;
        string sql = marked.Remove(end + 1, 1).Remove(start, 1);
        SqlDiagnostic only = Single(sql);
        Assert.That(only.Rule.Id, Is.EqualTo("LAM1900"));
        Assert.That(only.Arguments[0], Is.EqualTo(what));
        Assert.That((only.Span.Start, only.Span.End), Is.EqualTo((start, end)), sql.Substring(only.Span.Start, only.Span.Length));
    }

    [TestCase("SELECT f(x => 1) FROM t", "named arguments", 9, 6)]
    public void Says_what_can_not_run_where_brackets_are_part_of_it(string sql, string what, int start, int length)
    {
        SqlDiagnostic only = Single(sql);
        Assert.That(only.Arguments[0], Is.EqualTo(what));
        Assert.That((only.Span.Start, only.Span.Length), Is.EqualTo((start, length)));
    }

    [TestCase("SELECT a + 1 AS b, CASE WHEN a > 1 THEN COALESCE(b, 'x') ELSE NULLIF(c, 'y') END, a::BIGINT, TRY_CAST(b AS INT), EXTRACT(HOUR FROM ts) FROM t AS x WHERE a IN (1, 2) AND b LIKE 'x%' AND c BETWEEN 1 AND 2 AND d IS NOT NULL")]
    [TestCase("SELECT k, window_start, COUNT(*), COUNT(DISTINCT v), SUM(v) FILTER (WHERE v > 0) FROM t GROUP BY k, TUMBLE(ts, INTERVAL '1' MINUTE) HAVING COUNT(*) > 1 EMIT CHANGES")]
    [TestCase("SELECT a AS k, FIRST_VALUE(b), LAST_VALUE(b) FROM t GROUP BY 1, HOP(ts, INTERVAL '1' MINUTE, INTERVAL '5' MINUTE) EMIT ON WINDOW CLOSE")]
    [TestCase("SELECT window_start, COUNT(*) FROM TABLE(HOP(TABLE t, DESCRIPTOR(ts), INTERVAL '1' SECOND, INTERVAL '10' SECOND)) GROUP BY window_start, window_end EMIT AFTER WATERMARK")]
    [TestCase("SELECT 1, 2 AS b UNION ALL VALUES (1, 2)")]
    [TestCase("SELECT * FROM TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND)")]
    [TestCase("CREATE SOURCE s (a INT, ts TIMESTAMP, WATERMARK FOR ts AS ts) WITH (connector = 'file'); CREATE STREAM q AS SELECT a FROM s; CREATE SINK o WITH (connector = 'file') AS SELECT * FROM q")]
    public void Says_nothing_about_what_runs(string sql)
    {
        DiagnosticBag found = new();
        NotSupported.Check(SqlParser.ParseScript(sql).Root, found);
        Assert.That(found, Is.Empty);
    }

    private static SqlDiagnostic Single(string sql)
    {
        ParseResult<ScriptSyntax> parsed = SqlParser.ParseScript(sql);
        Assert.That(parsed.Diagnostics, Is.Empty);
        DiagnosticBag found = new();
        NotSupported.Check(parsed.Root, found);
        Assert.That(found, Has.Count.EqualTo(1), string.Join("\n", found));
        return found[0];
    }
}
