using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests;

/// <summary>Source types of every shape get schema, decoder and encoder, and a row survives writing and reading.</summary>
public sealed class SourceRowTests
{
    private const string AllTypes = """
        using System;
        using Laminar;
        using Laminar.Testing;

        [StreamSource("all_types")]
        public readonly partial record struct AllTypes(
            bool Flag, sbyte Tiny, short Small, int Normal, long Big, byte UTiny, ushort USmall, uint UNormal, ulong UBig,
            float Real, double Double, decimal Money, string Text, byte[] Bytes, Guid Id, DateOnly Day, TimeOnly Time,
            DateTime Ts, DateTimeOffset TsTz, TimeSpan Span,
            bool? MaybeFlag, long? MaybeBig, string? MaybeText, DateTime? MaybeTs, decimal? MaybeMoney, byte[]? MaybeBytes);

        public static class Run
        {
            private static readonly AllTypes Full = new(
                true, -1, -2, -3, long.MinValue, 1, 2, 3, ulong.MaxValue, 1.5f, -2.5, 12.345m, "x", new byte[] { 1, 2 }, new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
                new DateOnly(2024, 2, 29), new TimeOnly(23, 59), new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)),
                TimeSpan.FromSeconds(3), false, 7, "y", new DateTime(2024, 1, 2, 0, 0, 0, DateTimeKind.Utc), 0.1m, new byte[] { 3 });

            public static bool RoundTrip() => ValueRowReader.Read<AllTypes>(ValueRowWriter.ValuesOf(Full).ToArray()) == Full;

            public static bool RoundTripOfNulls()
            {
                AllTypes row = Full with { MaybeFlag = null, MaybeBig = null, MaybeText = null, MaybeTs = null, MaybeMoney = null, MaybeBytes = null };
                object?[] values = ValueRowWriter.ValuesOf(row).ToArray();
                return values[20] is null && values[25] is null && ValueRowReader.Read<AllTypes>(values) == row;
            }

            public static string Schema()
            {
                string text = "";
                foreach (RowColumn column in AllTypes.Schema.Columns)
                {
                    text += column.Name + ":" + column.Type + (column.Nullable ? "?" : "") + " ";
                }

                return text;
            }

            public static void NullInNotNull() => ValueRowWriter.ValuesOf(Full with { Text = null! });
        }
        """;

    [Test]
    public void EveryTypeSurvivesWritingAndReading()
    {
        using UserAssembly user = new UserProject(AllTypes).Load();

        Assert.That(user.Call<bool>("Run", "RoundTrip"), Is.True);
        Assert.That(user.Call<bool>("Run", "RoundTripOfNulls"), Is.True);
        Assert.That(user.Call<string>("Run", "Schema"), Is.EqualTo(
            "flag:Boolean tiny:Int8 small:Int16 normal:Int32 big:Int64 u_tiny:UInt8 u_small:UInt16 u_normal:UInt32 u_big:UInt64 real:Float32 double:Float64 "
            + "money:Decimal text:Text bytes:Bytes id:Uuid day:Date time:Time ts:Timestamp ts_tz:TimestampTz span:Interval "
            + "maybe_flag:Boolean? maybe_big:Int64? maybe_text:Text? maybe_ts:Timestamp? maybe_money:Decimal? maybe_bytes:Bytes? "));
    }

    [Test]
    public void NullInANotNullMemberNamesTheColumn()
    {
        using UserAssembly user = new UserProject(AllTypes).Load();

        RowFormatException? error = Assert.Throws<RowFormatException>(() => user.Call("Run", "NullInNotNull"));
        Assert.That(error!.Message, Does.Contain("text"));
        Assert.That(error.Column, Is.EqualTo(12));
    }

