using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests.Queries;

/// <summary>
/// Rows of an Arrow batch that can't be read follow the error policy one by one; the others give what they give when pushed as rows, and
/// watermarks know nothing of the bad ones.
/// </summary>
public sealed class ArrowErrorTests
{
    /// <summary>Batches of the test's rows in which some rows are spoiled, in one column or several.</summary>
    private const string Spoiled = """
        [StreamSource("events", Watermark = "seen - INTERVAL '2' SECOND")]
        public readonly partial record struct Event(
            long Id, int Small, double Price, DateTime Ts, DateTime Seen, string Name, decimal Fee, DateOnly Day, TimeOnly Clock, TimeSpan Took, Guid Tag, bool Flag, byte[] Raw, long? Extra);

        public static class Batches
        {
            public static Event[] Input(int rows) => Enumerable.Range(0, rows).Select(i => new Event(
                i, i % 50, i * 0.5, Rows.Day.AddSeconds(i + (i % 3 * 2)), Rows.Day.AddSeconds(i * 1.5), "n" + (i % 4), i * 0.25m, new DateOnly(2024, 1, 1 + (i % 20)),
                new TimeOnly(i % 24, 0), TimeSpan.FromSeconds(i), new Guid(i, 0, 0, new byte[8]), i % 2 == 0, new byte[] { (byte)i }, i % 5 == 0 ? null : i)).ToArray();

            static Batches() => CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

            /// Columns that have to be converted (other widths and units), or that lie as they are read.
            public static Apache.Arrow.RecordBatch Build(Event[] rows, int offset, string[] spoiled, bool converted)
            {
                bool Is(int row, string column) => Array.IndexOf(spoiled, (row + offset) + " " + column) >= 0;
                bool Null(int row, string column) => Is(row, column + " null");
                bool Range(int row, string column) => Is(row, column + " range");
                var id = new Apache.Arrow.Int64Array.Builder();
                var idNarrow = new Apache.Arrow.UInt64Array.Builder();
                var small = new Apache.Arrow.Int64Array.Builder();
                var smallExact = new Apache.Arrow.Int32Array.Builder();
                var price = new Apache.Arrow.DoubleArray.Builder();
                var priceNarrow = new Apache.Arrow.FloatArray.Builder();
                var ts = new List<long?>();
                var seen = new List<long?>();
                var name = new Apache.Arrow.StringArray.Builder();
                var fee = new Apache.Arrow.Decimal128Array.Builder(new Apache.Arrow.Types.Decimal128Type(38, 2));
                var day = new List<int?>();
                var clock = new List<long?>();
                var took = new List<long?>();
                var tag = new Apache.Arrow.StringArray.Builder();
                var flag = new Apache.Arrow.BooleanArray.Builder();
                var raw = new Apache.Arrow.BinaryArray.Builder();
                var extra = new Apache.Arrow.UInt64Array.Builder();
                for (int i = 0; i < rows.Length; i++)
                {
                    Event row = rows[i];
                    if (Null(i, "id")) { id.AppendNull(); idNarrow.AppendNull(); }
                    else { id.Append(row.Id); idNarrow.Append(Range(i, "id") ? ulong.MaxValue : (ulong)row.Id); }
                    if (Null(i, "small")) { small.AppendNull(); smallExact.AppendNull(); }
                    else { small.Append(Range(i, "small") ? 1L << 40 : row.Small); smallExact.Append(row.Small); }
                    if (Null(i, "price")) { price.AppendNull(); priceNarrow.AppendNull(); }
                    else { price.Append(row.Price); priceNarrow.Append((float)row.Price); }
                    long unit = converted ? 10_000 : 10;
                    ts.Add(Null(i, "ts") ? null : Range(i, "ts") ? long.MaxValue : (row.Ts - DateTime.UnixEpoch).Ticks / unit);
                    seen.Add(Null(i, "seen") ? null : Range(i, "seen") ? long.MaxValue / 2 : (row.Seen - DateTime.UnixEpoch).Ticks / unit);
                    if (Null(i, "name")) name.AppendNull(); else name.Append(row.Name);
                    if (Null(i, "fee")) fee.AppendNull(); else if (Range(i, "fee")) fee.Append(System.Data.SqlTypes.SqlDecimal.Parse("123456789012345678901234567890123456.78")); else fee.Append(row.Fee);
                    day.Add(Null(i, "day") ? null : Range(i, "day") ? int.MaxValue : row.Day.DayNumber - 719162);
                    clock.Add(Null(i, "clock") ? null : Range(i, "clock") ? 86_400_000_000 : row.Clock.Ticks / 10);
                    took.Add(Null(i, "took") ? null : Range(i, "took") ? long.MaxValue : row.Took.Ticks / 10);
                    if (Null(i, "tag")) tag.AppendNull(); else tag.Append(Range(i, "tag") ? "none" : row.Tag.ToString());
                    if (Null(i, "flag")) flag.AppendNull(); else flag.Append(row.Flag);
                    if (Null(i, "raw")) raw.AppendNull(); else raw.Append((IEnumerable<byte>)row.Raw);
                    if (Range(i, "extra")) extra.Append(ulong.MaxValue); else if (row.Extra is { } e) extra.Append((ulong)e); else extra.AppendNull();
                }

                var time = new Apache.Arrow.Types.TimestampType(converted ? Apache.Arrow.Types.TimeUnit.Millisecond : Apache.Arrow.Types.TimeUnit.Microsecond, "UTC");
                return new Apache.Arrow.RecordBatch.Builder()
                    .Append("id", true, converted ? (Apache.Arrow.IArrowArray)idNarrow.Build() : id.Build())
                    .Append("small", true, converted ? (Apache.Arrow.IArrowArray)small.Build() : smallExact.Build())
                    .Append("price", true, converted ? (Apache.Arrow.IArrowArray)priceNarrow.Build() : price.Build())
                    .Append("ts", true, Raw<long>(time, ts))
                    .Append("seen", true, Raw<long>(time, seen))
                    .Append("name", true, name.Build())
                    .Append("fee", true, fee.Build())
                    .Append("day", true, Raw<int>(Apache.Arrow.Types.Date32Type.Default, day))
                    .Append("clock", true, Raw<long>(new Apache.Arrow.Types.Time64Type(Apache.Arrow.Types.TimeUnit.Microsecond), clock))
                    .Append("took", true, Raw<long>(Apache.Arrow.Types.DurationType.Microsecond, took))
                    .Append("tag", true, tag.Build())
                    .Append("flag", true, flag.Build())
                    .Append("raw", true, raw.Build())
                    .Append("extra", true, extra.Build())
                    .Build();
            }

            private static Apache.Arrow.IArrowArray Raw<T>(Apache.Arrow.Types.IArrowType type, List<T?> values)
                where T : unmanaged
            {
                var validity = new Apache.Arrow.ArrowBuffer.BitmapBuilder();
                var data = new Apache.Arrow.ArrowBuffer.Builder<T>();
                values.ForEach(v => { validity.Append(v.HasValue); data.Append(v.GetValueOrDefault()); });
                return Apache.Arrow.ArrowArrayFactory.BuildArray(new Apache.Arrow.ArrayData(
                    type, values.Count, values.Count(v => v is null), 0, new[] { validity.Build(), data.Build() }));
            }

            /// The good rows alone, as rows; with the number of bad ones that a batch would have.
            public static string[] Expected(int rows, int[] bad)
            {
                var output = new List<string>();
                using var query = Q.Create(row => output.Add(Rows.Text(row)));
                foreach (Event row in Input(rows).Where(r => Array.IndexOf(bad, (int)r.Id) < 0)) query.Push(row);
                query.Complete();
                output.Add("late " + query.Statistics.LateRows + ", out " + query.Statistics.RowsOut + ", errors " + bad.Length);
                return output.ToArray();
            }

            public static string[] Run(int rows, string[] spoiled, int cut, bool converted, List<string> errors)
            {
                var output = new List<string>();
                using var query = Q.Create(row => output.Add(Rows.Text(row)));
                query.OnError = e => { errors.Add(e.Row + ": " + e.InnerException!.Message); return true; };
                Event[] input = Input(rows);
                for (int i = 0; i < rows; i += cut)
                {
                    using var batch = Build(input.AsSpan(i, Math.Min(cut, rows - i)).ToArray(), i, spoiled, converted);
                    query.Push(batch);
                }

                query.Complete();
                output.Add("late " + query.Statistics.LateRows + ", out " + query.Statistics.RowsOut + ", errors " + query.Statistics.ErrorRows);
                return output.ToArray();
            }

            public static string Failing(int rows, string[] spoiled)
            {
                int seen = 0;
                using var query = Q.Create(_ => seen++);
                using var batch = Build(Input(rows), 0, spoiled, true);
                try { query.Push(batch); } catch (StreamRowException e) { return seen + " rows, then " + e.Message; }
                return "";
            }
        }

        """;

