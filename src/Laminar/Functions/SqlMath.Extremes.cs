namespace Laminar.Functions;

/// <content>
/// GREATEST and LEAST, two values at a time, in SQL's order (text by UTF-8 bytes, NaN above everything). The <c>Known</c> forms leave NULLs
/// out: NULL only when both are.
/// </content>
public static partial class SqlMath
{
    public static bool Greatest(bool a, bool b) => SqlCompare.Compare(a, b) >= 0 ? a : b;

    public static bool Least(bool a, bool b) => SqlCompare.Compare(a, b) <= 0 ? a : b;

    public static bool? GreatestKnown(bool? a, bool? b) => a is { } x ? b is { } y ? Greatest(x, y) : a : b;

    public static bool? LeastKnown(bool? a, bool? b) => a is { } x ? b is { } y ? Least(x, y) : a : b;

    public static sbyte Greatest(sbyte a, sbyte b) => a >= b ? a : b;

    public static sbyte Least(sbyte a, sbyte b) => a <= b ? a : b;

    public static sbyte? GreatestKnown(sbyte? a, sbyte? b) => a is { } x ? b is { } y ? Greatest(x, y) : a : b;

    public static sbyte? LeastKnown(sbyte? a, sbyte? b) => a is { } x ? b is { } y ? Least(x, y) : a : b;

    public static short Greatest(short a, short b) => a >= b ? a : b;

    public static short Least(short a, short b) => a <= b ? a : b;

    public static short? GreatestKnown(short? a, short? b) => a is { } x ? b is { } y ? Greatest(x, y) : a : b;

    public static short? LeastKnown(short? a, short? b) => a is { } x ? b is { } y ? Least(x, y) : a : b;

    public static int Greatest(int a, int b) => a >= b ? a : b;

    public static int Least(int a, int b) => a <= b ? a : b;

    public static int? GreatestKnown(int? a, int? b) => a is { } x ? b is { } y ? Greatest(x, y) : a : b;

    public static int? LeastKnown(int? a, int? b) => a is { } x ? b is { } y ? Least(x, y) : a : b;

    public static long Greatest(long a, long b) => a >= b ? a : b;

    public static long Least(long a, long b) => a <= b ? a : b;

    public static long? GreatestKnown(long? a, long? b) => a is { } x ? b is { } y ? Greatest(x, y) : a : b;

    public static long? LeastKnown(long? a, long? b) => a is { } x ? b is { } y ? Least(x, y) : a : b;

    public static byte Greatest(byte a, byte b) => a >= b ? a : b;

    public static byte Least(byte a, byte b) => a <= b ? a : b;

    public static byte? GreatestKnown(byte? a, byte? b) => a is { } x ? b is { } y ? Greatest(x, y) : a : b;

    public static byte? LeastKnown(byte? a, byte? b) => a is { } x ? b is { } y ? Least(x, y) : a : b;

    public static ushort Greatest(ushort a, ushort b) => a >= b ? a : b;

    public static ushort Least(ushort a, ushort b) => a <= b ? a : b;

    public static ushort? GreatestKnown(ushort? a, ushort? b) => a is { } x ? b is { } y ? Greatest(x, y) : a : b;

    public static ushort? LeastKnown(ushort? a, ushort? b) => a is { } x ? b is { } y ? Least(x, y) : a : b;

    public static uint Greatest(uint a, uint b) => a >= b ? a : b;

    public static uint Least(uint a, uint b) => a <= b ? a : b;

    public static uint? GreatestKnown(uint? a, uint? b) => a is { } x ? b is { } y ? Greatest(x, y) : a : b;

    public static uint? LeastKnown(uint? a, uint? b) => a is { } x ? b is { } y ? Least(x, y) : a : b;

    public static ulong Greatest(ulong a, ulong b) => a >= b ? a : b;

    public static ulong Least(ulong a, ulong b) => a <= b ? a : b;

    public static ulong? GreatestKnown(ulong? a, ulong? b) => a is { } x ? b is { } y ? Greatest(x, y) : a : b;

    public static ulong? LeastKnown(ulong? a, ulong? b) => a is { } x ? b is { } y ? Least(x, y) : a : b;

    public static decimal Greatest(decimal a, decimal b) => a >= b ? a : b;

    public static decimal Least(decimal a, decimal b) => a <= b ? a : b;

    public static decimal? GreatestKnown(decimal? a, decimal? b) => a is { } x ? b is { } y ? Greatest(x, y) : a : b;

    public static decimal? LeastKnown(decimal? a, decimal? b) => a is { } x ? b is { } y ? Least(x, y) : a : b;

    public static float Greatest(float a, float b) => SqlCompare.Compare(a, b) >= 0 ? a : b;

    public static float Least(float a, float b) => SqlCompare.Compare(a, b) <= 0 ? a : b;

    public static float? GreatestKnown(float? a, float? b) => a is { } x ? b is { } y ? Greatest(x, y) : a : b;

    public static float? LeastKnown(float? a, float? b) => a is { } x ? b is { } y ? Least(x, y) : a : b;

    public static double Greatest(double a, double b) => SqlCompare.Compare(a, b) >= 0 ? a : b;

    public static double Least(double a, double b) => SqlCompare.Compare(a, b) <= 0 ? a : b;

    public static double? GreatestKnown(double? a, double? b) => a is { } x ? b is { } y ? Greatest(x, y) : a : b;

    public static double? LeastKnown(double? a, double? b) => a is { } x ? b is { } y ? Least(x, y) : a : b;

    public static string Greatest(string a, string b) => SqlCompare.Compare(a, b) >= 0 ? a : b;

    public static string Least(string a, string b) => SqlCompare.Compare(a, b) <= 0 ? a : b;

    public static string? GreatestKnown(string? a, string? b) => a is null ? b : b is null ? a : Greatest(a, b);

    public static string? LeastKnown(string? a, string? b) => a is null ? b : b is null ? a : Least(a, b);
}
