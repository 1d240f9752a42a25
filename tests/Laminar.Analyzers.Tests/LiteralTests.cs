using NUnit.Framework;

namespace Laminar.Analyzers.Tests;

/// <summary>A finding stands on the exact characters, however the string is written. The mistake is always one of syntax, so that nothing else can move it.</summary>
public sealed class LiteralTests
{
    [Test]
    public Task Regular() => Verify.Of("""
        [StreamQuery("SELECT symbol {|LAM1002:FORM|} trades")] public sealed partial class Q;
        """);

    [Test]
    public Task Regular_with_escapes() => Verify.Of("""
        [StreamQuery("SELECT\tsymbol\nAS \"b\u0041\x41\U00000041\\\" {|LAM1002:FORM|} trades")] public sealed partial class Q;
        """);

    [Test]
    public Task An_escape_is_one_character() => Verify.Of("""
        [StreamQuery("SELECT symbol {|LAM1003:\u0001|} FROM trades")] public sealed partial class Q;
        """);

    [Test]
    public Task A_surrogate_pair_written_as_one_escape() => Verify.Of("""
        [StreamQuery("SELECT '\U0001F600' AS a, symbol {|LAM1003:\U0001F600|} FROM trades")] public sealed partial class Q;
        """);

    [Test]
    public Task A_surrogate_pair_written_as_itself() => Verify.Of("""
        [StreamQuery("SELECT '😀' AS a, symbol {|LAM1003:😀|} FROM trades")] public sealed partial class Q;
        """);

    [Test]
    public Task Verbatim() => Verify.Of("""
        [StreamQuery(@"SELECT symbol AS ""the symbol"",
            price {|LAM1002:FORM|} trades")] public sealed partial class Q;
        """);

    [Test]
    public Task Raw_on_one_line() => Verify.Of(""""
        [StreamQuery("""SELECT symbol AS "s" {|LAM1002:FORM|} trades""")] public sealed partial class Q;
        """");

    [Test]
    public Task Raw_on_many_lines_with_indentation() => Verify.Of(""""
        public static partial class Outer
        {
            [StreamQuery("""
                SELECT symbol AS "s",

                       price
                {|LAM1002:FORM|} trades
                """)]
            public sealed partial class Q;
        }
        """");

    [Test]
    public Task Raw_with_CRLF() => Verify.Of(""""
        [StreamQuery("""
            SELECT symbol,
              price
              {|LAM1002:FORM|} trades
            """)]
        public sealed partial class Q;
        """".ReplaceLineEndings("\r\n"));

    [Test]
    public Task Concatenated() => Verify.Of("""
        [StreamQuery("SELECT symbol, " + @"price " + ("{|LAM1002:FORM|} " + "trades"))] public sealed partial class Q;
        """);

    [Test]
    public Task Across_two_parts() => Verify.Of("""
        [StreamQuery("SELECT symbol {|LAM1002:FO" + "RM|} trades")] public sealed partial class Q;
        """);

    [Test]
    public Task A_constant_is_marked_in_its_declaration() => Verify.Of("""
        public static class Texts
        {
            public const string Columns = "symbol, {|LAM1003:§|} price";
        }
        [StreamQuery("SELECT " + Texts.Columns + " FROM trades")] public sealed partial class Q;
        """);

    [Test]
    public Task A_constant_in_another_file_made_of_constants() => new Verify("""
        [StreamQuery(Texts.Sql)] public sealed partial class Q;
        """).Code("/project/Texts.cs", """
        public static class Texts
        {
            private const string From = " {|LAM1002:FORM|} trades";
            public const string Sql = "SELECT symbol" + From;
        }
        """).Run();

    [Test]
    public Task Behind_what_has_no_literal() => Verify.Of("""
        [StreamQuery("SELECT symbol AS " + nameof(Q) + " {|LAM1002:FORM|} trades")] public sealed partial class Q;
        """);

    [Test]
    public Task What_has_no_literal_is_marked_as_a_whole() => Verify.Of("""
        [StreamQuery("SELECT symbol AS x " + {|LAM1002:nameof(FORM)|} + " trades")] public sealed partial class Q;
        public class FORM;
        """);

    [Test]
    public Task The_end_of_the_text_is_behind_its_last_word() => Verify.Of("""
        [StreamQuery("SELECT symbol FROM trades WHERE{|LAM1001:|} ")] public sealed partial class Q;
        """);

    [Test]
    public Task A_file_is_marked_in_the_file() => new Verify("""
        [StreamQuery(File = "queries/q.sql")] public sealed partial class Q;
        """).Sql("/project/queries/q.sql", "SELECT symbol\r\nFROM trades\r\n{|LAM1002:GROPU|} BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)\r\n").Run();

    [Test]
    public async Task A_file_has_line_and_column()
    {
        Microsoft.CodeAnalysis.Diagnostic only = (await new Verify("""
            [StreamQuery(File = "q.sql")] public sealed partial class Q;
            """).Sql("/project/q.sql", "SELECT symbol\n  FORM trades").Diagnostics()).Single();
        Microsoft.CodeAnalysis.FileLinePositionSpan place = only.Location.GetLineSpan();
        Assert.That((place.Path, place.StartLinePosition.Line, place.StartLinePosition.Character), Is.EqualTo(("/project/q.sql", 1, 2)));
    }
}
