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
