using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Syntax;

/// <summary>What the tree of each construct holds, and where its parts stand.</summary>
public sealed class TreeTests
{
    [TestCase("'it''s'", "it's")]
    [TestCase("E'a\\n\\t\\\\\\'\\x41\\u00e9\\U0001F600\\101'", "a\n\t\\'Aé😀A")]
    [TestCase("$$it's $1$$", "it's $1")]
    [TestCase("$q$a $$ b$q$", "a $$ b")]
    [TestCase("''", "")]
    public void A_string_has_its_escapes_resolved(string sql, string value)
    {
        LiteralExpression literal = Expression<LiteralExpression>(sql);
        Assert.That((literal.Kind, literal.Text, literal.Span), Is.EqualTo((LiteralKind.String, value, new TextSpan(0, sql.Length))));
    }

    [TestCase("12", LiteralKind.Integer)]
    [TestCase("1.5", LiteralKind.Decimal)]
    [TestCase(".5", LiteralKind.Decimal)]
    [TestCase("1.", LiteralKind.Decimal)]
    [TestCase("1e10", LiteralKind.Double)]
    [TestCase("1.5E-3", LiteralKind.Double)]
    public void A_number_is_kept_as_written(string sql, LiteralKind kind)
    {
        LiteralExpression literal = Expression<LiteralExpression>(sql);
        Assert.That((literal.Kind, literal.Text), Is.EqualTo((kind, sql)));
    }

    [TestCase("INTERVAL '5' SECOND", "5", "SECOND", null)]
    [TestCase("interval '5' seconds", "5", "SECOND", null)]
    [TestCase("INTERVAL '1-2' YEAR TO MONTH", "1-2", "YEAR", "MONTH")]
    [TestCase("INTERVAL '1 day 2 hours'", "1 day 2 hours", "", null)]
    [TestCase("INTERVAL 5 MINUTE", "5", "MINUTE", null)]
    [TestCase("INTERVAL -1.5 HOUR", "-1.5", "HOUR", null)]
    public void An_interval_has_its_text_and_units(string sql, string text, string unit, string? toUnit)
    {
        IntervalExpression interval = Expression<IntervalExpression>(sql);
        Assert.That((interval.Text, interval.Unit, interval.ToUnit), Is.EqualTo((text, unit, toUnit)));
    }

    [TestCase("DATE '2020-01-01'", "DATE", 5)]
    [TestCase("TIMESTAMP WITH TIME ZONE '2020-01-01'", "TIMESTAMP WITH TIME ZONE", 25)]
    [TestCase("uuid 'x'", "UUID", 5)]
    public void A_typed_literal_has_type_and_text(string sql, string type, int textStart)
    {
        TypedLiteralExpression literal = Expression<TypedLiteralExpression>(sql);
        Assert.That((literal.Type.Name, literal.TextSpan), Is.EqualTo((type, TextSpan.FromBounds(textStart, sql.Length))));
    }

    [TestCase("x::DECIMAL(10, 2)", "DECIMAL", new[] { 10, 2 })]
    [TestCase("x::timestamp(3) with time zone", "TIMESTAMP WITH TIME ZONE", new[] { 3 })]
    [TestCase("x::BIGINT  unsigned", "BIGINT UNSIGNED", new int[0])]
    [TestCase("x::DOUBLE PRECISION", "DOUBLE PRECISION", new int[0])]
    [TestCase("x::CHARACTER VARYING(5)", "CHARACTER VARYING", new[] { 5 })]
    [TestCase("x::INTERVAL YEAR TO MONTH", "INTERVAL YEAR TO MONTH", new int[0])]
    public void A_type_has_its_name_and_parameters(string sql, string name, int[] parameters)
    {
        TypeSyntax type = Expression<CastExpression>(sql).Type;
        Assert.That(type.Name, Is.EqualTo(name));
        Assert.That(type.Parameters, Is.EqualTo(parameters));
        Assert.That(type.Span, Is.EqualTo(TextSpan.FromBounds(3, sql.Length)));
    }

    [Test]
    public void Types_nest()
    {
        TypeSyntax map = Expression<CastExpression>("x::MAP<VARCHAR, ARRAY<ARRAY<INT>>>").Type;
        Assert.That((map.Name, map.Elements.Count), Is.EqualTo(("MAP", 2)));
        Assert.That(map.Elements[1].Span, Is.EqualTo(TextSpan.FromBounds(16, 33)));
        Assert.That(map.Elements[1].Elements[0].Span, Is.EqualTo(TextSpan.FromBounds(22, 32)));

        TypeSyntax row = Expression<CastExpression>("x::ROW(a INT, b TEXT)[]").Type;
        Assert.That(row.Name, Is.EqualTo("ARRAY"));
        Assert.That(row.Elements[0].FieldNames.Select(f => f.Text), Is.EqualTo(new[] { "a", "b" }));
    }

