using Laminar.Sql.Syntax;
using NUnit.Framework;

namespace Laminar.Analyzers.Tests;

/// <summary>Rules whose example is no text for a page.</summary>
public sealed class OtherRuleTests
{
    [Test]
    public Task LAM0027_no_runtime() => new Verify("""
        [StreamPipeline({|LAM0012:""|})] public static partial class {|LAM0027:P|};
        """).WithoutRuntime().Run();

    [Test]
    public Task LAM1007_nested_too_deep() => Verify.Of(
        "[StreamQuery(\"SELECT " + new string('(', 199) + "{|LAM1007:1|} FROM trades\")] public sealed partial class Q;");

    [Test]
    public Task LAM1008_too_long() => Verify.Of(
        "[StreamQuery(\"SELECT '" + new string('x', SqlParser.MaxTextLength - 8) + "{|LAM1008:'|} FROM trades\")] public sealed partial class Q;");

    [Test]
    public Task LAM1016_nothing_but_blanks() => Verify.Of("""
        [StreamQuery("{|LAM1016:|} -- nothing")] public sealed partial class Q;
        """);

    [Test]
    public Task LAM0014_suggests_the_nearest_file() => new Verify("""
        [StreamQuery(File = {|LAM0014:"queries/pirces.sql"|})] public sealed partial class Q;
        """).Sql("/project/queries/prices.sql", "SELECT price FROM trades").Run();

    [Test]
    public Task Late_rows_need_a_name_of_their_own() => Verify.Of("""
        [StreamQuery("SELECT COUNT(*) AS n FROM trades GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE) LATE DATA TO late_trades")] public sealed partial class A;
        [StreamQuery("SELECT COUNT(*) AS n FROM trades GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE) LATE DATA TO {|LAM2025:late_trades|}")] public sealed partial class B;
        [StreamQuery("SELECT COUNT(*) AS n FROM trades GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE) LATE DATA TO {|LAM2025:a|}")] public sealed partial class C;
        [StreamQuery("SELECT symbol FROM late_trades")] public sealed partial class D;
        """);

    [Test]
    public Task Late_rows_that_nothing_reads() => new Verify("""
        [StreamPipeline(File = "p.sql")] public static partial class P;
        """).Sql("/project/p.sql", """
        CREATE SOURCE s (a BIGINT, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts) WITH (connector = 'file', path = 'in.json');
        CREATE STREAM m AS SELECT COUNT(*) AS n FROM s GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE) LATE DATA TO {|LAM5113:late_m|};
        CREATE STREAM o AS SELECT COUNT(*) AS n FROM s GROUP BY TUMBLE(ts, INTERVAL '2' MINUTE) LATE DATA TO late_o;
        CREATE SINK ms FROM m INTO FILE (path = 'm.json');
        CREATE SINK los FROM late_o INTO FILE (path = 'lo.json');
        """).Run();

    [Test]
    public Task A_query_over_a_broken_query_has_no_error_of_its_own() => Verify.Of("""
        [StreamQuery("SELECT {|LAM2003:symbl|} FROM trades")] public sealed partial class A;
        [StreamQuery("SELECT symbl FROM a")] public sealed partial class {|LAM0029:B|};
        """);

    [Test]
    public Task A_file_that_two_queries_name_is_reported_once() => new Verify("""
        [StreamQuery(File = "q.sql")] public sealed partial class A;
        [StreamQuery(File = "q.sql")] public sealed partial class B;
        """).Sql("/project/q.sql", "SELECT {|LAM2003:symbl|} FROM trades").Run();

    [Test]
    public Task A_pipeline_in_a_file() => new Verify("""
        [StreamPipeline(File = "p.sql")] public static partial class P;
        """).Sql("/project/p.sql", """
        CREATE SOURCE s (a BIGINT) WITH (connector = {|LAM5101:'flie'|}, path = 'in.json');
        CREATE SINK o WITH (connector = 'file', path = 'out.json') AS SELECT {|LAM2003:aa|} FROM s;
        """).Run();

    [Test]
    public Task A_type_that_is_both_wrong_and_inside_a_wrong_one_is_said_for_each() => Verify.Of("""
        public class {|LAM0002:Outer|}
        {
            public class {|LAM0002:Middle|}
            {
                [StreamQuery("SELECT symbol FROM trades")]
                public sealed partial class Q;
            }
        }
        """);

    [Test]
    public Task Other_attributes_are_left_alone() => Verify.Of("""
        [Obsolete("SELCT")] public sealed class Q;
        """);

    [Test]
    public Task LAM0029_says_why_nothing_is_generated() => Verify.Of("""
        [StreamQuery("SELECT {|LAM2003:prcie|} AS price FROM trades")] public sealed partial class Prices;
        [StreamQuery("SELECT price FROM prices")] public sealed partial class {|LAM0029:High|};
        [StreamQuery("SELECT price FROM high")] public sealed partial class {|LAM0029:Higher|};
        """);
}
