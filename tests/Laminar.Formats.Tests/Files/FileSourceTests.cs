using System.Text;

namespace Laminar.Formats.Tests;

/// <summary>Places, policies, positions, odd files.</summary>
public sealed class FileSourceTests
{
    private static string Json(long id, string place = "p") => $"{{\"sensor_id\":{id},\"place\":\"{place}\",\"value\":1,\"ts\":\"2024-01-01\"}}";

    private static List<long> Ids(string name, byte[] content, SourceRun? run = null)
    {
        using var folder = new Folder();
        return [.. (run ?? new SourceRun()).ReadAll<Reading>(new FileSourceOptions { Path = folder.Write(name, content) }, 7).Select(r => r.SensorId)];
    }

    private static List<long> Ids(string text, SourceRun? run = null) => Ids("in.jsonl", Encoding.UTF8.GetBytes(text), run);

    [TestCase("\n\n{0}\r\n  \r\n{1}")]
    [TestCase("\uFEFF{0}\n{1}\n")]
    [TestCase("[{0},{1}]")]
    [TestCase("\uFEFF \n[\n  {0} ,\n\n  {1}\n]\n\n")]
    public void Lines_and_arrays(string shape) =>
        Assert.That(Ids(shape.Replace("{0}", Json(1, "[br]{ack}ets \\\"[")).Replace("{1}", Json(2))), Is.EqualTo(new long[] { 1, 2 }));

    [TestCase("")]
    [TestCase("\uFEFF")]
    [TestCase(" \n\n")]
    [TestCase("[]")]
    [TestCase(" [ ] ")]
    public void Files_without_rows(string text) => Assert.That(Ids(text), Is.Empty);

    [Test]
    public void An_empty_Arrow_file_has_no_rows() => Assert.That(Ids("in.arrow", []), Is.Empty);

    [TestCase("{0}\n\n{\"sensor_id\":x}\n", "in.jsonl, line 3, column 14: not valid JSON: 'x' is an invalid start of a value.")]
    [TestCase("{0}\n{\"place\":\"ü😀\",\"sensor_id\":\"abc\",\"value\":1,\"ts\":\"2024-01-01\"}\n", "in.jsonl, line 2, column 27: sensor_id: 'abc' is not a valid BIGINT")]
    [TestCase("{0}\n7\n", "in.jsonl, line 2, column 1: a row is a JSON object, not a number")]
    [TestCase("[{0},\n {\"a\":1}, 5]", "in.jsonl, line 2, column 2: sensor_id: the member is missing")]
    [TestCase("[{0} {0}]", "in.jsonl, line 1, column 58: ',' or ']' is missing behind an element of the array")]
    [TestCase("[{0},]", "column 58: the array ends behind a ','")]
    [TestCase("[{0}", "column 57: the array never ends: the file is cut short")]
    [TestCase("[{0},{\"a\":", "column 58: an element of the array never ends: the file is cut short")]
    [TestCase("[{0}] x", "column 59: text follows behind the end of the array")]
    [TestCase("{0}\n{\"sensor_id\":1", "line 2, column 15: not valid JSON")]
    public void Errors_say_file_line_and_column_and_rows_before_them_come_first(string shape, string message)
    {
        using var folder = new Folder();
        string path = folder.Write("in.jsonl", shape.Replace("{0}", Json(1)));
        using IPartitionReader<Reading> reader = new FileSource<Reading>(new FileSourceOptions { Path = path }).Open(0, default, new SourceRun().Context);
        var rows = new Reading[10];
        Assert.That(reader.Read(rows, out int count), Is.EqualTo(ReadStatus.More));
        Assert.That(count, Is.EqualTo(1));
        LaminarException e = Assert.Throws<LaminarException>(() => reader.Read(rows, out _))!;
        Assert.That(e.Message, Does.Contain(message));
        Assert.That(Assert.Throws<LaminarException>(() => reader.Read(rows, out _))!.Message, Is.EqualTo(e.Message), "it stays failed");
    }

    [Test]
    public void Skipped_rows_are_counted()
    {
        var run = new SourceRun(ErrorPolicy.Skip);
        Assert.That(Ids($"{Json(1)}\nbroken\n{Json(2)}\n{{}}\n{Json(3)}", run), Is.EqualTo(new long[] { 1, 2, 3 }));
        Assert.That(run.Errors, Is.EqualTo(2));
    }