    [TestCase("SUBSTRING(a FROM 2 FOR 3)", "SUBSTRING(a, 2, 3)")]
    [TestCase("SUBSTRING(a FOR 3)", "SUBSTRING(a, 1, 3)")]
    [TestCase("SUBSTRING(a, 2)", "SUBSTRING(a, 2)")]
    [TestCase("POSITION('x' || b IN a)", "POSITION(('x' || b), a)")]
    [TestCase("TRIM(a)", "TRIM(a)")]
    [TestCase("TRIM(LEADING 'x' FROM a)", "LTRIM(a, 'x')")]
    [TestCase("TRIM(TRAILING FROM a)", "RTRIM(a)")]
    [TestCase("TRIM('x' FROM a)", "TRIM(a, 'x')")]
    [TestCase("OVERLAY(a PLACING b FROM 1 FOR 2)", "OVERLAY(a, b, 1, 2)")]
    [TestCase("JSON_OBJECT('k' VALUE v, KEY 'l' VALUE 2)", "JSON_OBJECT('k', v, 'l', 2)")]
    [TestCase("TUMBLE(ts, INTERVAL '1' DAY, TIME ZONE 'UTC')", "TUMBLE(ts, INTERVAL<1|DAY|>, TIME ZONE => 'UTC')")]
    [TestCase("CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP()")]
    [TestCase("LEFT(a, 1)", "LEFT(a, 1)")]
    public void Special_spellings_become_plain_calls(string sql, string expected) =>
        Assert.That(ExpressionText.Of(Expression<CallExpression>(sql)), Is.EqualTo(expected));

    [Test]
    public void A_call_has_everything_behind_it()
    {
        CallExpression call = Expression<CallExpression>("COUNT(DISTINCT a) FILTER (WHERE b > 1) OVER (w PARTITION BY k ORDER BY ts DESC NULLS LAST ROWS BETWEEN 3 PRECEDING AND CURRENT ROW)");
        Assert.That(call.Distinct, Is.True);
        Assert.That(ExpressionText.Of(call.Filter!), Is.EqualTo("(b > 1)"));
        WindowSpecification over = call.Over!;
        Assert.That((over.BaseName!.Text, over.PartitionBy.Count, over.OrderBy[0].Descending, over.OrderBy[0].NullsFirst), Is.EqualTo(("w", 1, true, (bool?)false)));
        Assert.That((over.Frame!.Unit, over.Frame.Start.Kind, over.Frame.End!.Kind), Is.EqualTo(("ROWS", FrameBoundKind.Preceding, FrameBoundKind.CurrentRow)));

        CallExpression percentile = Expression<CallExpression>("PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY v)");
        Assert.That((percentile.WithinGroup, percentile.OrderBy.Count), Is.EqualTo((true, 1)));
    }

    [Test]
    public void Words_that_are_not_reserved_are_names()
    {
        SelectBody body = Select("SELECT key, value AS date, timestamp window, row.year, count count, window.end, MAX(first) last FROM changes emit");
        Assert.That(body.Items.Select(i => ExpressionText.Of(i.Expression)), Is.EqualTo(new[] { "key", "value", "timestamp", "row.year", "count", "window.end", "MAX(first)" }));
        Assert.That(body.Items.Select(i => i.Alias?.Text), Is.EqualTo(new[] { null, "date", "window", null, "count", null, "last" }));
        Assert.That(body.From[0].Alias!.Text, Is.EqualTo("emit"));
    }

    [Test]
    public void Spans_are_exact()
    {
        const string sql = "SELECT a + 1 AS x, t.* FROM trades AS t WHERE price > 10 GROUP BY a, TUMBLE(ts, INTERVAL '1' HOUR) HAVING COUNT(*) > 1 EMIT CHANGES";
        QuerySyntax query = SqlParser.ParseQuery(sql).Root;
        SelectBody body = (SelectBody)query.Body;
        Assert.That(Text(body.Items[0]), Is.EqualTo("a + 1 AS x"));
        Assert.That(Text(body.Items[1]), Is.EqualTo("t.*"));
        Assert.That(Text(body.From[0]), Is.EqualTo("trades AS t"));
        Assert.That(Text(body.Where!), Is.EqualTo("price > 10"));
        Assert.That(Text(body.GroupBy!), Is.EqualTo("GROUP BY a, TUMBLE(ts, INTERVAL '1' HOUR)"));
        Assert.That(Text(body.GroupBy!.Elements[1]), Is.EqualTo("TUMBLE(ts, INTERVAL '1' HOUR)"));
        Assert.That(Text(((CallExpression)body.GroupBy.Elements[1].Sets[0][0]).Arguments[1]), Is.EqualTo("INTERVAL '1' HOUR"));
        Assert.That(Text(body.Having!), Is.EqualTo("COUNT(*) > 1"));
        Assert.That(Text(query.Emit!), Is.EqualTo("EMIT CHANGES"));
        Assert.That(Text(body), Is.EqualTo(sql[..sql.IndexOf(" EMIT", StringComparison.Ordinal)]));
        Assert.That(Text(query), Is.EqualTo(sql));

        string Text(SyntaxNode node) => sql.Substring(node.Span.Start, node.Span.Length);
    }

