using System;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Sql.Streaming;

/// <summary>Units of event time: ticks of 100 ns for TIMESTAMP, milliseconds for BIGINT.</summary>
public static class EventTime
{
    /// <summary>1970-01-01T00:00:00Z in ticks since 0001-01-01.</summary>
    public const long UnixEpochTicks = 621_355_968_000_000_000;

    /// <summary>Whether a column of this type can be event time at all.</summary>
    public static bool CanBe(SqlType type) => type.IsTimestamp || type.Kind == SqlTypeKind.BigInt;

    /// <summary>BIGINT or TIMESTAMP: what a relation's watermarks are counted in; null where none of its columns says so.</summary>
    internal static SqlTypeKind? UnitOf(Relation relation)
    {
        SqlType? type = relation.Watermark is { } watermark ? relation.Columns[watermark.ColumnIndex].Type : relation.Columns.FirstOrDefault(c => c.EventTimeLag is not null)?.Type;
        return type is null ? null : type.IsTimestamp ? SqlTypeKind.Timestamp : SqlTypeKind.BigInt;
    }

    /// <summary>10,000 for TIMESTAMP, 1 for BIGINT.</summary>
    public static long UnitsPerMillisecond(SqlType type) => type.IsTimestamp ? TimeSpan.TicksPerMillisecond : 1;

    /// <summary>1970-01-01 in the type's unit.</summary>
    public static long Epoch(SqlType type) => type.IsTimestamp ? UnixEpochTicks : 0;
}
