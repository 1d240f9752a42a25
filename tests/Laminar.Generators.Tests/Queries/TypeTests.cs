using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests.Queries;

/// <summary>Every column type as a key, an argument and an output, nullable and not.</summary>
public sealed class TypeTests
{
    private const string Code = """
        using System;
        using System.Collections.Generic;
        using System.Globalization;
        using System.Linq;
        using Laminar;

        [StreamSource("all_types", Watermark = "at")]
        public readonly partial record struct AllTypes(
            bool Flag, sbyte Tiny, short Small, int Normal, long Big, byte UTiny, ushort USmall, uint UNormal, ulong UBig,
            float Real, double Double, decimal Money, string Text, byte[] Bytes, Guid Id, DateOnly Day, TimeOnly Clock,
            DateTime Ts, DateTimeOffset TsTz, TimeSpan Span,
            bool? MaybeFlag, long? MaybeBig, float? MaybeReal, string? MaybeText, DateTime? MaybeTs, decimal? MaybeMoney, byte[]? MaybeBytes, Guid? MaybeId, DateOnly? MaybeDay, DateTime At);

        [StreamQuery("SELECT COLUMN AS k, window_end, COUNT(*) AS n FROM all_types GROUP BY COLUMN, TUMBLE(at, INTERVAL '10' SECOND)")]
        public sealed partial class ByKey;

        [StreamQuery("SELECT window_end, MIN(COLUMN) AS lo, MAX(COLUMN) AS hi, FIRST_VALUE(COLUMN) AS f, LAST_VALUE(COLUMN) AS l, COUNT(DISTINCT COLUMN) AS d FROM all_types GROUP BY HOP(at, INTERVAL '5' SECOND, INTERVAL '10' SECOND)")]
        public sealed partial class Aggregates;

        [StreamQuery("SELECT COLUMN AS k, MAX(COLUMN) AS m FROM all_types GROUP BY COLUMN, TUMBLE(at, INTERVAL '10' SECOND) EMIT CHANGES")]
        public sealed partial class Changes;

        [StreamQuery("SELECT COLUMN AS k, COLUMN IS NOT DISTINCT FROM COLUMN AS same FROM all_types WHERE COLUMN = COLUMN OR COLUMN IS NULL")]
        public sealed partial class Plain;

        public static class Test
        {
            private static readonly DateTime Zero = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

            private static AllTypes Row(int second, int v, bool isNull) => new(
                v > 1, (sbyte)v, (short)v, v, v, (byte)v, (ushort)v, (uint)v, (ulong)v, v / 2f, v / 4.0, v / 10m, "t" + v, new[] { (byte)v, (byte)7 }, new Guid(v, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
                new DateOnly(2024, 2, 1 + v), new TimeOnly(v, 30), Zero.AddDays(v), new DateTimeOffset(2024, 1, 1, v, 0, 0, TimeSpan.FromHours(2)), TimeSpan.FromMinutes(v),
                isNull ? null : v > 1, isNull ? null : v, isNull ? null : v, isNull ? null : "m" + v, isNull ? null : Zero.AddHours(v), isNull ? null : v, isNull ? null : new[] { (byte)v }, isNull ? null : new Guid(v, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
                isNull ? null : new DateOnly(2024, 3, 1 + v), Zero.AddSeconds(second));

            public static string Text(object? value) => value is byte[] bytes ? Convert.ToHexString(bytes) : string.Create(CultureInfo.InvariantCulture, $"{value}");

            public static string[] Run()
            {
                CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
                AllTypes[] rows = { Row(1, 2, false), Row(2, 1, false), Row(3, 3, true), Row(4, 2, false), Row(6, 1, true), Row(12, 3, false) };
                var output = new List<string>();
                using var keys = ByKey.Create(r => output.Add($"key {Text(r.K)} x{r.N}"));
                keys.Push(rows);
                keys.Complete();
                using var aggregates = Aggregates.Create(r => output.Add($"{r.WindowEnd.Second}: {Text(r.Lo)}..{Text(r.Hi)} {Text(r.F)} {Text(r.L)} #{r.D}"));
                aggregates.Push(rows);
                aggregates.Complete();
                int changed = 0;
                using var changes = Changes.Create(r => changed++);
                changes.Push(rows);
                changes.Complete();
                output.Add("changes " + changed);
                int plain = 0;
                using var projection = Plain.Create(r => plain += r.Same ? 1 : 100);
                projection.Push(rows);
                output.Add("plain " + plain);
                return output.ToArray();
            }
        }
        """;

    private static readonly string[] Numbers = ["tiny", "small", "normal", "big", "u_tiny", "u_small", "u_normal", "u_big"];

