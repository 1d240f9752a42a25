namespace Laminar;

/// <summary>
/// One encoded row, readable by column ordinal in any order, each at most twice. Getters throw <see cref="RowFormatException"/> for a value
/// that isn't of the type; generated code calls <see cref="IsNull"/> first for nullable columns, and getters throw for NULL in others.
/// </summary>
public interface IRowReader
{
    bool IsNull(int column);

    bool GetBoolean(int column);

    sbyte GetInt8(int column);

    short GetInt16(int column);

    int GetInt32(int column);

    long GetInt64(int column);

    byte GetUInt8(int column);

    ushort GetUInt16(int column);

    uint GetUInt32(int column);

    ulong GetUInt64(int column);

    float GetFloat32(int column);

    double GetFloat64(int column);

    decimal GetDecimal(int column);

    string GetText(int column);

    byte[] GetBytes(int column);

    Guid GetUuid(int column);

    DateOnly GetDate(int column);

    TimeOnly GetTime(int column);

    /// <summary>UTC.</summary>
    DateTime GetTimestamp(int column);

    DateTimeOffset GetTimestampTz(int column);

    TimeSpan GetInterval(int column);

    /// <summary>The text of one JSON value.</summary>
    string GetJson(int column);

    /// <summary>An ARRAY, MAP or ROW as <see cref="ColumnType"/> says.</summary>
    object GetNested(int column);
}
