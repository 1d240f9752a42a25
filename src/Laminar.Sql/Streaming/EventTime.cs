using System;
using Laminar.Sql.Types;

namespace Laminar.Sql.Streaming;

/// <summary>Units of event time: ticks of 100 ns for TIMESTAMP, milliseconds for BIGINT.</summary>
public static class EventTime
{
    /// <summary>1970-01-01T00:00:00Z in ticks since 0001-01-01.</summary>
    public const long UnixEpochTicks = 621_355_968_000_000_000;

    /// <summary>Whether a column of this type can be event time at all.</summary>
    public static bool CanBe(SqlType type) => type.IsTimestamp || type.Kind == SqlTypeKind.BigInt;

    /// <summary>10,000 for TIMESTAMP, 1 for BIGINT.</summary>
    public static long UnitsPerMillisecond(SqlType type) => type.IsTimestamp ? TimeSpan.TicksPerMillisecond : 1;

    /// <summary>1970-01-01 in the type's unit.</summary>
    public static long Epoch(SqlType type) => type.IsTimestamp ? UnixEpochTicks : 0;
}