    [Test]
    public void Dead_letters_have_place_reason_and_the_raw_row()
    {
        var run = new SourceRun(ErrorPolicy.DeadLetter);
        Assert.That(Ids($"{Json(1)}\n{{\"sensor_id\":\"x\"}}\n{Json(2)}", run), Is.EqualTo(new long[] { 1, 2 }));
        Assert.That(run.Errors, Is.EqualTo(1));
        Assert.That(run.Dead, Has.Count.EqualTo(1));
        Assert.That(run.Dead[0].Place, Does.EndWith("in.jsonl, line 2, column 14"));
        Assert.That(run.Dead[0].Reason, Does.Contain("'x' is not a valid BIGINT"));
        Assert.That(Encoding.UTF8.GetString(run.Dead[0].Raw.Span), Is.EqualTo("{\"sensor_id\":\"x\"}"));
    }

    [TestCase("in.jsonl", "", "\n")]
    [TestCase("in.csv", "", "")]
    [TestCase("in.json", "[", "]")]
    public void A_record_above_the_limit_is_an_error_row_and_the_next_is_read(string name, string before, string after)
    {
        string row = name == "in.csv" ? "1,p,1,2024-01-01,\n" : Json(1);
        string big = name == "in.csv" ? "2,\"" : "{\"sensor_id\":2,\"note\":\"";
        string header = name == "in.csv" ? "sensor_id,place,value,ts,note\n" : before;
        string between = name switch { "in.csv" => "", "in.json" => ",", _ => "\n" };
        using var folder = new Folder();
        using (var writer = new StreamWriter(folder[name]))
        {
            writer.Write(header + row + between + big);
            string filler = new('x', 1 << 20);
            for (int i = 0; i < 65; i++)
            {
                writer.Write(filler);
            }

            writer.Write(name == "in.csv" ? "\nstill quoted\",1,2024-01-01,\n" : "\"}");
            writer.Write(between + row.Replace(name == "in.csv" ? "1,p" : ":1,", name == "in.csv" ? "3,p" : ":3,") + after);
        }

        var run = new SourceRun(ErrorPolicy.DeadLetter);
        Assert.That(run.ReadAll<Reading>(new FileSourceOptions { Path = folder[name] }).Select(r => r.SensorId), Is.EqualTo(new long[] { 1, 3 }));
        Assert.That(run.Dead.Select(d => d.Reason), Is.EqualTo(new[] { "the record is longer than 64 MiB" }));
        Assert.That(run.Dead[0].Raw.Length, Is.EqualTo(65_536));
    }

    /// <summary>Behind the first rows only a text that is new costs memory. Escapes and doubled quotes are in the text on purpose.</summary>
    [TestCase("a.jsonl", 0)]
    [TestCase("a.json", 0)]
    [TestCase("a.csv", 0)]
    [TestCase("a.arrow", 0)]
    public void Reading_allocates_nothing_per_row(string name, long bytesPerRow)
    {
        const int count = 20_000;
        Reading[] rows = [.. Enumerable.Range(0, count).Select(i => new Reading(i, $"\"place\" {i % 50} \n", i / 8.0, DateTime.UnixEpoch.AddSeconds(i), i % 2 == 0 ? null : "é"))];
        using var folder = new Folder();
        SinkRun.Write(FileSink.Append<Reading>(new FileSinkOptions { Path = folder[name == "a.json" ? "tmp.jsonl" : name] }), rows);
        if (name == "a.json")
        {
            folder.Write(name, "[" + string.Join(",", File.ReadAllLines(folder["tmp.jsonl"])) + "]");
        }

        using IPartitionReader<Reading> reader = new FileSource<Reading>(new FileSourceOptions { Path = folder[name] }).Open(0, default, new SourceRun().Context);
        var buffer = new Reading[1000];
        int read = 0;
        for (; read < count / 2; read += 1000)
        {
            reader.Read(buffer, out _);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (; read < count; read += 1000)
        {
            reader.Read(buffer, out int got);
            Assert.That(got, Is.EqualTo(1000));
        }

        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / (count / 2), Is.EqualTo(bytesPerRow));
        Assert.That(buffer[999], Is.EqualTo(rows[^1]));
    }