    private static readonly string[] Columns = ["id", "small", "price", "ts", "seen", "name", "fee", "day", "clock", "took", "tag", "flag", "raw", "extra"];

    private static readonly string[] WithRange = ["id", "small", "ts", "seen", "fee", "day", "clock", "took", "tag", "extra"];

    private static UserAssembly Compile(string sql) =>
        new UserProject(QueryRun.Sources + Spoiled + $"[StreamQuery(\"\"\"{sql}\"\"\")] public sealed partial class Q;").Load();

    private const string All = "SELECT id, small, price, ts, seen, name, fee, day, clock, took, tag, flag, OCTET_LENGTH(raw) AS bytes, extra FROM events";

    [TestCase(All)]
    [TestCase("SELECT id, name FROM events WHERE id % 3 = 0")]
    [TestCase("SELECT name, window_start, COUNT(*) AS n, SUM(small) AS s, SUM(fee) AS f, MAX(extra) AS x, MIN(day) AS d, FIRST_VALUE(flag) AS fl, MAX(took) AS t, LAST_VALUE(tag) AS g, MAX(clock) AS c, SUM(price) AS p, MAX(id) AS i, MIN(OCTET_LENGTH(raw)) AS r FROM events GROUP BY name, TUMBLE(seen, INTERVAL '10' SECOND)")]
    [TestCase("SELECT day, window_start, COUNT(*) AS n, SUM(id) AS s FROM events GROUP BY day, HOP(seen, INTERVAL '5' SECOND, INTERVAL '10' SECOND)")]
    [TestCase("SELECT window_start, COUNT(*) AS n, SUM(id) AS s FROM events GROUP BY TUMBLE(seen, INTERVAL '10' SECOND) EMIT CHANGES")]
    [TestCase("SELECT id, ts, window_end FROM TABLE(HOP(TABLE events, DESCRIPTOR(seen), INTERVAL '5' SECOND, INTERVAL '10' SECOND)) WHERE flag")]
    public void Skipped_rows_leave_what_the_others_give(string sql)
    {
        using UserAssembly user = Compile(sql);
        bool Reads(string column) => System.Text.RegularExpressions.Regex.IsMatch(sql, $@"\b{column}\b");
        int[][] places = [[0], [20], [99], [0, 1, 2], [40, 41, 42, 43, 63, 64, 65], [97, 98, 99], [.. Enumerable.Range(0, 100)], [.. Enumerable.Range(0, 50).Select(i => i * 2)]];
        int seed = Environment.TickCount;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        foreach (int[] rows in places)
        {
            for (int i = 0; i < 8; i++)
            {
                // One column or two per bad row; a column without a range in a NOT NULL column can only be NULL, "extra" only out of range.
                bool converted = random.Next(2) == 0;
                string Spoil(int row)
                {
                    string column;
                    do
                    {
                        column = Columns[random.Next(Columns.Length)];
                    }
                    while (!Reads(column));
                    bool range = column == "extra" || (Array.IndexOf(WithRange, column) >= 0 && random.Next(2) == 0 && (converted || column is not ("id" or "small")));
                    return $"{row} {column} {(range ? "range" : "null")}";
                }

                string[] spoiled = [.. rows.SelectMany(row => random.Next(3) == 0 ? new[] { Spoil(row), Spoil(row) } : [Spoil(row)])];
                string[] expected = user.Call<string[]>("Batches", "Expected", 100, rows);
                foreach (int cut in new[] { 1, 7, 100 })
                {
                    var errors = new List<string>();
                    Assert.That(user.Call<string[]>("Batches", "Run", 100, spoiled, cut, converted, errors), Is.EqualTo(expected), $"{string.Join(", ", spoiled)}; cut {cut}, converted {converted}");
                    Assert.That(errors.Select(e => e.Split(' ')[0]), Is.EqualTo(rows.Select(r => $"{r % cut}")), "each bad row is told once, in order");
                    Assert.That(errors.Select(e => e.Split(": Column ")[1].Split(':')[0]).Zip(rows, (c, r) => spoiled.Any(s => s.StartsWith($"{r} {c} ", StringComparison.Ordinal))), Is.All.True);
                }
            }
        }
    }

