using System.Text;

namespace Laminar.Formats.Tests;

/// <summary>Rows of every type from a seed, extremes and NULLs included. The precision of times is microseconds, which every format keeps.</summary>
public sealed class RandomRows(int seed)
{
    private static readonly string[] Odd =
    [
        string.Empty, " ", "\"", "\"\"", ",", "a,b", "line\nbreak", "cr\r\nlf", "tab\there", "\\", "\u0000\u0001\u001f", "é", "日本語", "😀", "null", "NULL", "true", "1", "'", "\u2028\u2029", "</script>&+",
    ];

    private readonly Random _random = new(seed);

    public Everything[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Next())];

    private Everything Next() => new()
    {
        B = Some(() => _random.Next(2) == 0),
        I8 = Some(() => Pick(sbyte.MinValue, sbyte.MaxValue, (sbyte)_random.Next(-128, 128))),
        I16 = Some(() => Pick(short.MinValue, short.MaxValue, (short)_random.Next(short.MinValue, short.MaxValue))),
        I32 = Some(() => Pick(int.MinValue, int.MaxValue, _random.Next())),
        I64 = Some(() => Pick(long.MinValue, long.MaxValue, 0, -1, _random.NextInt64())),
        U8 = Some(() => Pick(byte.MinValue, byte.MaxValue, (byte)_random.Next(256))),
        U16 = Some(() => Pick(ushort.MinValue, ushort.MaxValue, (ushort)_random.Next(65536))),
        U32 = Some(() => Pick(uint.MinValue, uint.MaxValue, (uint)_random.NextInt64(uint.MaxValue))),
        U64 = Some(() => Pick(ulong.MinValue, ulong.MaxValue, (ulong)_random.NextInt64())),
        F32 = Some(() => Pick(float.MinValue, float.MaxValue, float.Epsilon, 0f, -0f, float.NaN, float.PositiveInfinity, (float)_random.NextDouble(), BitConverter.Int32BitsToSingle(_random.Next() & 0x7F7FFFFF))),
        F64 = Some(() => Pick(
            double.MinValue, double.MaxValue, double.Epsilon, 0.0, -0.0, 0.1, 1e22, 1e23, double.NaN, double.PositiveInfinity, double.NegativeInfinity,
            Math.Round(_random.NextDouble() * 1000, 2), BitConverter.Int64BitsToDouble(_random.NextInt64() & 0x7FEFFFFFFFFFFFFF))),
        Amount = Some(() => Pick(0m, 99999999999999.999999m, -99999999999999.999999m, 0.000001m, 1.50m, Math.Round((decimal)_random.NextDouble() * 1000, 6))),
        Txt = SomeRef(Text),
        Bin = SomeRef(Bytes),
        Uid = Some(Uuid),
        Day = Some(() => Pick(DateOnly.MinValue, DateOnly.MaxValue, new DateOnly(1970, 1, 1), DateOnly.FromDayNumber(_random.Next(DateOnly.MaxValue.DayNumber)))),
        Clock = Some(() => Pick(TimeOnly.MinValue, new TimeOnly(23, 59, 59, 999, 999), new TimeOnly(_random.NextInt64(TimeSpan.TicksPerDay / 10) * 10))),
        Ts = Some(Instant),
        Tz = Some(() => new DateTimeOffset(Instant())),
        Span = Some(() => Pick(TimeSpan.Zero, TimeSpan.FromDays(-3), TimeSpan.FromMicroseconds(-1), new TimeSpan(_random.NextInt64(-TimeSpan.TicksPerDay, 100 * TimeSpan.TicksPerDay) / 10 * 10))),
    };

    private static T Keep<T>(T value) => value;

    private DateTime Instant() => Pick(
        DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc),
        new DateTime(9999, 12, 31, 23, 59, 59, 999, 999, DateTimeKind.Utc),
        DateTime.UnixEpoch,
        DateTime.UnixEpoch.AddMicroseconds(-1),
        new DateTime(_random.NextInt64(DateTime.MaxValue.Ticks) / 10 * 10, DateTimeKind.Utc));

    private Guid Uuid()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return Keep(new Guid(bytes));
    }

    private byte[] Bytes()
    {
        var bytes = new byte[_random.Next(40)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private string Text()
    {
        var text = new StringBuilder();
        for (int i = _random.Next(4); i >= 0; i--)
        {
            text.Append(_random.Next(3) == 0 ? Odd[_random.Next(Odd.Length)] : _random.Next(1000).ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    private T Pick<T>(params T[] values) => values[_random.Next(values.Length)];

    private T? Some<T>(Func<T> make)
        where T : struct => _random.Next(5) == 0 ? null : make();

    private T? SomeRef<T>(Func<T> make)
        where T : class => _random.Next(5) == 0 ? null : make();
}
