using System.Buffers;
using System.Text;

namespace Laminar.Formats.Tests;

/// <summary>Debezium's events in and out. The events are shaped as in the tutorial of Debezium's documentation.</summary>
public sealed class DebeziumTests
{
    private const string Insert = """{"before":null,"after":{"id":1,"owner":"Sally"},"source":{"version":"3.0","table":"accounts"},"op":"c","ts_ms":1486500577691}""";
    private const string Snapshot = """{"op":"r","after":{"id":2,"owner":null},"before":null}""";
    private const string Update = """{"schema":{"type":"struct","fields":[{"op":"x","before":{}}]},"payload":{"before":{"id":1,"owner":"Sally"},"after":{"owner":"Anne","id":1},"op":"u"}}""";
    private const string Delete = """{"op":"d","before":{"id":2,"owner":null},"after":null}""";

    private static readonly Account[] All =
    [
        new(RowKind.Insert, 1, "Sally"), new(RowKind.Insert, 2, null), new(RowKind.UpdateBefore, 1, "Sally"), new(RowKind.UpdateAfter, 1, "Anne"), new(RowKind.Delete, 2, null),
    ];

    private static FileSourceOptions Options(Folder folder, string text) => new() { Path = folder.Write("accounts.jsonl", text), Format = FileFormat.DebeziumJson };

    [TestCase(2)]
    [TestCase(3)]
    [TestCase(100)]
    public void Events_are_changes_and_tombstones_and_messages_are_none(int batch)
    {
        using var folder = new Folder();
        string text = string.Join("\n", Insert, "null", Snapshot, """{"payload":null,"schema":null}""", Update, """{"op":"m","message":{"prefix":"p"}}""", Delete);
        Assert.That(new SourceRun().ReadAll<Account>(Options(folder, text), batch), Is.EqualTo(All).AsCollection);
    }

    [Test]
    public void Read_on_from_behind_any_event()
    {
        using var folder = new Folder();
        FileSourceOptions options = Options(folder, string.Join("\n", Insert, Snapshot, Update, Delete));
        byte[] position = [];
        for (int events = 0, rows = 0; rows < All.Length; events++)
        {
            using IPartitionReader<Account> reader = new FileSource<Account>(options).Open(0, position, new SourceRun().Context);
            var buffer = new Account[2];
            reader.Read(buffer, out int count);
            Assert.That(buffer[..count], Is.EqualTo(All[rows..(rows + count)]).AsCollection, $"event {events}");
            rows += count;
            position = SourceRun.PositionOf(reader);
        }
    }

    [TestCase("""{"after":{"id":1}}""", "accounts.jsonl, line 2, column 1: not an event of Debezium: the member 'op' is missing")]
    [TestCase("""{"op":"z"}""", "column 1: 'z' is no operation of Debezium")]
    [TestCase("""{"op":"t"}""", "column 1: TRUNCATE of a table doesn't tell which rows it deletes")]
    [TestCase("""{"op":"u","before":null,"after":{"id":1}}""", "an update without 'before': let the database log whole rows (PostgreSQL: REPLICA IDENTITY FULL)")]
    [TestCase("""{"op":"d","before":null}""", "a delete without 'before'")]
    [TestCase("""{"op":"c","before":{"id":1}}""", "an insert without 'after'")]
    [TestCase("""{"op":"c","after":{"owner":"ü","id":"x"}}""", "line 2, column 37: id: 'x' is not a valid BIGINT")]
    [TestCase("""{"op":"u","before":{"id":1},"after":{"owner":"x"}}""", "line 2, column 37: id: the member is missing")]
    [TestCase("[7]", "an event of Debezium is a JSON object")]
    [TestCase("{\"op\":", "not valid JSON")]
    public void Errors_say_where(string second, string message)
    {
        using var folder = new Folder();
        var error = Assert.Throws<LaminarException>(() => new SourceRun().ReadAll<Account>(Options(folder, Insert + "\n" + second)))!;
        Assert.That(error.Message, Does.Contain(message));
    }

    [Test]
    public void An_event_that_is_skipped_leaves_none_of_its_rows()
    {
        using var folder = new Folder();
        var run = new SourceRun(ErrorPolicy.Skip);
        string half = """{"op":"u","before":{"id":1,"owner":"Sally"},"after":{"id":"x"}}""";
        Assert.That(run.ReadAll<Account>(Options(folder, string.Join("\n", Insert, half, Snapshot))), Is.EqualTo(All[..2]).AsCollection);
        Assert.That(run.Errors, Is.EqualTo(1));
    }

    [Test]
    public void Rows_that_only_come_are_refused()
    {
        var error = Assert.Throws<LaminarException>(() => new FileSource<Reading>(new FileSourceOptions { Path = "-", Format = FileFormat.DebeziumJson }))!;
        Assert.That(error.Message, Does.Contain("the rows of readings only come"));
    }

    [Test]
    public void Rows_as_events()
    {
        using var encoder = new DebeziumRowEncoder<Change>();
        var to = new ArrayBufferWriter<byte>();
        encoder.Write(new Change(RowKind.Insert, 1, "a"), to);
        encoder.Write(new Change(RowKind.UpdateBefore, 1, "a"), to);
        encoder.Write(new Change(RowKind.UpdateAfter, 1, null), to);
        encoder.Write(new Change(RowKind.Delete, 1, null), to);
        Assert.That(Encoding.UTF8.GetString(to.WrittenSpan).Split('\n'), Is.EqualTo(new[]
        {
            """{"before":null,"after":{"id":1,"name":"a"},"op":"c"}""",
            """{"before":{"id":1,"name":"a"},"after":null,"op":"d"}""",
            """{"before":null,"after":{"id":1,"name":null},"op":"c"}""",
            """{"before":{"id":1,"name":null},"after":null,"op":"d"}""",
            "",
        }).AsCollection);
    }

    [TestCase("insert,1,Sally\n+I,2,\n-U,1,Sally\nUPDATE_AFTER,1,Anne\n-D,2,\n", FileFormat.Csv)]
    [TestCase("""
        {"id":1,"owner":"Sally","kind":"insert"}
        {"kind":"+I","id":2}
        {"kind":"update_before","id":1,"owner":"Sally"}
        {"kind":"Update_After","id":1,"owner":"Anne"}
        {"kind":"delete","id":2,"owner":null}
        """, FileFormat.Json)]
    public void Kinds_stand_in_a_column_of_other_formats(string text, FileFormat format)
    {
        using var folder = new Folder();
        var options = new FileSourceOptions { Path = folder.Write("in", text), Format = format, Header = false };
        Assert.That(new SourceRun().ReadAll<Account>(options), Is.EqualTo(All).AsCollection);
        var error = Assert.Throws<LaminarException>(() => new SourceRun().ReadAll<Account>(new FileSourceOptions { Path = folder.Write("bad.csv", "kind,id\nupsert,1\n") }))!;
        Assert.That(error.Message, Does.Contain("bad.csv, line 2, column 1: kind: 'upsert' is no kind of row"));
    }
}