    [Test]
    public void A_row_that_fails_is_named_with_its_column()
    {
        using UserAssembly user = Compile(All);
        string Message(params string[] spoiled) => user.Call<string>("Batches", "Failing", 10, spoiled);
        Assert.That(Message("3 price null"), Is.EqualTo("3 rows, then Query Q failed on the row 3 of an Arrow batch: Column price: NULL in a NOT NULL column"));
        Assert.That(Message("5 name null", "4 small range"), Is.EqualTo("4 rows, then Query Q failed on the row 4 of an Arrow batch: Column small: 1099511627776 is out of range"));
        Assert.That(Message("0 ts range"), Is.EqualTo("0 rows, then Query Q failed on the row 0 of an Arrow batch: Column ts: 9223372036854775807 is out of range"));
        Assert.That(Message("9 tag range", "9 fee range"), Is.EqualTo("9 rows, then Query Q failed on the row 9 of an Arrow batch: Column fee: the DECIMAL has more than 28 digits"));
    }

    private const string Texts = """
        [StreamSource("texts", Watermark = "ts")]
        public readonly partial record struct Text(long Id, string Name, DateTime Ts);

        public static class Batches
        {
            /// Names with a byte that UTF-8 doesn't have in some rows, or of a dictionary whose last entry is NULL.
            public static Apache.Arrow.RecordBatch Build(bool dictionary)
            {
                var names = new Apache.Arrow.BinaryArray.Builder();
                var entries = new Apache.Arrow.StringArray.Builder().Append("a").Append("b").AppendNull();
                var indexes = new Apache.Arrow.UInt8Array.Builder();
                for (int i = 0; i < 10; i++)
                {
                    bool isBad = i is 2 or 3 or 9;
                    names.Append(isBad ? new byte[] { 0x61, 0xFF } : new[] { (byte)"ab"[i % 2] });
                    indexes.Append(isBad ? (byte)2 : (byte)(i % 2));
                }

                Apache.Arrow.ArrayData raw = names.Build().Data;
                Apache.Arrow.IArrowArray column = dictionary
                    ? new Apache.Arrow.DictionaryArray(new Apache.Arrow.Types.DictionaryType(Apache.Arrow.Types.UInt8Type.Default, Apache.Arrow.Types.StringType.Default, false), indexes.Build(), entries.Build())
                    : new Apache.Arrow.StringArray(new Apache.Arrow.ArrayData(Apache.Arrow.Types.StringType.Default, 10, 0, 0, raw.Buffers));
                return new Apache.Arrow.RecordBatch.Builder()
                    .Append("id", false, new Apache.Arrow.Int64Array.Builder().AppendRange(Enumerable.Range(0, 10).Select(i => (long)i)).Build())
                    .Append("name", true, column)
                    .Append("ts", false, new Apache.Arrow.TimestampArray.Builder(Apache.Arrow.Types.TimeUnit.Microsecond).AppendRange(Enumerable.Range(0, 10).Select(i => (DateTimeOffset)Rows.Day.AddSeconds(i))).Build())
                    .Build();
            }

            public static string Run(bool dictionary)
            {
                CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
                var output = new List<string>();
                using var query = Q.Create(row => output.Add(Rows.Text(row)));
                query.OnError = e => { output.Add(e.Row.Split(' ')[0] + " " + e.InnerException!.Message); return true; };
                using var batch = Build(dictionary);
                query.Push(batch);
                query.Complete();
                output.Add("out " + query.Statistics.RowsOut + ", errors " + query.Statistics.ErrorRows);
                return string.Join("; ", output);
            }

            public static string Refusing()
            {
                using var query = Q.Create(row => throw new OverflowException("the sink's own"));
                query.OnError = _ => true;
                using var batch = Build(false);
                try { query.Push(batch); } catch (OverflowException e) { return e.Message; }
                return "";
            }
        }

        """;