    [TestCase("public partial record Row(string Name, long? Size);", TestName = "positional record")]
    [TestCase("public partial record struct Row(string Name, long? Size);", TestName = "positional record struct")]
    [TestCase("public partial record Row { public required string Name { get; init; } public long? Size { get; init; } }", TestName = "required and init members")]
    [TestCase("public partial record Row(string Name) { public long? Size { get; init; } }", TestName = "positional and init members")]
    [TestCase("public partial class Row { public string Name { get; set; } = \"\"; public long? Size { get; set; } }", TestName = "class with setters")]
    [TestCase("public partial class Row { public string Name { get; } public long? Size { get; } public Row(string name, long? size) { Name = name; Size = size; } }", TestName = "class with a constructor")]
    [TestCase("public partial struct Row { public string Name; public long? Size; }", TestName = "struct with fields")]
    [TestCase("public abstract record Base(string Name); [StreamSource] public partial record Row(string Name, long? Size) : Base(Name);", TestName = "inherited member")]
    [TestCase("[StreamSource(\"base\")] public partial record Base(string Name); [StreamSource] public partial record Row(string Name, long? Size) : Base(Name) { public static new RowSchema Schema => Of<Row>(); private static RowSchema Of<T>() where T : IStreamRow<T> => T.Schema; }", TestName = "a source derived from a source")]
    [TestCase("public static partial class Outer { [StreamSource] public partial record struct Row(string Name, long? Size); } [StreamSource(\"other\")] public partial record struct Row(string Name, long? Size);", TestName = "nested type")]
    [TestCase("public partial record struct Row(string Name, long? Size) { public long Twice => (Size ?? 0) * 2; public static int Count; }", TestName = "computed and static members are no columns")]
    [TestCase("internal partial record struct Row(string Name, long? Size);", TestName = "internal type")]
    public void EveryShapeOfTypeWorks(string declaration)
    {
        string attributed = declaration.Contains("[StreamSource", StringComparison.Ordinal) ? declaration : "[StreamSource] " + declaration;
        using UserAssembly user = new UserProject($$"""
            using Laminar;
            using Laminar.Testing;

            {{attributed}}

            public static class Run
            {
                public static string Columns()
                {
                    Row row = ValueRowReader.Read<Row>("a", 5L);
                    Row none = ValueRowReader.Read<Row>("b", null);
                    return row.Name + row.Size + none.Name + none.Size + ValueRowWriter.ValuesOf(row).Count + Row.Schema.Columns[0].Name + Row.Schema.Columns[1].Name;
                }
            }
            """).Load();

        Assert.That(user.Call<string>("Run", "Columns"), Is.EqualTo("a5b2namesize"));
    }

    [Test]
    public void ColumnNamesComeFromAttributesOnMembersAndParameters()
    {
        using UserAssembly user = new UserProject("""
            using System.ComponentModel.DataAnnotations.Schema;
            using Laminar;

            [StreamSource("renamed")]
            public partial record Row(
                [Laminar.Column("a a")] string First, [property: Laminar.Column("B")] string Second, [property: System.ComponentModel.DataAnnotations.Schema.Column("c")] string Third)
            {
                [Laminar.Column("e")]
                public int EventTime { get; init; }

                [System.ComponentModel.DataAnnotations.Schema.Column(TypeName = "decimal(12, 2)")]
                public decimal MoneyUSD { get; init; }
            }

            public static class Run
            {
                public static string Names()
                {
                    string text = Row.Schema.Name;
                    foreach (RowColumn column in Row.Schema.Columns)
                    {
                        text += "|" + column.Name + "," + column.Precision + "," + column.Scale;
                    }

                    return text;
                }
            }
            """).Load();

        Assert.That(user.Call<string>("Run", "Names"), Is.EqualTo("renamed|a a,0,0|B,0,0|c,0,0|e,0,0|money_usd,12,2"));
    }

    [Test]
    public void MembersCalledLikeTheInterfaceAreNoConflict()
    {
        using UserAssembly user = new UserProject("""
            using Laminar;
            using Laminar.Testing;

            [StreamSource]
            public partial record struct Row(string Schema, string Read, long Write, string @class, long HasWatermark, int WatermarkOf, bool EventTimeUnit);

            public static class Run
            {
                public static string Columns() => string.Join(",", ValueRowWriter.ValuesOf(ValueRowReader.Read<Row>("s", "r", 1L, "c", 2L, 3, true)));
            }
            """).Load();

        Assert.That(user.Call<string>("Run", "Columns"), Is.EqualTo("s,r,1,c,2,3,True"));
    }

    [Test]
    public void UnsupportedMembersAreLeftOut()
    {
        using UserAssembly user = new UserProject("""
            using System.Collections.Generic;
            using Laminar;
            using Laminar.Testing;

            [StreamSource]
            public partial record Row(string Name, System.Text.StringBuilder Levels, System.Half Side)
            {
                public required List<string> Tags { get; init; }
            }

            public static class Run
            {
                public static string Columns()
                {
                    Row row = ValueRowReader.Read<Row>("a");
                    return string.Join(",", ValueRowWriter.ValuesOf(row)) + Row.Schema.Columns.Count + row.Side + (row.Tags is null);
                }
            }
            """).Load();

        Assert.That(user.Call<string>("Run", "Columns"), Is.EqualTo("a10True"));
    }

