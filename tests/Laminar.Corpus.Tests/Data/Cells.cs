using System.Globalization;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.Data;

/// <summary>
/// Values as the corpus writes them: <c>NULL</c>, numbers, <c>true</c>, text bare or in single quotes, timestamps as <c>2024-01-01 08:00:00.5</c>
/// or short as <c>08:00:00.5</c> on 2024-01-01, bytes as <c>0xCAFE</c>.
/// </summary>
internal static class Cells
{
    private const string Today = "2024-01-01 ";

    public static object? Parse(string cell, SqlType type)
    {
        cell = cell.Trim();
        if (cell == "NULL")
        {
            return null;
        }

        CultureInfo culture = CultureInfo.InvariantCulture;
        if (cell.Length >= 2 && cell[0] == '\'' && cell[^1] == '\'')
        {
            cell = cell[1..^1].Replace("''", "'", StringComparison.Ordinal);
        }

        return type.Kind switch
        {
            SqlTypeKind.Boolean => bool.Parse(cell),
            SqlTypeKind.TinyInt => sbyte.Parse(cell, culture),
            SqlTypeKind.SmallInt => short.Parse(cell, culture),
            SqlTypeKind.Int => int.Parse(cell, culture),
            SqlTypeKind.BigInt => long.Parse(cell, culture),
            SqlTypeKind.UTinyInt => byte.Parse(cell, culture),
            SqlTypeKind.USmallInt => ushort.Parse(cell, culture),
            SqlTypeKind.UInt => uint.Parse(cell, culture),
            SqlTypeKind.UBigInt => ulong.Parse(cell, culture),
            SqlTypeKind.Decimal => decimal.Parse(cell, culture),
            SqlTypeKind.Real => float.Parse(cell, culture),
            SqlTypeKind.Double => double.Parse(cell, culture),
            SqlTypeKind.Varchar or SqlTypeKind.Json => cell,
            SqlTypeKind.Bytes => Convert.FromHexString(cell[2..]),
            SqlTypeKind.Uuid => Guid.Parse(cell),
            SqlTypeKind.Date => DateOnly.Parse(cell, culture).DayNumber,
            SqlTypeKind.Time => TimeOnly.Parse(cell, culture).Ticks,
            SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz => Timestamp(cell),
            SqlTypeKind.IntervalDayTime => TimeSpan.Parse(cell, culture).Ticks,
            SqlTypeKind.Array or SqlTypeKind.Map or SqlTypeKind.Row => NestedColumns.Parse(cell, type),
            _ => throw new InvalidOperationException($"No cell of {type}."),
        };
    }

    public static long Timestamp(string cell) => DateTime.Parse(
        cell.Contains('-', StringComparison.Ordinal) ? cell : Today + cell,
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal).Ticks;

    public static string Format(object? value, SqlType type)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        return value switch
        {
            null => "NULL",
            object?[] or Laminar.Functions.SqlMap => NestedColumns.Format(value, type),
            bool b => b ? "true" : "false",
            double d => d.ToString("R", culture),
            float f => f.ToString("R", culture),
            string s => s.Length == 0 || s.Trim() != s || s == "NULL" ? "'" + s + "'" : s,
            byte[] b => "0x" + Convert.ToHexString(b),
            long ticks when type.IsTimestamp => new DateTime(ticks).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", culture),
            long ticks when type.Kind == SqlTypeKind.Time => new TimeOnly(ticks).ToString("HH:mm:ss.FFFFFF", culture),
            long ticks when type.Kind == SqlTypeKind.IntervalDayTime => new TimeSpan(ticks).ToString(null, culture),
            int day when type.Kind == SqlTypeKind.Date => DateOnly.FromDayNumber(day).ToString("yyyy-MM-dd", culture),
            _ => Convert.ToString(value, culture)!,
        };
    }

    public static string FormatRow(object?[] row, IReadOnlyList<SqlType> types)
    {
        int extra = row.Length - types.Count;
        return string.Join(" | ", row.Select((v, i) => i < extra ? (string)v! : Format(v, types[i - extra])));
    }
}
