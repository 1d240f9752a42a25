using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Laminar.Formats.Tests;

public sealed class ArrowTests
{
    private static RecordBatch Batch(params (string Name, IArrowArray Array)[] columns) => new(
        new Schema(columns.Select(c => new Field(c.Name, c.Array.Data.DataType, true)), null),
        columns.Select(c => c.Array),
        columns[0].Array.Length);

    private static List<TRow> Rows<TRow>(RecordBatch batch)
        where TRow : IStreamRow<TRow>
    {
        var reader = new ArrowRowReader(TRow.Schema, batch);
        try
        {
            var rows = new List<TRow>();
            for (int i = 0; i < reader.RowCount; i++)
            {
                reader.Row = i;
                rows.Add(TRow.Read(ref reader));
            }

            return rows;
        }
        finally
        {
            reader.Dispose();
        }
    }

    private static Everything Single(string name, IArrowArray array) => Rows<Everything>(Batch((name, array)))[0];

    [Test]
    public void Random_rows_through_batches_and_slices()
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        Everything[] rows = new RandomRows(seed).Take(1000);
        var builder = new ArrowBatchBuilder<Everything>();
        foreach (Everything row in rows)
        {
            builder.Add(in row);
        }

        using RecordBatch batch = builder.Build();
        Assert.That(Rows<Everything>(batch), Is.EqualTo(rows), $"seed {seed}");
        Assert.That(Rows<Everything>(batch.Slice(333, 111)), Is.EqualTo(rows[333..444]), $"a slice, seed {seed}");
        Assert.That(builder.Count, Is.Zero, "the builder starts anew");
    }

    [Test]
    public void Arrows_own_arrays_see_the_same_values()
    {
        var builder = new ArrowBatchBuilder<Reading>();
        builder.Add(new Reading(1, "a", 0.5, DateTime.UnixEpoch.AddTicks(-1), null));
        builder.Add(new Reading(2, "é", 1.5, DateTime.UnixEpoch.AddTicks(19), "n"));
        using RecordBatch batch = builder.Build();
        Assert.That(((Int64Array)batch.Column("sensor_id")).Values.ToArray(), Is.EqualTo(new long[] { 1, 2 }));
        Assert.That(((StringArray)batch.Column("place")).GetString(1), Is.EqualTo("é"));
        Assert.That(((TimestampArray)batch.Column("ts")).Values.ToArray(), Is.EqualTo(new long[] { -1, 1 }), "microseconds, floored");
        Assert.That(((StringArray)batch.Column("note")).IsNull(0) && ((StringArray)batch.Column("note")).GetString(1) == "n");
    }

    [Test]
    public void Integers_of_any_width_that_fit()
    {
        Assert.That(Single("i64", new Int8Array.Builder().Append(-5).Build()).I64, Is.EqualTo(-5));
        Assert.That(Single("i8", new Int64Array.Builder().Append(-128).Build()).I8, Is.EqualTo(-128));
        Assert.That(Single("u64", new UInt8Array.Builder().Append(200).Build()).U64, Is.EqualTo(200));
        Assert.That(Single("i16", new UInt64Array.Builder().Append(32767).Build()).I16, Is.EqualTo(32767));
        Assert.That(Single("f64", new Int32Array.Builder().Append(3).Build()).F64, Is.EqualTo(3.0));
        Assert.That(Single("f64", new FloatArray.Builder().Append(0.5f).Build()).F64, Is.EqualTo(0.5));
        Assert.That(Single("amount", new Int64Array.Builder().Append(12).Build()).Amount, Is.EqualTo(12m));
        Assert.That(
            Assert.Throws<RowFormatException>(() => Single("i8", new Int64Array.Builder().Append(128).Build()))!.Message, Does.Contain("128 is out of range"));
        Assert.Throws<RowFormatException>(() => Single("i64", new UInt64Array.Builder().Append(ulong.MaxValue).Build()));
        Assert.Throws<RowFormatException>(() => Single("u32", new Int32Array.Builder().Append(-1).Build()));
    }

    [TestCase(TimeUnit.Second, 1_700_000_000L, "2023-11-14T22:13:20.0000000Z")]
    [TestCase(TimeUnit.Millisecond, -1L, "1969-12-31T23:59:59.9990000Z")]
    [TestCase(TimeUnit.Microsecond, 1L, "1970-01-01T00:00:00.0000010Z")]
    [TestCase(TimeUnit.Nanosecond, -1L, "1969-12-31T23:59:59.9999999Z")]
    [TestCase(TimeUnit.Nanosecond, 199L, "1970-01-01T00:00:00.0000001Z")]
    public void Timestamps_of_any_unit(TimeUnit unit, long value, string expected)
    {
        var values = new ArrowBuffer.Builder<long>().Append(value).Build();
        var array = new TimestampArray(new TimestampType(unit, (string?)null), values, ArrowBuffer.Empty, 1, 0, 0);
        Assert.That(Single("ts", array).Ts!.Value.ToString("O"), Is.EqualTo(expected));
    }

    [Test]
    public void Dates_times_and_durations_of_other_units()
    {
        Assert.That(Single("day", new Date64Array.Builder().Append(new DateTime(2024, 2, 29)).Build()).Day, Is.EqualTo(new DateOnly(2024, 2, 29)));
        Assert.That(Single("ts", new Date32Array.Builder().Append(new DateTime(2024, 2, 29)).Build()).Ts, Is.EqualTo(new DateTime(2024, 2, 29)));
        Assert.That(Single("clock", new Time32Array.Builder(TimeUnit.Second).Append(3661).Build()).Clock, Is.EqualTo(new TimeOnly(1, 1, 1)));
        Assert.That(Single("span", new DurationArray.Builder(DurationType.Millisecond).Append(1500).Build()).Span, Is.EqualTo(TimeSpan.FromSeconds(1.5)));
        Assert.Throws<RowFormatException>(() => Single("ts", new TimestampArray(
            new TimestampType(TimeUnit.Second, "UTC"), new ArrowBuffer.Builder<long>().Append(long.MaxValue).Build(), ArrowBuffer.Empty, 1, 0, 0)));
    }

    [Test]
    public void Text_as_large_string_view_and_dictionary()
    {
        const string text = "longer than twelve bytes, so not inline";
        Assert.That(Single("txt", new LargeStringArray.Builder().Append(text).Build()).Txt, Is.EqualTo(text));
        Assert.That(Single("txt", new StringViewArray.Builder().Append(text).Build()).Txt, Is.EqualTo(text));
        StringArray words = new StringArray.Builder().Append("a").AppendNull().Append("c").Build();
        var dictionary = new DictionaryArray(
            new DictionaryType(Int16Type.Default, StringType.Default, false), new Int16Array.Builder().Append(2).Append(1).AppendNull().Append(0).Build(), words);
        Assert.That(Rows<Everything>(Batch(("txt", dictionary))).Select(r => r.Txt), Is.EqualTo(new[] { "c", null, null, "a" }));
    }

    [Test]
    public void Dictionary_indexes_without_a_sign()
    {
        var words = new StringArray.Builder();
        var small = new UInt8Array.Builder();
        var wide = new UInt16Array.Builder();
        for (int i = 0; i < 40_000; i++)
        {
            words.Append($"w{i}");
            wide.Append((ushort)i);
        }

        for (int i = 0; i < 200; i++)
        {
            small.Append((byte)i);
        }

        StringArray dictionary = words.Build();
        Assert.That(
            Rows<Everything>(Batch(("txt", new DictionaryArray(new DictionaryType(UInt8Type.Default, StringType.Default, false), small.Build(), dictionary)))).Select(r => r.Txt),
            Is.EqualTo(Enumerable.Range(0, 200).Select(i => $"w{i}")));
        Assert.That(
            Rows<Everything>(Batch(("txt", new DictionaryArray(new DictionaryType(UInt16Type.Default, StringType.Default, false), wide.Build(), dictionary)))).Select(r => r.Txt),
            Is.EqualTo(Enumerable.Range(0, 40_000).Select(i => $"w{i}")));
    }

    [Test]
    public void Columns_are_found_by_name_and_missing_ones_are_NULL() => Assert.That(
        Rows<Reading>(Batch(
            ("extra", new Int8Array.Builder().Append(0).Build()),
            ("Ts", new TimestampArray.Builder(TimeUnit.Second).Append(DateTimeOffset.UnixEpoch).Build()),
            ("VALUE", new DoubleArray.Builder().Append(1).Build()),
            ("Place", new StringArray.Builder().Append("p").Build()),
            ("sensorId", new Int32Array.Builder().Append(9).Build()))),
        Is.EqualTo(new[] { new Reading(9, "p", 1, DateTime.UnixEpoch, null) }));

    [Test]
    public void What_does_not_fit_is_refused_with_the_column()
    {
        IArrowArray one = new Int64Array.Builder().Append(1).Build();
        Assert.That(Assert.Throws<LaminarException>(() => Rows<Reading>(Batch(("sensor_id", one))))!.Message, Does.Contain("no column place"));
        Assert.That(Assert.Throws<LaminarException>(() => Single("txt", one))!.Message, Does.Contain("Column txt is Text, but the Arrow data has int64"));
        Assert.That(
            Assert.Throws<LaminarException>(() => Rows<Everything>(Batch(("i64", one), ("I64", one))))!.Message, Does.Contain("two columns for i64"));
        Assert.That(
            Assert.Throws<RowFormatException>(() => Rows<Change>(Batch(("id", new Int64Array.Builder().AppendNull().Build()))))!.Message, Does.Contain("NOT NULL"));
    }

    [Test]
    public void A_row_that_does_not_fit_a_batch_is_not_in_it()
    {
        var builder = new ArrowBatchBuilder<Everything>();
        builder.Add(new Everything { B = true, Txt = "first", Amount = 1 });
        Assert.That(
            Assert.Throws<LaminarException>(() => builder.Add(new Everything { B = true, I64 = 7, Txt = "bad", Amount = 0.0000001m }))!.Message,
            Does.Contain("amount").And.Contain("DECIMAL(20, 6)"));
        Assert.Throws<LaminarException>(() => builder.Add(new Everything { Txt = "\udc00" }));
        builder.Add(new Everything { B = false, Txt = "second" });
        using RecordBatch batch = builder.Build();
        Assert.That(Rows<Everything>(batch), Is.EqualTo(new[] { new Everything { B = true, Txt = "first", Amount = 1 }, new Everything { B = false, Txt = "second" } }));
    }

    [Test]
    public void Changes_begin_with_their_kind()
    {
        var builder = new ArrowBatchBuilder<Change>();
        builder.Add(new Change(RowKind.UpdateBefore, 1, "a"));
        using RecordBatch batch = builder.Build();
        Assert.That(batch.Schema.FieldsList.Select(f => f.Name), Is.EqualTo(new[] { "kind", "id", "name" }));
        Assert.That(((StringArray)batch.Column(0)).GetString(0), Is.EqualTo("update_before"));
    }

    [Test]
    public void Arrows_own_reader_reads_what_a_sink_wrote()
    {
        Reading[] rows = [.. Enumerable.Range(0, 70_000).Select(i => new Reading(i, $"p{i % 9}", i, DateTime.UnixEpoch.AddSeconds(i), i % 2 == 0 ? null : "n"))];
        using var folder = new Folder();
        SinkRun.Write(FileSink.Append<Reading>(new FileSinkOptions { Path = folder["a.arrow"] }), rows);
        using FileStream stream = File.OpenRead(folder["a.arrow"]);
        using var reader = new ArrowFileReader(stream);
        long next = 0;
        while (reader.ReadNextRecordBatch() is { } batch)
        {
            foreach (long? id in (Int64Array)batch.Column("sensor_id"))
            {
                Assert.That(id, Is.EqualTo(next++));
            }
        }

        Assert.That(next, Is.EqualTo(rows.Length));
    }
}
