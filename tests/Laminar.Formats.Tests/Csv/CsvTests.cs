using System.Buffers;
using System.Text;

namespace Laminar.Formats.Tests;

public sealed class CsvTests
{
    private const string Header = "sensor_id,place,value,ts,note\n";

    private static List<Reading> Read(string csv, char delimiter = ',', bool header = true, string nullText = "", ErrorPolicy policy = ErrorPolicy.Fail)
    {
        using var folder = new Folder();
        return new SourceRun(policy).ReadAll<Reading>(
            new FileSourceOptions { Path = folder.Write("in.csv", csv), Delimiter = delimiter, Header = header, NullText = nullText });
    }

    private static Reading Row(long id, string place, string? note = null) => new(id, place, 1.5, new DateTime(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc), note);

    [Test]
    public void Quotes_embedded_line_ends_CRLF_and_a_byte_order_mark()
    {
        List<Reading> rows = Read(
            "\uFEFFsensor_id,place,value,ts,note\r\n"
            + "1,\"a \"\"quoted\"\", comma\",1.5,2024-01-02T03:04:05Z,\r\n"
            + "2,\"two\r\nlines\",1.5,2024-01-02 03:04:05,\"\"\r\n"
            + "\r\n"
            + "3, padded , 1.5 , 2024-01-02T03:04:05Z,last without line end");
        Assert.That(rows, Is.EqualTo(new[] { Row(1, "a \"quoted\", comma"), Row(2, "two\r\nlines", string.Empty), Row(3, " padded ", "last without line end") }));
    }

    [Test]
    public void Columns_are_found_by_name_and_others_ignored() => Assert.That(
        Read("NOTE;x;Ts;Value;PLACE;SensorId\nn;?;2024-01-02T03:04:05Z;1.5;p;1\n", ';'),
        Is.EqualTo(new[] { Row(1, "p", "n") }));

    [Test]
    public void Without_header_columns_come_in_the_declared_order() =>
        Assert.That(Read("1,p,1.5,2024-01-02T03:04:05Z,n\n", header: false), Is.EqualTo(new[] { Row(1, "p", "n") }));

    [Test]
    public void A_null_text_is_NULL_only_unquoted() => Assert.That(
        Read(Header + "1,p,1.5,2024-01-02T03:04:05Z,NA\n2,p,1.5,2024-01-02T03:04:05Z,\"NA\"\n3,p,1.5,2024-01-02T03:04:05Z,\n", nullText: "NA"),
        Is.EqualTo(new[] { Row(1, "p"), Row(2, "p", "NA"), Row(3, "p", string.Empty) }));

    [Test]
    public void An_empty_field_of_a_NOT_NULL_text_is_the_empty_text() =>
        Assert.That(Read(Header + "1,,1.5,2024-01-02T03:04:05Z,\n"), Is.EqualTo(new[] { Row(1, string.Empty) }));

    [TestCase("1,p,1.5,2024-01-02T03:04:05Z", "line 2, column 1: the record has 4 fields where 5 are expected")]
    [TestCase("1,p,1.5,2024-01-02T03:04:05Z,n,more", "has 6 fields")]
    [TestCase("1,p,abc,2024-01-02T03:04:05Z,n", "line 2, column 5: value: 'abc' is not a valid DOUBLE")]
    [TestCase("1,\"ü\",abc,2024-01-02T03:04:05Z,n", "line 2, column 7: value")]
    [TestCase("1,\"a\nb\",abc,2024-01-02T03:04:05Z,n", "line 3, column 4: value")]
    [TestCase(",p,1,2024-01-02T03:04:05Z,n", "sensor_id is NOT NULL")]
    [TestCase("1,p\"q,1,2024-01-02T03:04:05Z,n", "field 2 has a quote inside but isn't quoted")]
    [TestCase("1,\"p\"q,1,2024-01-02T03:04:05Z,n", "field 2 goes on behind its closing quote")]
    [TestCase("1,\"never ends\n2,p", "field 2 begins with a quote that never ends")]
    public void Wrong_records_say_where(string record, string message)
    {
        LaminarException e = Assert.Throws<LaminarException>(() => Read(Header + record + "\n"))!;
        Assert.That(e.Message, Does.Contain("in.csv").And.Contain(message));
    }

    [TestCase("sensor_id,place,value,ts,Place\n", "two columns for place: 'place' (number 2) and 'Place' (number 5)")]
    [TestCase("sensor_id,place,value\n", "no column ts")]
    public void A_header_that_does_not_fit_is_refused_by_any_policy(string header, string message)
    {
        LaminarException e = Assert.Throws<LaminarException>(() => Read(header + "1,2,3,4,5\n", policy: ErrorPolicy.Skip))!;
        Assert.That(e.Message, Does.Contain("in.csv, line 1").And.Contain(message));
    }

    [TestCase("")]
    [TestCase("\uFEFF")]
    [TestCase(Header)]
    public void A_file_without_records_has_no_rows(string csv) => Assert.That(Read(csv), Is.Empty);

    [Test]
    public void Impossible_delimiters_and_null_texts_are_refused()
    {
        Assert.Throws<LaminarException>(() => _ = new FileSource<Reading>(new FileSourceOptions { Path = "x.csv", Delimiter = '"' }));
        Assert.Throws<LaminarException>(() => _ = new FileSource<Reading>(new FileSourceOptions { Path = "x.csv", Delimiter = 'é' }));
        Assert.Throws<LaminarException>(() => _ = new FileSource<Reading>(new FileSourceOptions { Path = "x.csv", NullText = "a,b" }));
    }

    [Test]
    public void Written_text_is_quoted_only_where_it_must_be()
    {
        var to = new ArrayBufferWriter<byte>();
        var encoder = new CsvRowEncoder<Change>(new CsvFormat());
        encoder.WriteHeader(to);
        foreach (string? name in new[] { "plain", "a,b", "say \"x\"", "two\nlines", string.Empty, null })
        {
            encoder.Write(new Change(RowKind.UpdateAfter, 1, name), to);
        }

        Assert.That(
            Encoding.UTF8.GetString(to.WrittenSpan),
            Is.EqualTo("kind,id,name\nupdate_after,1,plain\nupdate_after,1,\"a,b\"\nupdate_after,1,\"say \"\"x\"\"\"\nupdate_after,1,\"two\nlines\"\nupdate_after,1,\"\"\nupdate_after,1,\n"));
    }
}
