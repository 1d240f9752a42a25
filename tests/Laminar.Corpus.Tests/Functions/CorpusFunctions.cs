#nullable enable
using System;
using System.Globalization;
using System.Linq;
using Laminar;

/// <summary>Functions in C# that cases call. Compiled into the tests, for the interpreter, and as a file of the generated project.</summary>
public static class CorpusFunctions
{
    [StreamFunction]
    public static double Distance(double x, double y) => Math.Sqrt((x * x) + (y * y));

    [StreamFunction("clamp_to")]
    public static long Clamp(long value, long low, long high) => Math.Clamp(value, low, high);

    [StreamFunction]
    public static long? Quotient(long dividend, long divisor) => divisor == 0 ? null : dividend / divisor;

    [StreamFunction]
    public static string Described(string? text, long? number) => (text ?? "none") + ":" + (number?.ToString(CultureInfo.InvariantCulture) ?? "none");

    [StreamFunction]
    public static string Beside(string text, long? number) => text + number?.ToString(CultureInfo.InvariantCulture);

    [StreamFunction]
    public static int Twice(int value) => value * 2;

    [StreamFunction]
    public static long Twice(long value) => value * 2;

    [StreamFunction]
    public static double Twice(double value) => value * 2;

    [StreamFunction]
    public static decimal Twice(decimal value) => value * 2;

    [StreamFunction]
    public static string Twice(string value) => value + value;

    [StreamFunction]
    public static DateTime NextMonth(DateTime time) => time.AddMonths(1);

    [StreamFunction]
    public static DateTimeOffset NextMonth(DateTimeOffset time) => time.AddMonths(1);

    [StreamFunction]
    public static DateOnly? Weekday(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? null : day;

    [StreamFunction]
    public static TimeOnly Noon(TimeOnly time) => time.AddHours(12);

    [StreamFunction]
    public static TimeSpan? Elapsed(DateTime? from, DateTime? to) => to - from;

    [StreamFunction]
    public static byte[] Reversed(byte[] bytes) => bytes.Reverse().ToArray();

    [StreamFunction]
    public static byte[]? Some(byte[]? bytes) => bytes is { Length: > 0 } ? bytes : null;

    [StreamFunction]
    public static Guid Flipped(Guid id) => new(id.ToByteArray().Reverse().ToArray());

    [StreamFunction]
    public static bool Odd(long value) => (value & 1) != 0;

    [StreamFunction]
    public static long Picky(long value) => value == 3 ? throw new FormatException("three is refused") : value;

    [StreamFunction]
    public static string NeverNull(long value) => value == 3 ? null! : "n" + value.ToString(CultureInfo.InvariantCulture);

    [StreamFunction]
    public static int Constant() => 7;
}

/// <summary>A weighted mean; NULL without weight.</summary>
[StreamAggregate]
public struct WeightedMean
{
    private double _sum;
    private double _weights;

    public void Add(double value, double weight)
    {
        _sum += value * weight;
        _weights += weight;
    }

    public void Remove(double value, double weight)
    {
        _sum -= value * weight;
        _weights -= weight;
    }

    public void Merge(in WeightedMean other)
    {
        _sum += other._sum;
        _weights += other._weights;
    }

    public readonly double? Result() => _weights == 0 ? null : _sum / _weights;
}

/// <summary>A sum that refuses 3, behind having counted it.</summary>
[StreamAggregate]
public struct PickySum
{
    private long _sum;

    public void Add(long value)
    {
        _sum += value;
        _ = CorpusFunctions.Picky(value);
    }

    public void Merge(in PickySum other) => _sum += other._sum;

    public readonly long Result() => _sum;
}

/// <summary>Counts rows with NULL and without, never NULL itself; wrong when merged with one that has no rows.</summary>
[StreamAggregate("nulls_and_all")]
public struct NullCount
{
    private long _nulls;
    private long _rows;
    private bool _isUsed;

    public void Add(long? value)
    {
        _rows++;
        _nulls += value is null ? 1 : 0;
        _isUsed = true;
    }

    public void Merge(in NullCount other)
    {
        _rows += other._isUsed ? other._rows : 1000;
        _nulls += other._nulls;
    }

    public readonly string Result() => _nulls.ToString(CultureInfo.InvariantCulture) + "/" + _rows.ToString(CultureInfo.InvariantCulture);
}

/// <summary>First to last instant.</summary>
[StreamAggregate]
public struct TimeSpread
{
    private long _first;
    private long _last;
    private bool _isUsed;

    public void Add(DateTime time)
    {
        _first = _isUsed ? Math.Min(_first, time.Ticks) : time.Ticks;
        _last = _isUsed ? Math.Max(_last, time.Ticks) : time.Ticks;
        _isUsed = true;
    }

    public void Merge(in TimeSpread other)
    {
        Add(new DateTime(other._first, DateTimeKind.Utc));
        Add(new DateTime(other._last, DateTimeKind.Utc));
    }

    public readonly TimeSpan? Result() => _isUsed ? new TimeSpan(_last - _first) : null;
}
