using System.Runtime.CompilerServices;

namespace Laminar;

/// <summary>How <see cref="ArrowScratch"/> reads the values of a column in another form than the batch's, one type per kind of column.</summary>
/// <typeparam name="T">The C# value.</typeparam>
internal interface IRead<T>
{
    /// <summary>The value of the reader's row.</summary>
    /// <exception cref="RowFormatException">It is NULL where it may not be, or out of range.</exception>
    static abstract T Read(ref ArrowRowReader reader, int column);
}

/// <summary>Integers and floats.</summary>
internal readonly struct ReadNumber<T> : IRead<T>
    where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read(ref ArrowRowReader reader, int column)
    {
        if (typeof(T) == typeof(long))
        {
            return Unsafe.BitCast<long, T>(reader.GetInt64(column));
        }

        if (typeof(T) == typeof(int))
        {
            return Unsafe.BitCast<int, T>(reader.GetInt32(column));
        }

        if (typeof(T) == typeof(double))
        {
            return Unsafe.BitCast<double, T>(reader.GetFloat64(column));
        }

        if (typeof(T) == typeof(float))
        {
            return Unsafe.BitCast<float, T>(reader.GetFloat32(column));
        }

        if (typeof(T) == typeof(short))
        {
            return Unsafe.BitCast<short, T>(reader.GetInt16(column));
        }

        if (typeof(T) == typeof(sbyte))
        {
            return Unsafe.BitCast<sbyte, T>(reader.GetInt8(column));
        }

        if (typeof(T) == typeof(ulong))
        {
            return Unsafe.BitCast<ulong, T>(reader.GetUInt64(column));
        }

        if (typeof(T) == typeof(uint))
        {
            return Unsafe.BitCast<uint, T>(reader.GetUInt32(column));
        }

        return typeof(T) == typeof(ushort)
            ? Unsafe.BitCast<ushort, T>(reader.GetUInt16(column))
            : Unsafe.BitCast<byte, T>(reader.GetUInt8(column));
    }
}

/// <summary>Integers and floats that may be NULL.</summary>
internal readonly struct ReadNullableNumber<T> : IRead<T?>
    where T : unmanaged
{
    public static T? Read(ref ArrowRowReader reader, int column) => reader.IsNull(column) ? null : ReadNumber<T>.Read(ref reader, column);
}

/// <summary>Timestamps, in ticks.</summary>
internal readonly struct ReadTimestamp : IRead<long>
{
    public static long Read(ref ArrowRowReader reader, int column) => reader.GetTimestamp(column).Ticks;
}

/// <summary>Timestamps that may be NULL, in ticks.</summary>
internal readonly struct ReadNullableTimestamp : IRead<long?>
{
    public static long? Read(ref ArrowRowReader reader, int column) => reader.IsNull(column) ? null : reader.GetTimestamp(column).Ticks;
}

/// <summary>A value that is only tried: whether it can be read.</summary>
internal readonly struct TryValue : IRead<bool>
{
    public static bool Read(ref ArrowRowReader reader, int column)
    {
        if (reader.IsNull(column))
        {
            return false;
        }

        switch (reader.Column(column).Type)
        {
            case ColumnType.Decimal:
                reader.GetDecimal(column);
                break;
            case ColumnType.Uuid:
                reader.GetUuid(column);
                break;
            case ColumnType.Date:
                reader.GetDate(column);
                break;
            case ColumnType.Time:
                reader.GetTime(column);
                break;
            case ColumnType.Json:
                reader.GetJson(column);
                break;
            case ColumnType.Array or ColumnType.Map or ColumnType.Row:
                reader.GetNested(column);
                break;
            default:
                reader.GetInterval(column);
                break;
        }

        return true;
    }
}
