using System.Buffers;
using System.Text;

namespace Laminar.Formats.Tests;

public sealed class JsonEncodeTests
{
    private static string Encode<TRow>(params TRow[] rows)
        where TRow : IStreamRow<TRow>
    {
        var to = new ArrayBufferWriter<byte>();
        using var encoder = new JsonRowEncoder<TRow>();
        encoder.WriteHeader(to);
        foreach (TRow row in rows)
        {
            encoder.Write(in row, to);
        }

        return Encoding.UTF8.GetString(to.WrittenSpan);
    }

    [Test]
    public void One_object_per_line_with_names_as_in_the_schema() => Assert.That(
        Encode(
            new Reading(7, "Zürich \"HB\"\n", 0.1, new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc), null),
            new Reading(-1, "😀+<", 1e300, new DateTime(2024, 1, 2, 3, 4, 5, 120, DateTimeKind.Unspecified), string.Empty)),
        Is.EqualTo(
            "{\"sensor_id\":7,\"place\":\"Zürich \\\"HB\\\"\\n\",\"value\":0.1,\"ts\":\"2024-01-02T03:04:05Z\",\"note\":null}\n"
            + "{\"sensor_id\":-1,\"place\":\"\\uD83D\\uDE00+<\",\"value\":1E+300,\"ts\":\"2024-01-02T03:04:05.12Z\",\"note\":\"\"}\n"));

    [Test]
    public void Changes_begin_with_their_kind() => Assert.That(
        Encode(new Change(RowKind.Insert, 1, "a"), new Change(RowKind.UpdateBefore, 1, "a"), new Change(RowKind.UpdateAfter, 1, "b"), new Change(RowKind.Delete, 1, "b")),
        Is.EqualTo(
            "{\"kind\":\"insert\",\"id\":1,\"name\":\"a\"}\n{\"kind\":\"update_before\",\"id\":1,\"name\":\"a\"}\n"
            + "{\"kind\":\"update_after\",\"id\":1,\"name\":\"b\"}\n{\"kind\":\"delete\",\"id\":1,\"name\":\"b\"}\n"));

    [Test]
    public void Every_type_has_one_form() => Assert.That(
        Encode(new Everything
        {
            Amount = 1.50m,
            F64 = double.NaN,
            F32 = float.NegativeInfinity,
            Bin = [255, 0, 1],
            Uid = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
            Day = new DateOnly(2024, 2, 29),
            Clock = new TimeOnly(1, 2, 3, 400),
            Ts = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc),
            Tz = new DateTimeOffset(2024, 1, 1, 2, 0, 0, TimeSpan.FromHours(2)),
            Span = new TimeSpan(-1, -2, -3, -4),
        }),
        Is.EqualTo(
            "{\"b\":null,\"i8\":null,\"i16\":null,\"i32\":null,\"i64\":null,\"u8\":null,\"u16\":null,\"u32\":null,\"u64\":null,\"f32\":\"-Infinity\",\"f64\":\"NaN\","
            + "\"amount\":1.50,\"txt\":null,\"bin\":\"/wAB\",\"uid\":\"00112233-4455-6677-8899-aabbccddeeff\",\"day\":\"2024-02-29\",\"clock\":\"01:02:03.4\","
            + "\"ts\":\"9999-12-31T23:59:59.9999999Z\",\"tz\":\"2024-01-01T00:00:00Z\",\"span\":\"-1.02:03:04\"}\n"));

    [Test]
    public void A_row_that_cannot_be_written_leaves_nothing_behind()
    {
        var to = new ArrayBufferWriter<byte>();
        using var encoder = new JsonRowEncoder<Change>();
        Assert.That(
            Assert.Throws<LaminarException>(() => encoder.Write(new Change(RowKind.Insert, 1, "\ud83d"), to))!.Message,
            Does.Contain("Column name").And.Contain("surrogate"));
        Assert.That(to.WrittenCount, Is.Zero);
        encoder.Write(new Change(RowKind.Insert, 1, "ok"), to);
        Assert.That(Encoding.UTF8.GetString(to.WrittenSpan), Is.EqualTo("{\"kind\":\"insert\",\"id\":1,\"name\":\"ok\"}\n"));
    }
}