    [Test]
    public void Grouping_kinds()
    {
        GroupByClause group = Select("SELECT 1 FROM t GROUP BY a, (b, c), ROLLUP (d, (e, f)), CUBE (g), GROUPING SETS ((h, i), j, ()), ()").GroupBy!;
        Assert.That(group.Elements.Select(e => e.Kind), Is.EqualTo(new[]
        {
            GroupingKind.Expression, GroupingKind.Expression, GroupingKind.Expression, GroupingKind.Rollup, GroupingKind.Cube, GroupingKind.GroupingSets, GroupingKind.GroupingSets,
        }));
        Assert.That(group.Elements[3].Sets.Select(s => s.Count), Is.EqualTo(new[] { 1, 2 }));
        Assert.That(group.Elements[5].Sets.Select(s => s.Count), Is.EqualTo(new[] { 2, 1, 0 }));
    }

    [TestCase("TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '10' SECOND))", "TUMBLE", 1)]
    [TestCase("HOP(TABLE t, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND) AS w", "HOP", 2)]
    [TestCase("TABLE(SESSION(TABLE t PARTITION BY k, DESCRIPTOR(ts), INTERVAL '10' SECOND))", "SESSION", 1)]
    [TestCase("TUMBLE(SIZE => INTERVAL '10' SECOND, TIMECOL => DESCRIPTOR(ts), DATA => TABLE t)", "TUMBLE", 1)]
    public void Window_functions_in_FROM(string table, string function, int arguments)
    {
        WindowTable window = (WindowTable)Select("SELECT * FROM " + table).From[0];
        Assert.That((window.Function.Text, window.TimeColumn.Text, window.Arguments.Count, ((NamedTable)window.Input).Name.Last.Text), Is.EqualTo((function, "ts", arguments, "t")));
        Assert.That(window.Span, Is.EqualTo(new TextSpan(14, table.Length)));
    }

    [TestCase("JOIN b ON a.k = b.k", JoinKind.Inner)]
    [TestCase("LEFT OUTER JOIN b ON TRUE", JoinKind.Left)]
    [TestCase("RIGHT JOIN b USING (k)", JoinKind.Right)]
    [TestCase("FULL JOIN b ON TRUE", JoinKind.Full)]
    [TestCase("CROSS JOIN b", JoinKind.Cross)]
    [TestCase("LEFT SEMI JOIN b ON TRUE", JoinKind.Semi)]
    [TestCase("ANTI JOIN b ON TRUE", JoinKind.Anti)]
    [TestCase("ASOF JOIN b MATCH_CONDITION (a.ts >= b.ts) ON a.k = b.k", JoinKind.Asof)]
    [TestCase("ASOF LEFT JOIN b MATCH_CONDITION (NEAREST (a.ts, b.ts), TOLERANCE INTERVAL '5' SECOND) ON a.k = b.k", JoinKind.AsofLeft)]
    public void Join_kinds(string join, JoinKind kind)
    {
        JoinTable table = (JoinTable)Select("SELECT * FROM a " + join).From[0];
        Assert.That(table.Kind, Is.EqualTo(kind));
        Assert.That(((NamedTable)table.Right).Name.Last.Text, Is.EqualTo("b"));
        Assert.That(table.KindSpan.Start, Is.EqualTo(16));
        Assert.That(table.Match?.Nearest, Is.EqualTo(kind switch { JoinKind.Asof => (bool?)false, JoinKind.AsofLeft => true, _ => null }));
    }

    [Test]
    public void Joins_go_from_left_to_right()
    {
        JoinTable outer = (JoinTable)Select("SELECT * FROM a JOIN b ON TRUE LEFT JOIN rates FOR SYSTEM_TIME AS OF a.ts AS r ON TRUE").From[0];
        Assert.That((outer.Kind, ((JoinTable)outer.Left).Kind), Is.EqualTo((JoinKind.Left, JoinKind.Inner)));
        NamedTable rates = (NamedTable)outer.Right;
        Assert.That((ExpressionText.Of(rates.AsOf!), rates.Alias!.Text), Is.EqualTo(("a.ts", "r")));
    }

