namespace Laminar.Testing;

/// <summary>Reads a row from a list of values, each of exactly the column's C# type, null for NULL.</summary>
public sealed class ValueRowReader(IReadOnlyList<object?> values) : IRowReader
{
    /// <summary>A row of these columns.</summary>
    public static TRow Read<TRow>(params object?[] values)
        where TRow : IStreamRow<TRow>
    {
        var reader = new ValueRowReader(values);
        return TRow.Read(ref reader);
    }

    public bool IsNull(int column) => values[column] is null;

    public bool GetBoolean(int column) => Get<bool>(column);

    public sbyte GetInt8(int column) => Get<sbyte>(column);

    public short GetInt16(int column) => Get<short>(column);

    public int GetInt32(int column) => Get<int>(column);

    public long GetInt64(int column) => Get<long>(column);

    public byte GetUInt8(int column) => Get<byte>(column);

    public ushort GetUInt16(int column) => Get<ushort>(column);

    public uint GetUInt32(int column) => Get<uint>(column);

    public ulong GetUInt64(int column) => Get<ulong>(column);

    public float GetFloat32(int column) => Get<float>(column);

    public double GetFloat64(int column) => Get<double>(column);

    public decimal GetDecimal(int column) => Get<decimal>(column);

    public string GetText(int column) => Get<string>(column);

    public byte[] GetBytes(int column) => Get<byte[]>(column);

    public Guid GetUuid(int column) => Get<Guid>(column);

    public DateOnly GetDate(int column) => Get<DateOnly>(column);

    public TimeOnly GetTime(int column) => Get<TimeOnly>(column);

    public DateTime GetTimestamp(int column) => Get<DateTime>(column);

    public DateTimeOffset GetTimestampTz(int column) => Get<DateTimeOffset>(column);

    public TimeSpan GetInterval(int column) => Get<TimeSpan>(column);

    public string GetJson(int column) => Get<string>(column);

    public object GetNested(int column) => Get<object>(column);

    private T Get<T>(int column) => values[column] is T value ? value : throw new RowFormatException(column, $"Expected {typeof(T).Name}, found {values[column] ?? "NULL"}.");
}
