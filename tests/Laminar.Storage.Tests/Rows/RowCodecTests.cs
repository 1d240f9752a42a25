using System.Text;
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
        RowCodec.Encode<PairRow>([new PairRow(-3, "é"), new PairRow(64, null)], buffer);
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
                RowCodec.Encode<WideRow>(rows, buffer);
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
            RowCodec.Encode<PairRow>([new PairRow(1, text)], buffer);
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
        RowCodec.Encode<WideRow>([new WideRow(values)], buffer);
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
        RowCodec.Encode<PairRow>([new PairRow(1, "one"), new PairRow(2, null)], buffer);
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
        RowCodec.Encode<WideRow>([RandomRow(random), RandomRow(random)], buffer);
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
            _ => new TimeSpan(number),
        };
    }
}