    [Test]
    public void INTERSECT_binds_tighter_than_UNION()
    {
        SetBody body = (SetBody)SqlParser.ParseQuery("SELECT 1 UNION ALL SELECT 2 INTERSECT SELECT 3 EXCEPT SELECT 4 ORDER BY 1").Root.Body;
        SetBody left = (SetBody)body.Left;
        Assert.That((body.Operator, left.Operator, left.All, ((SetBody)left.Right).Operator), Is.EqualTo(("EXCEPT", "UNION", true, "INTERSECT")));
    }

    [TestCase("EMIT ON WINDOW CLOSE", EmitKind.OnWindowClose)]
    [TestCase("EMIT AFTER WATERMARK", EmitKind.OnWindowClose)]
    [TestCase("EMIT ON UPDATE", EmitKind.OnUpdate)]
    [TestCase("EMIT EVERY INTERVAL '1' SECOND", EmitKind.Every)]
    [TestCase("EMIT CHANGES", EmitKind.Changes)]
    [TestCase("EMIT FINAL", EmitKind.Final)]
    public void Emission_in_any_order(string emit, EmitKind kind)
    {
        string[] clauses = [emit, "ALLOW LATENESS INTERVAL '10' SECOND", "LATE DATA TO late", "LIMIT 5"];
        for (int turn = 0; turn < clauses.Length; turn++)
        {
            string sql = "SELECT a FROM t " + string.Join(" ", clauses.Skip(turn).Concat(clauses.Take(turn)));
            ParseResult<QuerySyntax> result = SqlParser.ParseQuery(sql);
            Assert.That(result.Diagnostics, Is.Empty, sql);
            QuerySyntax query = result.Root;
            Assert.That((query.Emit!.Kind, ExpressionText.Of(query.AllowLateness!.Interval), query.LateData!.Target.Text, ExpressionText.Of(query.Limit!)), Is.EqualTo((kind, "INTERVAL<10|SECOND|>", "late", "5")));
        }
    }

    [Test]
    public void A_source_has_columns_watermark_and_options()
    {
        const string sql = "CREATE SOURCE s (a BIGINT NOT NULL, b VARCHAR(5) AS 'x', PRIMARY KEY (a), WATERMARK FOR ts AS ts - INTERVAL '5' SECOND) FROM KAFKA (topic = 'in') WITH (a.b = 5, 'c' = TRUE)";
        CreateSourceStatement source = (CreateSourceStatement)SqlParser.ParseScript(sql).Root.Statements[0];
        Assert.That(source.Columns.Select(c => (c.Name.Text, c.Type!.Name, c.NotNull, c.Computed is not null)), Is.EqualTo(new[] { ("a", "BIGINT", true, false), ("b", "VARCHAR", false, true) }));
        Assert.That((source.PrimaryKey[0].Text, source.Watermark!.Column.Text), Is.EqualTo(("a", "ts")));
        Assert.That((source.Connector!.Connector.Text, source.Connector.Options[0].Value.Text), Is.EqualTo(("KAFKA", "in")));
        Assert.That(source.Options.Select(o => (o.Key, o.Value.Kind)), Is.EqualTo(new[] { ("a.b", LiteralKind.Integer), ("c", LiteralKind.True) }));
        Assert.That(sql.Substring(source.Options[0].KeySpan.Start, source.Options[0].KeySpan.Length), Is.EqualTo("a.b"));
    }

    [Test]
    public void A_sink_has_what_feeds_it()
    {
        CreateSinkStatement from = (CreateSinkStatement)SqlParser.ParseScript("CREATE SINK s FROM vwap WHERE x > 1 INTO KAFKA (topic = 'out') FORMAT JSON").Root.Statements[0];
        Assert.That((from.From!.Last.Text, ExpressionText.Of(from.Where!), from.Connector!.Format!.Text), Is.EqualTo(("vwap", "(x > 1)", "JSON")));
        CreateSinkStatement query = (CreateSinkStatement)SqlParser.ParseScript("CREATE SINK s WITH (connector = 'file') AS SELECT * FROM q").Root.Statements[0];
        Assert.That((query.Options.Count, query.Query is not null), Is.EqualTo((1, true)));
    }

    private static SelectBody Select(string sql)
    {
        ParseResult<QuerySyntax> result = SqlParser.ParseQuery(sql);
        Assert.That(result.Diagnostics, Is.Empty);
        return (SelectBody)result.Root.Body;
    }

    private static T Expression<T>(string sql)
        where T : ExpressionSyntax
    {
        ParseResult<ExpressionSyntax> result = SqlParser.ParseExpression(sql);
        Assert.That(result.Diagnostics, Is.Empty);
        Assert.That(result.Root, Is.InstanceOf<T>());
        return (T)result.Root;
    }
}
