using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Sql.Tests;

/// <summary>Relations that tests read.</summary>
public static class TestCatalog
{
    private static readonly SqlType[] AllTypes =
    [
        SqlType.Boolean, SqlType.TinyInt, SqlType.SmallInt, SqlType.Int, SqlType.BigInt, SqlType.UTinyInt, SqlType.USmallInt, SqlType.UInt, SqlType.UBigInt,
        SqlType.Real, SqlType.Double, SqlType.Decimal(10, 2), SqlType.Varchar, SqlType.Bytes, SqlType.Uuid, SqlType.Date, SqlType.Time, SqlType.Timestamp,
        SqlType.TimestampTz, SqlType.IntervalDayTime,
    ];

    private static readonly string[] TypeNames =
    [
        "bo", "i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64", "f32", "f64", "de", "tx", "bl", "uu", "da", "ti", "ts", "tz", "iv",
    ];

    /// <summary>
    /// trades (watermark ts - 5 s), quotes (no watermark), clicks (BIGINT time, watermark at - 1000 ms), types (one column per type, watermark ts; n_x is
    /// the nullable twin of x), minutes (a windowed query), changes (an updating query).
    /// </summary>
    public static DictionaryCatalog Create() => new(
        new Relation("trades", RelationKind.Source, "global::T.Trade",
        [
            Column("symbol", SqlType.Varchar), Column("price", SqlType.Double), Column("volume", SqlType.BigInt), Column("ts", SqlType.Timestamp),
            Column("note", SqlType.Varchar, true), Column("fee", ClrTypes.ClrDecimal, true), Column("side", SqlType.Int, true), Column("seen_at", SqlType.Timestamp, true),
        ]) { Watermark = new WatermarkDeclaration(3, 5 * TimeSpan.TicksPerSecond), BaseSources = ["global::T.Trade"] },
        new Relation("quotes", RelationKind.Source, "global::T.Quote", [Column("symbol", SqlType.Varchar), Column("bid", SqlType.Double), Column("ts", SqlType.Timestamp)]),
        new Relation("clicks", RelationKind.Source, "global::T.Click", [Column("user_id", SqlType.Int), Column("at", SqlType.BigInt)]) { Watermark = new WatermarkDeclaration(1, 1000) },
        new Relation("types", RelationKind.Source, "global::T.Types",
            [.. AllTypes.SelectMany((t, i) => new[] { Column(TypeNames[i], t), Column("n_" + TypeNames[i], t, true) })]) { Watermark = new WatermarkDeclaration(34, 0) },
        new Relation("minutes", RelationKind.Query, "global::T.Minutes.Row",
        [
            Column("symbol", SqlType.Varchar),
            Column("window_start", SqlType.Timestamp) with { EventTimeLag = TimeSpan.TicksPerMinute },
            Column("window_time", SqlType.Timestamp) with { EventTimeLag = 0 },
            Column("n", SqlType.BigInt),
        ]) { QueryClrType = "global::T.Minutes", BaseSources = ["global::T.Trade"] },
        new Relation("timeless", RelationKind.Query, "global::T.Timeless.Row", [Column("symbol", SqlType.Varchar), Column("ts", SqlType.Timestamp)]) { QueryClrType = "global::T.Timeless" },
        new Relation("changes", RelationKind.Query, "global::T.Changes.Row", [Column("symbol", SqlType.Varchar), Column("n", SqlType.BigInt)]) { IsUpdating = true });

    private static RelationColumn Column(string name, SqlType type, bool nullable = false) => new(name, SqlName.ToPascalCase(name), type, nullable);
}
