namespace Laminar.Interpreter.Columns;

/// <summary>How a value is read in its CLR form. A struct, so that the loop around it is specialised.</summary>
internal interface IValueReader<T>
{
    static abstract T Read(in ArrowRowReader reader, int column);
}

internal readonly struct ReadBoolean : IValueReader<bool>
{
    public static bool Read(in ArrowRowReader reader, int column) => reader.GetBoolean(column);
}

internal readonly struct ReadInt8 : IValueReader<sbyte>
{
    public static sbyte Read(in ArrowRowReader reader, int column) => reader.GetInt8(column);
}

internal readonly struct ReadInt16 : IValueReader<short>
{
    public static short Read(in ArrowRowReader reader, int column) => reader.GetInt16(column);
}

internal readonly struct ReadInt32 : IValueReader<int>
{
    public static int Read(in ArrowRowReader reader, int column) => reader.GetInt32(column);
}

internal readonly struct ReadInt64 : IValueReader<long>
{
    public static long Read(in ArrowRowReader reader, int column) => reader.GetInt64(column);
}

internal readonly struct ReadUInt8 : IValueReader<byte>
{
    public static byte Read(in ArrowRowReader reader, int column) => reader.GetUInt8(column);
}

internal readonly struct ReadUInt16 : IValueReader<ushort>
{
    public static ushort Read(in ArrowRowReader reader, int column) => reader.GetUInt16(column);
}

internal readonly struct ReadUInt32 : IValueReader<uint>
{
    public static uint Read(in ArrowRowReader reader, int column) => reader.GetUInt32(column);
}

internal readonly struct ReadUInt64 : IValueReader<ulong>
{
    public static ulong Read(in ArrowRowReader reader, int column) => reader.GetUInt64(column);
}

internal readonly struct ReadFloat32 : IValueReader<float>
{
    public static float Read(in ArrowRowReader reader, int column) => reader.GetFloat32(column);
}

internal readonly struct ReadFloat64 : IValueReader<double>
{
    public static double Read(in ArrowRowReader reader, int column) => reader.GetFloat64(column);
}

internal readonly struct ReadDecimal : IValueReader<decimal>
{
    public static decimal Read(in ArrowRowReader reader, int column) => reader.GetDecimal(column);
}

internal readonly struct ReadText : IValueReader<string>
{
    public static string Read(in ArrowRowReader reader, int column) => reader.GetText(column);
}

internal readonly struct ReadBytes : IValueReader<byte[]>
{
    public static byte[] Read(in ArrowRowReader reader, int column) => reader.GetBytes(column);
}

internal readonly struct ReadUuid : IValueReader<Guid>
{
    public static Guid Read(in ArrowRowReader reader, int column) => reader.GetUuid(column);
}

internal readonly struct ReadDate : IValueReader<int>
{
    public static int Read(in ArrowRowReader reader, int column) => reader.GetDate(column).DayNumber;
}

internal readonly struct ReadTime : IValueReader<long>
{
    public static long Read(in ArrowRowReader reader, int column) => reader.GetTime(column).Ticks;
}

internal readonly struct ReadZonelessTimestamp : IValueReader<long>
{
    public static long Read(in ArrowRowReader reader, int column) => reader.GetTimestamp(column).Ticks;
}

internal readonly struct ReadTimestampTz : IValueReader<long>
{
    public static long Read(in ArrowRowReader reader, int column) => reader.GetTimestampTz(column).UtcTicks;
}

internal readonly struct ReadInterval : IValueReader<long>
{
    public static long Read(in ArrowRowReader reader, int column) => reader.GetInterval(column).Ticks;
}

internal readonly struct ReadJson : IValueReader<string>
{
    public static string Read(in ArrowRowReader reader, int column) => reader.GetJson(column);
}

internal readonly struct ReadNested<T> : IValueReader<T>
{
    public static T Read(in ArrowRowReader reader, int column) => (T)reader.GetNested(column);
}
