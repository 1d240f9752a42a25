using Laminar.Testing;
using Laminar.Tool.Logic;
using NUnit.Framework;

namespace Laminar.Database.Tests;

/// <summary>The sqllogictest files of this house, and what the runner says of files that are wrong.</summary>
public sealed class SqlLogicTests
{
    private const string Table = "statement ok\nCREATE TABLE t (a INTEGER, b VARCHAR)\n\nstatement ok\nINSERT INTO t VALUES (2, 'y'), (1, 'x'), (3, NULL)\n\n";

    private static string[] Files => [.. Directory.GetFiles(Path.Combine(Checkout.Root, "tests", "sqllogictest"), "*.slt").Select(f => Path.GetFileName(f)!)];

    [TestCaseSource(nameof(Files))]
    public async Task A_file_is_as_it_says(string file)
    {
        LogicReport report = await LogicRunner.RunAsync(await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "tests", "sqllogictest", file)), null, CancellationToken.None);
        Assert.That(report.Failures.Select(f => $"{file}:{f.Line}: {f.Message}"), Is.Empty);
        Assert.That(report.Passed, Is.GreaterThan(4));
    }

    [TestCase("query IT rowsort\nSELECT a, b FROM t\n----\n1\tx\n2\ty\n3\tNULL\n", null)]
    [TestCase("query IT rowsort\nSELECT a, b FROM t\n----\n1\nx\n2\ny\n3\nNULL\n", null)]
    [TestCase("query IT rowsort\nSELECT a, b FROM t\n----\n1\tx\n2\tz\n3\tNULL\n", "Value 4 is 'y', not 'z'")]
    [TestCase("query IT nosort\nSELECT a, b FROM t ORDER BY a DESC\n----\n1\tx\n2\ty\n3\tNULL\n", "Value 1 is '3', not '1'")]
    [TestCase("query I\nSELECT a FROM t ORDER BY a\n----\n1\n2\n", "3 rows of 1 columns come out; 2 lines")]
    [TestCase("query I\nSELECT a FROM t WHERE a > 9\n----\n", null)]
    [TestCase("query I\nSELECT a FROM t WHERE a > 9\n----\n1\n", "0 rows")]
    [TestCase("query I\nSELECT a, b FROM t\n----\n", "2 columns come out, not 1 (I)")]
    [TestCase("query I valuesort\nSELECT a FROM t\n----\n3 values hashing to 5a06e4a1bd3a4d9d0d7a2a7d3d9e0f11\n", "The values have another hash")]
    [TestCase("query I valuesort\nSELECT a FROM t\n----\n4 values hashing to 5a06e4a1bd3a4d9d0d7a2a7d3d9e0f11\n", "3 values come out, not 4")]
    [TestCase("query T\nSELECT b FROM t WHERE a = 1\n----\n<REGEX>:^[a-x]$\n", null)]
    [TestCase("query T\nSELECT b FROM t WHERE a = 2\n----\n<!REGEX>:y\n", "Value 1 is 'y'")]
    [TestCase("query R\nSELECT a / 3.0 AS q FROM t WHERE a = 1\n----\n0.333\n", null)]
    [TestCase("query R\nSELECT a / 3.0 AS q FROM t WHERE a = 1\n----\n0.334\n", "not '0.334'")]
    [TestCase("query T\nSELECT CAST(1 AS VARCHAR) || '.0' AS q\n----\n1\n", "Value 1 is '1.0', not '1'")]
    [TestCase("query I nosort l\nSELECT a FROM t ORDER BY a\n----\n1\n2\n3\n\nquery I nosort l\nSELECT a FROM t ORDER BY a DESC\n", "isn't that of the query before with the label l")]
    [TestCase("statement error\nSELECT a FROM t\n", "It works, and should fail: SELECT a FROM t")]
    [TestCase("statement error no such thing\nSELECT c FROM t\n", "It fails otherwise than with 'no such thing'")]
    [TestCase("statement error column 'c'\nSELECT c FROM t\n", null)]
    [TestCase("query error column 'c'\nSELECT c FROM t\n", null)]
    [TestCase("statement error\nSELECT c FROM t\n----\nBinder Error: another engine says so\n", null)]
    [TestCase("statement ok\nSELECT c FROM t\n", "LAM2003")]
    [TestCase("statement maybe\nSELECT c FROM t\n", null)]
    [TestCase("statement sure\nSELECT 1\n", "A statement is ok or an error, not 'sure'.")]
    [TestCase("frobnicate\n", "'frobnicate' isn't a directive")]
    [TestCase("loop i 0 3\n\nstatement ok\nSELECT 1\n", "A loop without its endloop.")]
    [TestCase("loop i 0 3\n\nstatement ok\nINSERT INTO t (a) VALUES (${i})\n\nendloop\n\nquery I\nSELECT COUNT(*) AS n FROM t\n----\n6\n", null)]
    [TestCase("mode skip\n\nstatement ok\nNOT SQL\n\nmode unskip\n\nquery I\nSELECT 1 AS a\n----\n1\n", null)]
    [TestCase("onlyif duckdb\nstatement ok\nNOT SQL\n\nskipif sqlite\nquery I\nSELECT 1 AS a\n----\n2\n", "Value 1 is '1', not '2'")]
    [TestCase("require json\n\nstatement ok\nNOT SQL\n", null)]
    public async Task The_runner_tells_what_is_not_as_said(string text, string? wrong)
    {
        LogicReport report = await LogicRunner.RunAsync(Table + text, null, CancellationToken.None);
        Assert.That(report.Failures.Select(f => f.Message), wrong is null ? Is.Empty : Has.One.Contains(wrong));
    }

    [Test]
    public async Task A_hash_is_of_the_values_with_a_line_each()
    {
        // printf '1\n2\n3\n' | md5sum
        LogicReport report = await LogicRunner.RunAsync(Table + "query I valuesort\nSELECT a FROM t\n----\n3 values hashing to c0710d6b4f15dfa88f600b0e6b624077\n", null, CancellationToken.None);
        Assert.That((report.Passed, report.Failures.Count), Is.EqualTo((3, 0)));
    }

    [Test]
    public async Task Failures_have_their_line_and_what_is_ignored_is_counted()
    {
        LogicReport report = await LogicRunner.RunAsync("# a comment\n\nstatement ok\nPRAGMA x\n\nstatement ok\nSELEC 1\n\nhalt\n\nstatement ok\nSELEC 2\n", new("^PRAGMA"), CancellationToken.None);
        Assert.That((report.Failures.Single().Line, report.Skipped, report.Ended), Is.EqualTo((6, 1, "halt")));
    }
}
