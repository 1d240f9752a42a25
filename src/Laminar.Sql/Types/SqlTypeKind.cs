namespace Laminar.Sql.Types;

/// <summary>The kinds of SQL values. The order inside the numeric block is the order of implicit widening.</summary>
public enum SqlTypeKind
{
    /// <summary>The type of a bare NULL literal, before it is coerced.</summary>
    Null,
    Boolean,
    TinyInt,
    SmallInt,
    Int,
    BigInt,
    UTinyInt,
    USmallInt,
    UInt,
    UBigInt,
    Decimal,
    Real,
    Double,
    Varchar,
    Bytes,
    Uuid,
    Date,
    Time,
    Timestamp,
    TimestampTz,

    /// <summary>Days to 100 ns ticks, in ticks.</summary>
    IntervalDayTime,

    /// <summary>Years and months, in months.</summary>
    IntervalYearMonth,
    Array,
    Map,
    Row,
    Json,

    /// <summary>No type of columns: what a function makes of a constant once, such as a compiled pattern. See <see cref="SqlType.Prepared"/>.</summary>
    Prepared,
}
