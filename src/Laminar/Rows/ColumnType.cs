namespace Laminar;

/// <summary>The type of a column at run time. Each has one CLR form, named behind it.</summary>
public enum ColumnType
{
    /// <summary>bool.</summary>
    Boolean,

    /// <summary>sbyte.</summary>
    Int8,

    /// <summary>short.</summary>
    Int16,

    /// <summary>int.</summary>
    Int32,

    /// <summary>long.</summary>
    Int64,

    /// <summary>byte.</summary>
    UInt8,

    /// <summary>ushort.</summary>
    UInt16,

    /// <summary>uint.</summary>
    UInt32,

    /// <summary>ulong.</summary>
    UInt64,

    /// <summary>float.</summary>
    Float32,

    /// <summary>double.</summary>
    Float64,

    /// <summary>decimal.</summary>
    Decimal,

    /// <summary>string.</summary>
    Text,

    /// <summary>byte[].</summary>
    Bytes,

    /// <summary>Guid.</summary>
    Uuid,

    /// <summary>DateOnly.</summary>
    Date,

    /// <summary>TimeOnly.</summary>
    Time,

    /// <summary>DateTime, UTC, to 100 ns.</summary>
    Timestamp,

    /// <summary>DateTimeOffset.</summary>
    TimestampTz,

    /// <summary>TimeSpan.</summary>
    Interval,

    /// <summary>string: the text of one JSON value.</summary>
    Json,

    /// <summary>object?[]: elements in the form in which expressions hold them (dates as days, times and timestamps as ticks), null for NULL.</summary>
    Array,

    /// <summary><see cref="Functions.SqlMap"/>: keys and values in the same form.</summary>
    Map,

    /// <summary>object?[]: the fields in order, in the same form.</summary>
    Row,
}
