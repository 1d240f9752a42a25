using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace Laminar.Formats;

/// <summary>Column values from the UTF-8 text of one field. Every method throws <see cref="RowFormatException"/> with the text when it isn't of the type.</summary>
internal static class FieldText
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long Int64(ReadOnlySpan<byte> text, int column)
    {
        if (!Utf8Number.TryInt64(text, out long value))
        {
            Refuse(text, column, ColumnType.Int64);
        }

        return value;
    }

    public static long Integer(ReadOnlySpan<byte> text, int column, ColumnType type, long least, long most)
    {
        if (!Utf8Number.TryInt64(text, out long value))
        {
            Refuse(text, column, type);
        }

        return value >= least && value <= most
            ? value
            : throw new RowFormatException(column, $"{value} is out of range for {SqlTypeName.Of(type)}");
    }

    public static ulong UInt64(ReadOnlySpan<byte> text, int column)
    {
        if (!Utf8Number.TryUInt64(text, out ulong value))
        {
            Refuse(text, column, ColumnType.UInt64);
        }

        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Float64(ReadOnlySpan<byte> text, int column, ColumnType type = ColumnType.Float64)
    {
        if (!Utf8Number.TryDouble(text, out double value))
        {
            Refuse(text, column, type);
        }

        return value;
    }

    public static float Float32(ReadOnlySpan<byte> text, int column)
    {
        double wide = Float64(text, column, ColumnType.Float32);
        float value = float.IsFinite((float)wide) && double.IsFinite(wide)
            ? float.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
            : (float)wide;
        return double.IsFinite(wide) && !float.IsFinite(value)
            ? throw new RowFormatException(column, $"{wide} is out of range for REAL")
            : value;
    }

    public static decimal Decimal(ReadOnlySpan<byte> text, int column)
    {
        if (!Utf8Number.TryDecimal(text, out decimal value))
        {
            Refuse(text, column, ColumnType.Decimal);
        }

        return value;
    }

    public static byte[] Base64(ReadOnlySpan<byte> text, int column)
    {
        var bytes = new byte[System.Buffers.Text.Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        if (System.Buffers.Text.Base64.DecodeFromUtf8(text, bytes, out _, out int written) != OperationStatus.Done)
        {
            Refuse(text, column, ColumnType.Bytes);
        }

        return written == bytes.Length ? bytes : bytes[..written];
    }

    public static Guid Uuid(ReadOnlySpan<byte> text, int column)
    {
        if (!Guid.TryParse(text, out Guid value))
        {
            Refuse(text, column, ColumnType.Uuid);
        }

        return value;
    }

    public static DateOnly Date(ReadOnlySpan<byte> text, int column)
    {
        if (!Utf8Time.TryDate(text, out DateOnly value))
        {
            Refuse(text, column, ColumnType.Date);
        }

        return value;
    }

    public static TimeOnly Time(ReadOnlySpan<byte> text, int column)
    {
        if (!Utf8Time.TryTime(text, out TimeOnly value))
        {
            Refuse(text, column, ColumnType.Time);
        }

        return value;
    }

    /// <summary>The clock as written: an offset is ignored, as <c>CAST(... AS TIMESTAMP)</c> and PostgreSQL do.</summary>
    public static DateTime Timestamp(ReadOnlySpan<byte> text, int column)
    {
        if (!Utf8Time.TryTimestamp(text, isInstant: false, out long ticks))
        {
            Refuse(text, column, ColumnType.Timestamp);
        }

        return new DateTime(ticks, DateTimeKind.Utc);
    }

    /// <summary>The instant: an offset is converted by.</summary>
    public static DateTimeOffset TimestampTz(ReadOnlySpan<byte> text, int column)
    {
        if (!Utf8Time.TryTimestamp(text, isInstant: true, out long ticks))
        {
            Refuse(text, column, ColumnType.TimestampTz);
        }

        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    public static TimeSpan Interval(ReadOnlySpan<byte> text, int column)
    {
        if (!Utf8Time.TryInterval(text, out TimeSpan value))
        {
            Refuse(text, column, ColumnType.Interval);
        }

        return value;
    }

    public static string Text(ReadOnlySpan<byte> utf8, int column, TextCache cache)
    {
        try
        {
            return cache.Get(utf8);
        }
        catch (DecoderFallbackException e)
        {
            throw new RowFormatException(column, "the text is not valid UTF-8", e);
        }
    }

    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Refuse(ReadOnlySpan<byte> text, int column, ColumnType type)
    {
        const int shown = 60;
        string quoted = Encoding.UTF8.GetString(text.Length > shown ? text[..shown] : text) + (text.Length > shown ? "..." : string.Empty);
        string hint = type is ColumnType.Timestamp or ColumnType.TimestampTz && Utf8Number.TryInt64(text, out _)
            ? "; declare an epoch number as BIGINT"
            : string.Empty;
        throw new RowFormatException(column, $"'{quoted}' is not a valid {SqlTypeName.Of(type)}{hint}");
    }
}
