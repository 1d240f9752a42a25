using Laminar.Corpus.Tests.Data;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.Random;

/// <summary>A random source and random rows for it: few distinct values, NULLs, duplicates, disorder within and beyond the watermark.</summary>
internal sealed class RandomSource
{
    private static readonly (string Name, string Type, bool Always)[] Shapes =
    [
        ("k", "VARCHAR", true), ("j", "INT", true), ("b", "BIGINT", true), ("d", "DOUBLE", true), ("x", "DECIMAL(8,2)", false), ("f", "BOOLEAN", false),
        ("r", "REAL", false), ("s", "SMALLINT", false), ("i", "TINYINT", false), ("u", "INT UNSIGNED", false), ("w", "VARCHAR", false), ("a", "DATE", false),
        ("l", "ARRAY<INT>", false), ("m", "MAP<VARCHAR, INT>", false), ("o", "ROW(p INT, q VARCHAR)", false),
    ];

    private static readonly string[] Computed = ["cj BIGINT AS CAST(j AS BIGINT) * 2 - 1", "ck VARCHAR AS COALESCE(k, 'none') || '!'", "cb BOOLEAN AS b > 3"];

    private static readonly string[] Texts = ["", "a", "A", "ab", "b", "Zoë", "😀", "NULL", "a b"];

    /// <summary>Before clocks are put forward and back, a leap day, and the turn of a year before 1970.</summary>
    private static readonly DateTime[] Turns =
    [
        new(2024, 3, 9, 12, 0, 0, DateTimeKind.Utc), new(2024, 10, 26, 6, 0, 0, DateTimeKind.Utc), new(2024, 2, 27, 18, 30, 0, DateTimeKind.Utc), new(1969, 12, 30, 5, 0, 0, DateTimeKind.Utc),
        new(2011, 12, 28, 20, 0, 0, DateTimeKind.Utc),
    ];

    public RandomSource(System.Random random)
    {
        IsMilliseconds = random.Next(5) == 0;
        var columns = Shapes.Where(s => s.Always || random.Next(3) == 0).Select(s => $"{s.Name} {s.Type}{(random.Next(3) == 0 ? " NOT NULL" : string.Empty)}").ToList();
        columns.Insert(random.Next(columns.Count + 1), IsMilliseconds ? "ts BIGINT NOT NULL" : "ts TIMESTAMP NOT NULL");
        columns.AddRange(Computed.Where(_ => random.Next(6) == 0));

        // Now and then time goes so slowly that the calendar matters.
        Pace = random.Next(3) == 0 ? 3600 : 1;
        DelayMilliseconds = random.Next(4) * 1500 * Pace;
        Sql = $"CREATE SOURCE t ({string.Join(", ", columns)}, WATERMARK FOR ts AS ts - INTERVAL '{DelayMilliseconds / 1000.0:0.0##}' SECOND);";
    }

    public string Sql { get; }

    public bool IsMilliseconds { get; }

    /// <summary>How many times slower than seconds.</summary>
    public int Pace { get; }

    private int DelayMilliseconds { get; }

    public StreamData Data(Relation relation, System.Random random, int count)
    {
        DateTime start = Pace > 1 ? Turns[random.Next(Turns.Length)] : random.Next(3) switch
        {
            0 => new DateTime(1969, 12, 31, 23, 59, 50, DateTimeKind.Utc),
            1 => new DateTime(2024, 2, 29, 23, 59, 30, DateTimeKind.Utc),
            _ => new DateTime(2024, 1, 1, 8, 0, 0, DateTimeKind.Utc),
        };
        long now = (start - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond;
        var events = new List<StreamEvent>();
        for (int i = 0; i < count; i++)
        {
            now += random.Next(5) == 0 ? 0 : random.Next(15) * 100 * Pace;
            now += random.Next(60) == 0 ? 120_000L * Pace : 0;
            if (random.Next(50) == 0)
            {
                events.Add(StreamEvent.Progress(Time(now - (random.Next(4000) * Pace), IsMilliseconds)));

                // Whatever the wall clock says, but that it goes on.
                events.Add(StreamEvent.Clock(Time(now, isMilliseconds: false)));
            }

            object?[]? last = events.Count > 0 ? events[^1].Row : null;
            if (last is not null && random.Next(12) == 0)
            {
                events.Add(StreamEvent.Of(last));
                continue;
            }

            long time = now - random.Next(20) switch
            {
                0 => DelayMilliseconds + (random.Next(30_000) * Pace),
                < 6 => random.Next(DelayMilliseconds + 1),
                _ => 0,
            };
            time = random.Next(6) == 0 ? time / (1000 * Pace) * (1000 * Pace) : time;
            events.Add(StreamEvent.Of([.. relation.Columns.Select(c => c.Name == "ts" ? Time(time, IsMilliseconds) : Value(c, random))]));
        }

        return new StreamData(relation, events);
    }

    private static long Time(long milliseconds, bool isMilliseconds) =>
        isMilliseconds ? milliseconds : DateTime.UnixEpoch.Ticks + (milliseconds * TimeSpan.TicksPerMillisecond);

    private static object? Value(RelationColumn column, System.Random random)
    {
        if (column.Nullable && random.Next(6) == 0)
        {
            return null;
        }

        int small = random.Next(-4, 12);
        return column.Type.Kind switch
        {
            SqlTypeKind.Varchar => Texts[random.Next(Texts.Length)],
            SqlTypeKind.TinyInt => (sbyte)small,
            SqlTypeKind.SmallInt => (short)small,
            SqlTypeKind.Int => small,
            SqlTypeKind.BigInt => (long)(random.Next(4) == 0 ? random.Next(-50, 51) : small),
            SqlTypeKind.UInt => (uint)random.Next(9),
            SqlTypeKind.Boolean => random.Next(2) == 0,
            SqlTypeKind.Decimal => random.Next(-2000, 2001) / 100m,
            SqlTypeKind.Real => random.Next(-40, 41) / 4f,
            SqlTypeKind.Double => random.Next(40) switch
            {
                0 => double.NaN,
                1 => -0.0,
                _ => random.Next(-80, 81) / 4.0,
            },
            SqlTypeKind.Array => Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(6) == 0 ? null : (object?)random.Next(4)).ToArray(),
            SqlTypeKind.Map => Map(random),
            SqlTypeKind.Row => new object?[] { random.Next(6) == 0 ? null : random.Next(4), random.Next(6) == 0 ? null : Texts[random.Next(Texts.Length)] },
            SqlTypeKind.Date => new DateOnly(2024, 1, 1).DayNumber + random.Next(-3, 4),
            _ => throw new InvalidOperationException($"No random {column.Type}."),
        };
    }

    private static Laminar.Functions.SqlMap Map(System.Random random)
    {
        string[] keys = [.. Texts.Where(_ => random.Next(5) == 0)];
        return Laminar.Functions.SqlMap.Of(keys.Select(k => ((object?)k, random.Next(5) == 0 ? null : (object?)random.Next(4))));
    }
}