    private static readonly object[] Others =
    [
        new[] { "real", "1", "0.5", "1.5" },
        new[] { "double", "0.5", "0.25", "0.75" },
        new[] { "money", "0.2", "0.1", "0.3" },
        new[] { "text", "t2", "t1", "t3" },
        new[] { "day", "02/03/2024", "02/02/2024", "02/04/2024" },
        new[] { "clock", "02:30", "01:30", "03:30" },
        new[] { "ts", "01/03/2024 00:00:00", "01/02/2024 00:00:00", "01/04/2024 00:00:00" },
        new[] { "ts_tz", "01/01/2024 00:00:00 +00:00", "12/31/2023 23:00:00 +00:00", "01/01/2024 01:00:00 +00:00" },
        new[] { "span", "00:02:00", "00:01:00", "00:03:00" },
    ];

    private static IEnumerable<object[]> NotNull() => Numbers.Select(n => new object[] { n, "2", "1", "3" }).Concat(Others.Cast<object[]>());

    private static readonly string[][] Maybe =
    [
        ["maybe_big", "2", "1", "3"],
        ["maybe_real", "2", "1", "3"],
        ["maybe_text", "m2", "m1", "m3"],
        ["maybe_ts", "01/01/2024 02:00:00", "01/01/2024 01:00:00", "01/01/2024 03:00:00"],
        ["maybe_money", "2", "1", "3"],
        ["maybe_day", "03/03/2024", "03/02/2024", "03/04/2024"],
    ];

    [TestCaseSource(nameof(NotNull))]
    public void NotNullColumns(string column, string two, string one, string three) => Assert.That(Run(column), Is.EqualTo(new[]
    {
        $"key {two} x2", $"key {one} x2", $"key {three} x1", $"key {three} x1",
        $"5: {one}..{three} {two} {two} #3",
        $"10: {one}..{three} {two} {one} #3",
        $"15: {one}..{three} {one} {three} #2",
        $"20: {three}..{three} {three} {three} #1",
        "changes 4",
        "plain 6",
    }));

    [TestCaseSource(nameof(Maybe))]
    public void NullableColumns(string column, string two, string one, string three) => Assert.That(Run(column), Is.EqualTo(new[]
    {
        $"key {two} x2", $"key {one} x1", "key  x2", $"key {three} x1",
        $"5: {one}..{two} {two} {two} #2",
        $"10: {one}..{two} {two}  #2",
        $"15: {three}..{three}  {three} #1",
        $"20: {three}..{three} {three} {three} #1",
        "changes 4",
        "plain 6",
    }));

    [TestCase("bytes", "0207", "0107", "0307")]
    [TestCase("id", "00000002-0002-0003-0405-060708090a0b", "00000001-0002-0003-0405-060708090a0b", "00000003-0002-0003-0405-060708090a0b")]
    public void TypesWithoutMinAndMax(string column, string two, string one, string three) => Assert.That(Run(column), Is.EqualTo(new[]
    {
        $"key {two} x2", $"key {one} x2", $"key {three} x1", $"key {three} x1",
        $"5: {two}..{two} {two} {two} #3",
        $"10: {two}..{one} {two} {one} #3",
        $"15: {one}..{three} {one} {three} #2",
        $"20: {three}..{three} {three} {three} #1",
        "changes 4",
        "plain 6",
    }));

    [TestCase("maybe_bytes", "02", "01", "03")]
    [TestCase("maybe_id", "00000002-0000-0000-0000-000000000000", "00000001-0000-0000-0000-000000000000", "00000003-0000-0000-0000-000000000000")]
    public void NullableTypesWithoutMinAndMax(string column, string two, string one, string three) => Assert.That(Run(column), Is.EqualTo(new[]
    {
        $"key {two} x2", $"key {one} x1", "key  x2", $"key {three} x1",
        $"5: {two}..{two} {two} {two} #2",
        $"10: {two}.. {two}  #2",
        $"15: ..{three}  {three} #1",
        $"20: {three}..{three} {three} {three} #1",
        "changes 4",
        "plain 6",
    }));

    [Test]
    public void Booleans() => Assert.That(Run("flag"), Is.EqualTo(new[]
    {
        "key True x3", "key False x2", "key True x1", "5: False..True True True #2", "10: False..True True False #2", "15: False..True False True #2", "20: True..True True True #1", "changes 3", "plain 6",
    }));

    private static string[] Run(string column)
    {
        string code = Code;
        if (column is "bytes" or "id" or "maybe_bytes" or "maybe_id")
        {
            code = code.Replace("MIN(COLUMN)", "FIRST_VALUE(COLUMN)").Replace("MAX(COLUMN)", "LAST_VALUE(COLUMN)");
        }

        using UserAssembly user = new UserProject(code.Replace("COLUMN", column)).Load();
        return user.Call<string[]>("Test", "Run");
    }
}