    [Test]
    public void UTF16_is_refused() => Assert.That(
        Assert.Throws<LaminarException>(() => Ids("in.jsonl", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Json(1))]))!.Message, Does.Contain("UTF-16"));

    [TestCase("a.jsonl")]
    [TestCase("a.json")]
    [TestCase("a.csv")]
    [TestCase("a.arrow")]
    [TestCase("a.arrows")]
    public void Reading_goes_on_exactly_where_a_position_was_saved(string name)
    {
        Reading[] rows = [.. Enumerable.Range(0, 60).Select(i => new Reading(i, $"line\n\"{i}\"", i / 3.0, DateTime.UnixEpoch.AddSeconds(i), i % 4 == 0 ? null : "é"))];
        using var folder = new Folder();
        if (name == "a.json")
        {
            SinkRun.Write(FileSink.Append<Reading>(new FileSinkOptions { Path = folder["tmp.jsonl"] }), rows);
            folder.Write(name, "\uFEFF [\n" + string.Join(" ,\n ", File.ReadAllLines(folder["tmp.jsonl"])) + "\n]\n");
        }
        else
        {
            // Several epochs, so that an Arrow file has several batches.
            using ISinkWriter<Reading> writer = FileSink.Append<Reading>(
                new FileSinkOptions { Path = folder[name], Layout = name.EndsWith('s') ? ArrowLayout.Stream : ArrowLayout.File }).Open(SinkRun.Context);
            writer.Recover(0, default);
            for (int epoch = 1; epoch <= 3; epoch++)
            {
                writer.Write(rows.AsSpan((epoch - 1) * 20, 20));
                writer.Commit(epoch, SinkRun.Prepare(writer, epoch));
            }
        }

        var source = new FileSource<Reading>(new FileSourceOptions { Path = folder[name] });
        var run = new SourceRun();
        for (int taken = 0; taken <= rows.Length; taken++)
        {
            var buffer = new Reading[taken];
            byte[] position;
            using (IPartitionReader<Reading> reader = source.Open(0, default, run.Context))
            {
                int have = 0;
                while (have < taken)
                {
                    reader.Read(buffer.AsSpan(have, Math.Min(7, taken - have)), out int count);
                    have += count;
                }

                position = SourceRun.PositionOf(reader);
            }

            using IPartitionReader<Reading> rest = source.Open(0, position, run.Context);
            Assert.That(buffer.Concat(run.Drain(rest)), Is.EqualTo(rows), $"after {taken} rows");
        }
    }

    [Test]
    public void Line_numbers_are_right_after_going_back()
    {
        using var folder = new Folder();
        string path = folder.Write("in.jsonl", $"{Json(1)}\n\n{Json(2)}\n{{}}\n");
        var source = new FileSource<Reading>(new FileSourceOptions { Path = path });
        byte[] position;
        using (IPartitionReader<Reading> reader = source.Open(0, default, new SourceRun().Context))
        {
            reader.Read(new Reading[2], out _);
            position = SourceRun.PositionOf(reader);
        }

        using IPartitionReader<Reading> rest = source.Open(0, position, new SourceRun().Context);
        Assert.That(Assert.Throws<LaminarException>(() => rest.Read(new Reading[2], out _))!.Message, Does.Contain("line 4, column 1"));
    }

    [Test]
    public void A_position_of_a_file_that_changed_is_refused()
    {
        using var folder = new Folder();
        string path = folder.Write("in.jsonl", $"{Json(1)}\n{Json(2)}\n");
        var source = new FileSource<Reading>(new FileSourceOptions { Path = path });
        byte[] position;
        using (IPartitionReader<Reading> reader = source.Open(0, default, new SourceRun().Context))
        {
            reader.Read(new Reading[2], out _);
            position = SourceRun.PositionOf(reader);
        }

        folder.Write("in.jsonl", $"{Json(5)}\n{Json(2)}\n");
        Assert.That(Assert.Throws<LaminarException>(() => source.Open(0, position, new SourceRun().Context))!.Message, Does.Contain("begins differently"));
        folder.Write("in.jsonl", $"{Json(1)}\n");
        Assert.That(Assert.Throws<LaminarException>(() => source.Open(0, position, new SourceRun().Context))!.Message, Does.Contain("begins differently").Or.Contain("cut or replaced"));
        Assert.Throws<LaminarException>(() => source.Open(0, position.AsMemory(0, 10), new SourceRun().Context));
    }

    [Test]
    public void A_folder_or_pattern_is_one_partition_per_file_in_order()
    {
        using var folder = new Folder();
        folder.Write("b.jsonl", Json(2));
        folder.Write("a.jsonl", Json(1) + "\n" + Json(11));
        folder.Write("c.txt", Json(3));
        folder.Write(".hidden.jsonl", Json(4));
        var run = new SourceRun();
        Assert.That(run.ReadAll<Reading>(new FileSourceOptions { Path = folder["*.jsonl"] }).Select(r => r.SensorId), Is.EqualTo(new long[] { 1, 11, 2 }));
        File.Delete(folder["c.txt"]);
        Assert.That(new FileSource<Reading>(new FileSourceOptions { Path = folder.Path }).Partitions, Is.EqualTo(2), "the format comes from the files");
        Assert.That(
            Assert.Throws<LaminarException>(() => _ = new FileSource<Reading>(new FileSourceOptions { Path = folder["*.csv"] }).Partitions)!.Message, Does.Contain("No file matches"));
        Assert.That(
            Assert.Throws<LaminarException>(() => _ = new FileSource<Reading>(new FileSourceOptions { Path = folder["nope.json"] }).Partitions)!.Message, Does.Contain("There is no file"));
        Assert.That(
            Assert.Throws<LaminarException>(() => _ = new FileSource<Reading>(new FileSourceOptions { Path = "-" }))!.Message, Does.Contain("add format ="));
    }

    [TestCase("a.arrow", ErrorPolicy.Fail)]
    [TestCase("a.arrows", ErrorPolicy.Fail)]
    [TestCase("a.arrow", ErrorPolicy.Skip)]
    public void Arrow_cut_short_anywhere_is_an_error_never_a_wrong_row(string name, ErrorPolicy policy)
    {
        Reading[] rows = [.. Enumerable.Range(0, 100).Select(i => new Reading(i, "p", i, DateTime.UnixEpoch, null))];
        using var folder = new Folder();
        SinkRun.Write(FileSink.Append<Reading>(new FileSinkOptions { Path = folder[name], Layout = name.EndsWith('s') ? ArrowLayout.Stream : ArrowLayout.File }), rows);
        byte[] whole = File.ReadAllBytes(folder[name]);
        int failed = 0;
        for (int length = 1; length < whole.Length; length += 13)
        {
            string cut = folder.Write("cut.arrow", whole[..length]);
            var run = new SourceRun(policy);
            try
            {
                List<Reading> read = run.ReadAll<Reading>(new FileSourceOptions { Path = cut });
                Assert.That(read, Is.Empty.Or.EqualTo(rows), $"cut at {length}");
                failed += run.Errors > 0 ? 1 : 0;
            }
            catch (LaminarException e)
            {
                Assert.That(e.Message, Does.Contain("cut.arrow"));
                failed++;
            }
        }

        Assert.That(failed, Is.GreaterThan(whole.Length / 13 / 2));
    }

    [Test]
    public void Arrow_values_that_do_not_fit_say_batch_and_row()
    {
        using var folder = new Folder();
        SinkRun.Write(
            FileSink.Append<Everything>(new FileSinkOptions { Path = folder["a.arrow"] }),
            new Everything { I64 = 1 }, new Everything { I64 = null });
        LaminarException e = Assert.Throws<LaminarException>(() => new SourceRun().ReadAll<OnlyId>(new FileSourceOptions { Path = folder["a.arrow"] }))!;
        Assert.That(e.Message, Does.EndWith("a.arrow, batch 1, row 2, column i64: NULL in a NOT NULL column"));
    }

    private readonly record struct OnlyId(long Id) : ISourceRow<OnlyId>
    {
        public static RowSchema Schema { get; } = new("ids", new RowColumn("i64", ColumnType.Int64, false));

        public static bool HasWatermark => false;

        public static EventTimeUnit EventTimeUnit => EventTimeUnit.Ticks;

        public static long WatermarkOf(in OnlyId row) => long.MinValue;

        public static OnlyId Read<TReader>(ref TReader reader)
            where TReader : IRowReader, allows ref struct => new(reader.GetInt64(0));

        public static void Write<TWriter>(in OnlyId row, ref TWriter writer)
            where TWriter : IRowWriter, allows ref struct => writer.WriteInt64(0, row.Id);
    }
}
