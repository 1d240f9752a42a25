using System.Text;
using System.Text.Json;

namespace Laminar.Formats.Tests;

/// <summary>One JSON object to one row.</summary>
public sealed class JsonDecodeTests
{
    private const string Rest = ",\"place\":\"p\",\"value\":1,\"ts\":\"2024-01-02T03:04:05Z\"";

    private static Reading One(string json) => new JsonRowDecoder<Reading>().Decode(Encoding.UTF8.GetBytes(json));

    private static Everything Any(string member) => new JsonRowDecoder<Everything>().Decode(Encoding.UTF8.GetBytes("{" + member + "}"));

    [TestCase("{\"sensor_id\":7,\"place\":\"p\",\"value\":1.5,\"ts\":\"2024-01-02T03:04:05Z\"}")]
    [TestCase("{\"SensorId\":7,\"PLACE\":\"p\",\"Value\":1.5,\"TS\":\"2024-01-02T03:04:05Z\"}")]
    [TestCase("{\"ts\":\"2024-01-02 03:04:05\",\"value\":15e-1,\"other\":{\"a\":[1,{\"value\":9}]},\"place\":\"p\",\"sensorid\":7,\"x\":null}")]
    [TestCase(" { \"\\u0073ensor_id\" : \"7\" , \"place\" : \"\\u0070\", \"value\" : \"1.5\", \"ts\" : \"2024-01-02T03:04:05+02:00\" } ")]
    public void Members_are_found_by_name_in_any_order(string json) =>
        Assert.That(One(json), Is.EqualTo(new Reading(7, "p", 1.5, new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc), null)));

    [Test]
    public void The_order_of_members_may_change_from_row_to_row()
    {
        var decoder = new JsonRowDecoder<Reading>();
        string[] orders =
        [
            "{\"sensor_id\":1,\"x\":0,\"place\":\"a\",\"value\":1,\"ts\":\"2024-01-01\",\"note\":\"n\"}",
            "{\"note\":\"n\",\"ts\":\"2024-01-01\",\"value\":1,\"place\":\"a\",\"sensor_id\":1}",
            "{\"sensor_id\":1,\"place\":\"a\",\"y\":{},\"value\":1,\"z\":[],\"ts\":\"2024-01-01\",\"note\":\"n\"}",
        ];
        for (int i = 0; i < 9; i++)
        {
            Reading row = decoder.Decode(Encoding.UTF8.GetBytes(orders[i * 2 % 3]));
            Assert.That(row, Is.EqualTo(new Reading(1, "a", 1, new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc), "n")));
        }
    }

    [Test]
    public void Of_two_members_for_one_column_the_last_counts_as_in_System_Text_Json()
    {
        const string json = "{\"sensor_id\":1,\"sensor_id\":2,\"SENSOR_ID\":3" + Rest + "}";
        Assert.That(One(json).SensorId, Is.EqualTo(3));
        Assert.That(JsonSerializer.Deserialize<Dictionary<string, int>>("{\"a\":1,\"a\":2}")!["a"], Is.EqualTo(2), "what System.Text.Json does");
    }

    [Test]
    public void A_column_found_in_one_row_is_not_there_in_the_next()
    {
        var decoder = new JsonRowDecoder<Reading>();
        decoder.Decode(Encoding.UTF8.GetBytes("{\"sensor_id\":1,\"note\":\"n\"" + Rest + "}"));
        Assert.That(decoder.Decode(Encoding.UTF8.GetBytes("{\"sensor_id\":2" + Rest + "}")).Note, Is.Null);
    }

    [TestCase("{\"sensor_id\":null" + Rest + "}", 0, "null in a NOT NULL column")]
    [TestCase("{\"x\":1" + Rest + "}", 0, "missing")]
    [TestCase("{\"sensor_id\":1.5" + Rest + "}", 0, "'1.5' is not a valid BIGINT")]
    [TestCase("{\"sensor_id\":9223372036854775808" + Rest + "}", 0, "is not a valid BIGINT")]
    [TestCase("{\"sensor_id\":true" + Rest + "}", 0, "true or false is not a valid BIGINT")]
    [TestCase("{\"sensor_id\":{}" + Rest + "}", 0, "an object is not a valid BIGINT")]
    [TestCase("{\"sensor_id\":1" + Rest + ",\"value\":1e999}", 2, "is not a valid DOUBLE")]
    [TestCase("{\"sensor_id\":1" + Rest + ",\"ts\":1700000000000}", 3, "declare an epoch number as BIGINT")]
    [TestCase("{\"sensor_id\":1" + Rest + ",\"ts\":\"2024-02-30\"}", 3, "is not a valid TIMESTAMP")]
    [TestCase("{\"sensor_id\":1" + Rest + ",\"ts\":\"10000-01-01\"}", 3, "is not a valid TIMESTAMP")]
    [TestCase("{\"sensor_id\":1" + Rest + ",\"ts\":\"9999-12-31T24:00:00\"}", 3, "is not a valid TIMESTAMP")]
    [TestCase("{\"sensor_id\":1" + Rest + ",\"note\":\"\\ud83d\"}", 4, "half a surrogate pair")]
    [TestCase("[1]", -1, "a row is a JSON object, not an array")]
    [TestCase("3", -1, "not a number")]
    public void Wrong_values_say_which_column_and_why(string json, int column, string message)
    {
        RowFormatException e = Assert.Throws<RowFormatException>(() => One(json))!;
        Assert.That(e.Column, Is.EqualTo(column));
        Assert.That(e.Message, Does.Contain(message));
    }

    [TestCase("{\"sensor_id\":1")]
    [TestCase("{\"sensor_id\":1,}")]
    [TestCase("{\"sensor_id\":01" + Rest + "}")]
    [TestCase("{'sensor_id':1}")]
    [TestCase("{\"sensor_id\":1} x")]
    [TestCase("{\"sensor_id\":1}{\"sensor_id\":1}")]
    public void What_is_not_JSON_is_refused(string json) => Assert.Catch<JsonException>(() => One(json));

    [Test]
    public void Invalid_UTF8_is_refused_where_it_becomes_text()
    {
        byte[] json = [.. "{\"note\":\""u8, 0xC3, 0x28, .. "\",\"sensor_id\":1"u8, .. Encoding.UTF8.GetBytes(Rest), (byte)'}'];
        Assert.That(Assert.Throws<RowFormatException>(() => new JsonRowDecoder<Reading>().Decode(json))!.Message, Does.Contain("UTF-8"));
    }

    [TestCase("9999-12-31T23:59:59.9999999Z", 3155378975999999999)]
    [TestCase("9999-12-31T23:59:59.99999999Z", 3155378975999999999)]
    [TestCase("0001-01-01", 0)]
    [TestCase("2024-02-29T12:00", 638448048000000000)]
    [TestCase("2024-02-29 12:00:00.5", 638448048005000000)]
    [TestCase("2024-02-29t12:00:00,25z", 638448048002500000)]
    [TestCase("2024-02-29T12:00:00-0530", 638448048000000000)]
    [TestCase("2024-02-29T12:00:00+14", 638448048000000000)]
    [TestCase("0001-01-01T00:00:00+14", 0)]
    public void Timestamps_are_ISO_8601(string text, long ticks) => Assert.That(Any($"\"ts\":\"{text}\"").Ts!.Value.Ticks, Is.EqualTo(ticks));

    /// <summary>The same text as a TIMESTAMP (the clock as written), as a TIMESTAMPTZ (the instant), and as CAST reads it.</summary>
    [TestCase("2024-01-01T00:00:00+02:00", "2024-01-01T00:00:00", "2023-12-31T22:00:00")]
    [TestCase("2024-01-01 10:00:00-0530", "2024-01-01T10:00:00", "2024-01-01T15:30:00")]
    [TestCase("2024-01-01T10:00:00Z", "2024-01-01T10:00:00", "2024-01-01T10:00:00")]
    [TestCase("2024-01-01T10:00:00", "2024-01-01T10:00:00", "2024-01-01T10:00:00")]
    public void Offsets_count_for_instants_only(string text, string clock, string instant)
    {
        long asClock = DateTime.Parse(clock, System.Globalization.CultureInfo.InvariantCulture).Ticks;
        long asInstant = DateTime.Parse(instant, System.Globalization.CultureInfo.InvariantCulture).Ticks;
        Everything json = Any($"\"ts\":\"{text}\",\"tz\":\"{text}\"");
        var decoder = new CsvRowDecoder<Everything>(new CsvFormat());
        decoder.ReadHeader("ts,tz"u8);
        Everything csv = decoder.Decode(Encoding.UTF8.GetBytes($"{text},{text}"));
        Assert.That(new[] { json.Ts!.Value.Ticks, csv.Ts!.Value.Ticks, Laminar.Functions.SqlCast.ToTimestamp(text) }, Is.All.EqualTo(asClock));
        Assert.That(new[] { json.Tz!.Value.UtcTicks, csv.Tz!.Value.UtcTicks, Laminar.Functions.SqlCast.ToTimestampTz(text) }, Is.All.EqualTo(asInstant));
    }

    [TestCase("2024-02-29T")]
    [TestCase("2024-02-29T24:00")]
    [TestCase("2024-2-29")]
    [TestCase("2024-02-29T12:00:00.")]
    [TestCase("2024-02-29T12:00:00 UTC")]
    [TestCase("2024-02-29T12:00:00+1:00")]
    [TestCase("2023-02-29")]
    [TestCase("0000-01-01")]
    [TestCase("")]
    public void Other_timestamps_are_refused(string text) => Assert.Throws<RowFormatException>(() => Any($"\"ts\":\"{text}\""));

    [TestCase("9999-12-31T23:59:59-01:00")]
    [TestCase("0001-01-01T00:00:00+01:00")]
    public void Instants_beyond_the_calendar_are_refused(string text) =>
        Assert.That(Assert.Throws<RowFormatException>(() => Any($"\"tz\":\"{text}\""))!.Message, Does.Contain("is not a valid TIMESTAMP WITH TIME ZONE").Or.Contain("TIMESTAMPTZ"));

    [TestCase("0.1", 0.1)]
    [TestCase("123456789012345678", 123456789012345678.0)]
    [TestCase("9007199254740993", 9007199254740992.0)]
    [TestCase("1.7976931348623157E+308", double.MaxValue)]
    [TestCase("5e-324", double.Epsilon)]
    [TestCase("0.30000000000000004", 0.30000000000000004)]
    [TestCase("8.41e21", 8.41e21)]
    [TestCase("123456.789", 123456.789)]
    [TestCase("-0.0", -0.0)]
    [TestCase("\"NaN\"", double.NaN)]
    [TestCase("\"-Infinity\"", double.NegativeInfinity)]
    public void Doubles_are_correctly_rounded(string text, double expected) =>
        Assert.That(BitConverter.DoubleToInt64Bits(Any($"\"f64\":{text}").F64!.Value), Is.EqualTo(BitConverter.DoubleToInt64Bits(expected)));

    [Test]
    public void Doubles_agree_with_the_framework_on_random_texts()
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int i = 0; i < 20_000; i++)
        {
            string text = (random.NextDouble() * Math.Pow(10, random.Next(-5, 12))).ToString($"F{random.Next(0, 12)}", System.Globalization.CultureInfo.InvariantCulture);
            Assert.That(Utf8Number.TryDouble(Encoding.UTF8.GetBytes(text), out double value), text);
            Assert.That(value, Is.EqualTo(double.Parse(text, System.Globalization.CultureInfo.InvariantCulture)), text);
        }
    }

    [TestCase("1.50", "1.50")]
    [TestCase("-79228162514264337593543950335", "-79228162514264337593543950335")]
    [TestCase("1.5e3", "1500")]
    [TestCase("\"12.25\"", "12.25")]
    public void Decimals_are_exact(string text, string expected) => Assert.That(Any($"\"amount\":{text}").Amount, Is.EqualTo(decimal.Parse(expected)));

    [TestCase("0.12345678901234567890123456789012")]
    [TestCase("1e40")]
    [TestCase("\"1,5\"")]
    public void Decimals_that_cannot_be_held_are_refused(string text) => Assert.Throws<RowFormatException>(() => Any($"\"amount\":{text}"));

    [TestCase("\"i8\":128")]
    [TestCase("\"u8\":-1")]
    [TestCase("\"u8\":256")]
    [TestCase("\"i16\":40000")]
    [TestCase("\"u32\":4294967296")]
    [TestCase("\"u64\":18446744073709551616")]
    [TestCase("\"i32\":2147483648")]
    [TestCase("\"f32\":1e39")]
    [TestCase("\"b\":1")]
    [TestCase("\"uid\":\"nope\"")]
    [TestCase("\"bin\":\"not base64!\"")]
    [TestCase("\"day\":\"2024-01-01T00:00\"")]
    [TestCase("\"clock\":\"25:00\"")]
    [TestCase("\"span\":\"5\"")]
    public void Out_of_range_and_malformed_values_are_refused(string member) => Assert.Throws<RowFormatException>(() => Any(member));

    [TestCase("{\"a\": [1, \"x\"]}", "{\"a\": [1, \"x\"]}")]
    [TestCase("12.50", "12.50")]
    [TestCase("true", "true")]
    public void Text_takes_other_values_as_their_JSON(string value, string expected) => Assert.That(Any($"\"txt\":{value}").Txt, Is.EqualTo(expected));

    [Test]
    public void The_same_text_is_the_same_string()
    {
        var decoder = new JsonRowDecoder<Reading>();
        byte[] json = Encoding.UTF8.GetBytes("{\"sensor_id\":1,\"note\":\"Zürich\"" + Rest + "}");
        Reading first = decoder.Decode(json);
        Reading second = decoder.Decode(json);
        Assert.That(second.Place, Is.SameAs(first.Place));
        Assert.That(second.Note, Is.SameAs(first.Note));
    }
}
