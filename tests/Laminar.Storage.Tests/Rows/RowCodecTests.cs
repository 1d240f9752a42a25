using System.Text;
using Laminar.Functions;
using Laminar.State;

namespace Laminar.Storage.Tests.Rows;

/// <summary>Rows as bytes and back.</summary>
[NonParallelizable]
public sealed class RowCodecTests
{
    [Test]
    public void The_bytes_of_a_small_batch()
    {
        var buffer = new RowBuffer();
        Encode<PairRow>([new PairRow(-3, "é"), new PairRow(64, null)], buffer);
        uint hash = Crc32CTests.Bitwise(Encoding.UTF8.GetBytes("id:4!;name:12?;"));
        string expected = "01" + Convert.ToHexString(BitConverter.GetBytes(hash)) + "02" // version, columns, rows
            + "00" + "05" + "04C3A9" // no NULL; zigzag of -3; two bytes of UTF-8
            + "01" + "8001"; // the name is NULL; zigzag of 64
        Assert.That(Convert.ToHexString(buffer.Written), Is.EqualTo(expected));
    }

    [Test]
    public void Random_rows_come_back_in_any_order_of_reading()
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        IReadOnlyList<int> inOrder = WideRow.ReadOrder;
        var buffer = new RowBuffer();
        try
        {
            for (int round = 0; round < 200; round++)
            {
                WideRow.ReadOrder = round % 2 == 0 ? inOrder : inOrder.OrderBy(_ => random.Next()).ToArray();
                WideRow[] rows = Enumerable.Range(0, random.Next(20)).Select(_ => RandomRow(random)).ToArray();
                buffer.Clear();
                Encode<WideRow>(rows, buffer);
                Assert.That(RowCodec.Count<WideRow>(buffer.Written), Is.EqualTo(rows.Length));
                var decoded = new WideRow[rows.Length];
                Assert.That(RowCodec.Decode(buffer.Written, decoded.AsSpan()), Is.EqualTo(rows.Length));
                for (int i = 0; i < rows.Length; i++)
                {
                    Assert.That(decoded[i].Values, Is.EqualTo(rows[i].Values));
                }
            }
        }
        finally
        {
            WideRow.ReadOrder = inOrder;
        }
    }

    [Test]
    public void Text_that_is_no_UTF_16_comes_back_as_it_was()
    {
        foreach (string text in new[] { "", "a", "\uD800", "x\uDC00y", new string('\uD800', 100), new string('漢', 21), new string('a', 22), new string('漢', 100_000), "😀" })
        {
            var buffer = new RowBuffer();
            Encode<PairRow>([new PairRow(1, text)], buffer);
            var row = new PairRow[1];
            RowCodec.Decode(buffer.Written, row.AsSpan());
            Assert.That(string.Equals(row[0].Name, text, StringComparison.Ordinal), Is.True);
        }
    }

    [Test]
    public void Local_time_becomes_UTC_and_offsets_stay()
    {
        object?[] values = RandomRow(new Random(1)).Values;
        var local = new DateTime(2024, 7, 1, 12, 0, 0, DateTimeKind.Local);
        var offset = new DateTimeOffset(2024, 7, 1, 12, 0, 0, TimeSpan.FromMinutes(-570));
        values[(int)ColumnType.Timestamp] = local;
        values[(int)ColumnType.TimestampTz] = offset;
        var buffer = new RowBuffer();
        Encode<WideRow>([new WideRow(values)], buffer);
        var rows = new WideRow[1];
        RowCodec.Decode(buffer.Written, rows.AsSpan());
        Assert.That(rows[0].Values[(int)ColumnType.Timestamp], Is.EqualTo(local.ToUniversalTime()));
        Assert.That(((DateTime)rows[0].Values[(int)ColumnType.Timestamp]!).Kind, Is.EqualTo(DateTimeKind.Utc));
        var back = (DateTimeOffset)rows[0].Values[(int)ColumnType.TimestampTz]!;
        Assert.That((back, back.Offset), Is.EqualTo((offset, offset.Offset)));
    }

    [Test]
    public void Other_columns_other_versions_and_cut_batches_are_refused()
    {
        var buffer = new RowBuffer();
        Encode<PairRow>([new PairRow(1, "one"), new PairRow(2, null)], buffer);
        byte[] batch = buffer.Written.ToArray();
        Assert.That(() => RowCodec.Decode<WideRow>(batch, new WideRow[2]), Throws.InstanceOf<RowFormatException>().With.Message.Contain("other columns"));
        for (int length = 0; length < batch.Length; length++)
        {
            Assert.That(() => RowCodec.Decode<PairRow>(batch.AsSpan(0, length), new PairRow[2]), Throws.InstanceOf<RowFormatException>(), $"length {length}");
        }

        Assert.That(() => RowCodec.Decode<PairRow>([.. batch, 0], new PairRow[2]), Throws.InstanceOf<RowFormatException>());
        batch[0] = 2;
        Assert.That(() => RowCodec.Count<PairRow>(batch), Throws.InstanceOf<RowFormatException>().With.Message.Contain("format 2"));
    }

    [Test]
    public void Garbage_is_refused_or_read_but_never_anything_else()
    {
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var buffer = new RowBuffer();
        Encode<WideRow>([RandomRow(random), RandomRow(random)], buffer);
        byte[] batch = buffer.Written.ToArray();
        int refused = 0;
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = batch.ToArray();
            bytes[5 + random.Next(bytes.Length - 5)] = (byte)random.Next(256);
            try
            {
                RowCodec.Decode<WideRow>(bytes, new WideRow[RowCodec.Count<WideRow>(bytes)]);
            }
            catch (RowFormatException)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.GreaterThan(100));
    }

    private static WideRow RandomRow(Random random)
    {
        object?[] values = new object?[WideRow.Schema.Columns.Count];
        for (int i = 0; i < values.Length; i++)
        {
            RowColumn column = WideRow.Schema.Columns[i];
            values[i] = column.Nullable && random.Next(3) == 0 ? null : RandomValue(random, column.Type);
        }

        return new WideRow(values);
    }

    private static object RandomValue(Random random, ColumnType type)
    {
        // Extremes come often: every width of the variable-length numbers is met.
        long number = random.Next(4) switch
        {
            0 => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64),
            1 => random.Next(3) - 1,
            2 => long.MinValue,
            _ => long.MaxValue,
        };
        long ticks = random.Next(5) == 0 ? DateTime.MaxValue.Ticks : random.NextInt64(DateTime.MaxValue.Ticks);
        byte[] bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return type switch
        {
            ColumnType.Boolean => random.Next(2) == 0,
            ColumnType.Int8 => (sbyte)number,
            ColumnType.Int16 => (short)number,
            ColumnType.Int32 => (int)number,
            ColumnType.Int64 => number,
            ColumnType.UInt8 => (byte)number,
            ColumnType.UInt16 => (ushort)number,
            ColumnType.UInt32 => (uint)number,
            ColumnType.UInt64 => (ulong)number,
            ColumnType.Float32 => BitConverter.Int32BitsToSingle((int)number),
            ColumnType.Float64 => BitConverter.Int64BitsToDouble(number),
            ColumnType.Decimal => new decimal((int)number, (int)(number >> 32), random.Next(), random.Next(2) == 0, (byte)random.Next(29)),
            ColumnType.Text => Encoding.Latin1.GetString(bytes),
            ColumnType.Bytes => bytes,
            ColumnType.Uuid => Guid.NewGuid(),
            ColumnType.Date => DateOnly.FromDayNumber((int)(ticks / TimeSpan.TicksPerDay)),
            ColumnType.Time => new TimeOnly(ticks % TimeSpan.TicksPerDay),
            ColumnType.Timestamp => new DateTime(ticks, DateTimeKind.Utc),
            ColumnType.TimestampTz => new DateTimeOffset(TimeSpan.TicksPerDay + (ticks / 2), TimeSpan.FromMinutes(random.Next(-840, 841))),
            ColumnType.Json => $"[{number}]",
            ColumnType.Array => Enumerable.Range(0, random.Next(4)).Select(i => i == 2 ? null : (object?)(number >> i)).ToArray(),
            ColumnType.Map => SqlMap.Of(Enumerable.Range(0, random.Next(4)).Select(i => ((object?)$"k{i}", i == 1 ? null : RandomValue(random, ColumnType.Row)))),
            ColumnType.Row => new object?[] { (int)(ticks / TimeSpan.TicksPerDay), random.Next(2) == 0 ? null : ticks, random.Next(2) == 0 ? null : new object?[] { "a", "b" } },
            _ => new TimeSpan(number),
        };
    }

    [Test]
    public void A_batch_ends_behind_the_row_that_fills_it_and_before_one_that_is_too_much()
    {
        // A head of 5 bytes, the number of rows in one byte; then per row its NULL byte, its id, the length of its text in 2 bytes, its text.
        var rows = new PairRow[] { new(1, new string('a', 100)), new(2, new string('b', 100)), new(3, new string('c', 100)) };
        Assert.That(Bounded(rows, enough: 1000, most: 1000), Is.EqualTo((3, 6 + (3 * 104))));
        Assert.That(Bounded(rows, enough: 6 + 208, most: 1000), Is.EqualTo((2, 6 + 208)));
        Assert.That(Bounded(rows, enough: 6 + 209, most: 1000), Is.EqualTo((3, 6 + 312)));
        Assert.That(Bounded(rows, enough: 1, most: 1000), Is.EqualTo((1, 6 + 104)));
        Assert.That(Bounded(rows, enough: 1000, most: 6 + 311), Is.EqualTo((2, 6 + 208)));
        Assert.That(Bounded(rows, enough: 1000, most: 6 + 104), Is.EqualTo((1, 6 + 104)));

        // The count stays as wide as that of all rows: here two bytes for 200 of them.
        PairRow[] many = Enumerable.Range(0, 200).Select(i => new PairRow(i % 60, null)).ToArray();
        Assert.That(Bounded(many, enough: 7 + 300, most: 1000), Is.EqualTo((150, 7 + 300)));
        Assert.That(Bounded(many, enough: 7 + 10, most: 1000), Is.EqualTo((5, 7 + 10)));
    }

    [Test]
    public void A_row_that_cannot_be_encoded_ends_the_batch_before_it_and_is_named_when_it_is_the_first()
    {
        var buffer = new RowBuffer();
        PairRow[] rows = [new PairRow(1, "one"), new PairRow(2, new string('x', 500)), new PairRow(3, "three")];
        Assert.That(RowCodec.Encode<PairRow>(rows, buffer, 1000, 100, out LaminarException? error), Is.EqualTo(1));
        Assert.That(error, Is.Null);
        Assert.That(RowCodec.Count<PairRow>(buffer.Written), Is.EqualTo(1));
        int before = buffer.Length;
        Assert.That(RowCodec.Encode<PairRow>(rows.AsSpan(1), buffer, 1000, 100, out error), Is.Zero);
        Assert.That(error!.Message, Does.Contain("504 bytes").And.Contains("94"));
        Assert.That(buffer.Length, Is.EqualTo(before));

        Assert.That(RowCodec.Encode<StrictRow>([new StrictRow(null!)], buffer, 1000, 100, out error), Is.Zero);
        Assert.That(error, Is.InstanceOf<RowFormatException>().With.Message.EqualTo("Column name is NOT NULL, but the row holds null."));
        Assert.That(RowCodec.Encode<StrictRow>([new StrictRow("a"), new StrictRow(null!)], buffer, 1000, 100, out error), Is.EqualTo(1));
    }

    private static (int Rows, int Bytes) Bounded(PairRow[] rows, int enough, int most)
    {
        var buffer = new RowBuffer();
        int count = RowCodec.Encode<PairRow>(rows, buffer, enough, most, out LaminarException? error);
        Assert.That(error, Is.Null);
        var decoded = new PairRow[count];
        Assert.That(RowCodec.Decode(buffer.Written, decoded.AsSpan()), Is.EqualTo(count));
        Assert.That(decoded, Is.EqualTo(rows[..count]));
        return (count, buffer.Length);
    }

    private static void Encode<TRow>(ReadOnlySpan<TRow> rows, RowBuffer buffer)
        where TRow : IStreamRow<TRow>
    {
        Assert.That(RowCodec.Encode(rows, buffer, int.MaxValue, int.MaxValue, out LaminarException? error), Is.EqualTo(rows.Length));
        Assert.That(error, Is.Null);
    }

    /// <summary>A row whose only column may not be NULL.</summary>
    private readonly record struct StrictRow(string Name) : IStreamRow<StrictRow>
    {
        public static RowSchema Schema { get; } = new("strict", new RowColumn("name", ColumnType.Text, false));

        public static StrictRow Read<TReader>(ref TReader reader)
            where TReader : IRowReader, allows ref struct => new(reader.GetText(0));

        public static void Write<TWriter>(in StrictRow row, ref TWriter writer)
            where TWriter : IRowWriter, allows ref struct => writer.WriteText(0, row.Name);
    }
}