    private const string NotUtf8 = "Column name: the text is not UTF-8";
    private const string Null = "Column name: NULL in a NOT NULL column";

    /// <summary>What shows only when a value is read follows the policy too, in loops that can't fail otherwise.</summary>
    [TestCase("SELECT id FROM texts WHERE name = 'a'", "Row {{ Id = 0 }}; 2 {0}; 3 {0}; Row {{ Id = 4 }}; Row {{ Id = 6 }}; Row {{ Id = 8 }}; 9 {0}; out 4, errors 3")]
    [TestCase("SELECT id, name FROM texts WHERE id % 2 = 1", "Row {{ Id = 1, Name = b }}; 3 {0}; Row {{ Id = 5, Name = b }}; Row {{ Id = 7, Name = b }}; 9 {0}; out 3, errors 2")]
    [TestCase(
        "SELECT name FROM texts",
        "Row {{ Name = a }}; Row {{ Name = b }}; 2 {0}; 3 {0}; Row {{ Name = a }}; Row {{ Name = b }}; Row {{ Name = a }}; Row {{ Name = b }}; Row {{ Name = a }}; 9 {0}; out 7, errors 3")]
    [TestCase("SELECT COUNT(*) AS n, LAST_VALUE(name) AS l, SUM(id) AS s FROM texts GROUP BY TUMBLE(ts, INTERVAL '1' HOUR)", "2 {0}; 3 {0}; 9 {0}; Row {{ N = 7, L = a, S = 31 }}; out 1, errors 3")]
    [TestCase("SELECT name, COUNT(*) AS n FROM texts GROUP BY name, TUMBLE(ts, INTERVAL '1' HOUR)", "2 {0}; 3 {0}; 9 {0}; Row {{ Name = a, N = 4 }}; Row {{ Name = b, N = 3 }}; out 2, errors 3")]
    public void Text_that_shows_to_be_bad_when_it_is_read(string sql, string expected)
    {
        using UserAssembly user = new UserProject(QueryRun.Sources + Texts + $"[StreamQuery(\"\"\"{sql}\"\"\")] public sealed partial class Q;").Load();
        Assert.That(user.Call<string>("Batches", "Run", false), Is.EqualTo(string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, NotUtf8)));
        string ofNull = string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, Null);
        if (sql.Contains("% 2", StringComparison.Ordinal))
        {
            // NULL is known before the loop, WHERE or not.
            ofNull = ofNull.Replace($"3 {Null}", $"2 {Null}; 3 {Null}", StringComparison.Ordinal).Replace("errors 2", "errors 3", StringComparison.Ordinal);
        }

        Assert.That(user.Call<string>("Batches", "Run", true), Is.EqualTo(ofNull));
        if (!sql.Contains("COUNT", StringComparison.Ordinal))
        {
            Assert.That(user.Call<string>("Batches", "Refusing"), Is.EqualTo("the sink's own"));
        }
    }
}
