using System.Globalization;
using System.Numerics;

namespace Laminar.Nexmark.Tests;

/// <summary>Rows of either engine in one spelling: times in microseconds, DOUBLE to 12 digits, DECIMAL without trailing zeros.</summary>
internal static class RowText
{
    public static string Of(IEnumerable<object?> values) => string.Join(" | ", values.Select(Of));

    private static string Of(object? value) => value switch
    {
        null or DBNull => "NULL",
        string text => text,
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        double number => number.ToString("G12", CultureInfo.InvariantCulture),
        decimal number => (number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture),
        BigInteger or IFormattable => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        _ => throw new NotSupportedException($"A value of {value.GetType()}."),
    };
}