    [Test]
    public void UnspecifiedAndLocalTimesAreWrittenAsUtc()
    {
        using UserAssembly user = new UserProject("""
            using System;
            using Laminar;
            using Laminar.Testing;

            [StreamSource]
            public partial record struct Row(DateTime Ts);

            public static class Run
            {
                public static DateTime Write(DateTime value) => (DateTime)ValueRowWriter.ValuesOf(new Row(value))[0]!;
            }
            """).Load();

        var unspecified = new DateTime(2024, 5, 1, 12, 0, 0, DateTimeKind.Unspecified);
        DateTime written = user.Call<DateTime>("Run", "Write", unspecified);
        Assert.That(written.Kind, Is.EqualTo(DateTimeKind.Utc));
        Assert.That(written.Ticks, Is.EqualTo(unspecified.Ticks));

        DateTime local = DateTime.SpecifyKind(unspecified, DateTimeKind.Local);
        Assert.That(user.Call<DateTime>("Run", "Write", local), Is.EqualTo(local.ToUniversalTime()));
    }

    [Test]
    public void EventTimeWithLatenessIsAWatermark()
    {
        using UserAssembly user = new UserProject("""
            using System;
            using Laminar;

            [StreamSource]
            public partial record struct Row([EventTime(Lateness = "1.5s")] DateTime Ts);

            [StreamSource]
            public partial record struct Milliseconds([property: EventTime(Lateness = "2s")] long? At);

            [StreamSource]
            public partial record struct Timeless(long At);

            public static class Run
            {
                public static long Of(DateTime ts) => Of(new Row(ts));

                public static long OfMilliseconds(long? at) => Of(new Milliseconds(at));

                public static long OfTimeless() => Of(new Timeless(5));

                public static string Units() => Unit<Row>() + Unit<Milliseconds>() + Unit<Timeless>();

                private static long Of<T>(T row) where T : ISourceRow<T> => T.WatermarkOf(in row);

                private static string Unit<T>() where T : ISourceRow<T> => T.EventTimeUnit + "" + T.HasWatermark;
            }
            """).Load();

        var ts = new DateTime(2024, 5, 1, 12, 0, 0, DateTimeKind.Utc);
        Assert.That(user.Call<long>("Run", "Of", ts), Is.EqualTo(ts.Ticks - 15_000_000));
        Assert.That(user.Call<long>("Run", "OfMilliseconds", 10_000L), Is.EqualTo(8_000));
        Assert.That(user.Call<long>("Run", "OfMilliseconds", new object?[] { null }), Is.EqualTo(long.MinValue));
        Assert.That(user.Call<long>("Run", "OfMilliseconds", long.MinValue + 1), Is.EqualTo(long.MinValue));
        Assert.That(user.Call<long>("Run", "OfTimeless"), Is.EqualTo(long.MinValue));
        Assert.That(user.Call<string>("Run", "Units"), Is.EqualTo("TicksTrueMillisecondsTrueTicksFalse"));
    }

    [TestCase("public record struct Row(string Name);", TestName = "not partial")]
    [TestCase("public partial record struct Row<T>(string Name);", TestName = "generic")]
    [TestCase("file partial record struct Row(string Name);", TestName = "file-local")]
    [TestCase("public abstract partial class Row { public string Name { get; set; } = \"\"; }", TestName = "abstract")]
    [TestCase("public class Outer { [StreamSource] public partial record struct Row(string Name); }", TestName = "outer type not partial")]
    public void NothingIsGeneratedIntoATypeThatCannotTakeIt(string declaration)
    {
        string attributed = declaration.Contains("[StreamSource", StringComparison.Ordinal) ? declaration : "[StreamSource] " + declaration;
        UserCompilation compiled = new UserProject("using Laminar;\n" + attributed).Compile();

        Assert.That(compiled.Problems, Is.Empty, "C# has nothing to say: the analyzer does");
        Assert.That(compiled.GeneratedFiles, Is.Empty);
    }
}
