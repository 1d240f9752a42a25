using NUnit.Framework;

namespace Laminar.Sql.Tests.Binding;

public sealed class TypeTests
{
    [TestCase("1", "INT NOT NULL")]
    [TestCase("2147483648", "BIGINT NOT NULL")]
    [TestCase("-2147483648", "INT NOT NULL")]
    [TestCase("-9223372036854775808", "BIGINT NOT NULL")]
    [TestCase("9223372036854775808", "DECIMAL(19,0) NOT NULL")]
    [TestCase("0.5", "DECIMAL(1,1) NOT NULL")]
    [TestCase("10.50", "DECIMAL(4,2) NOT NULL")]
    [TestCase("1e0", "DOUBLE NOT NULL")]
    [TestCase("NULL", "VARCHAR")]
    [TestCase("TRUE", "BOOLEAN NOT NULL")]
    [TestCase("X'0AFF'", "BYTES NOT NULL")]
    [TestCase("TIMESTAMP '2020-01-01 00:00:00'", "TIMESTAMP NOT NULL")]
    [TestCase("INTERVAL '5' SECOND", "INTERVAL DAY TO SECOND NOT NULL")]
    public void Literals(string sql, string type) => Assert.That(Check.TypeOf(sql), Is.EqualTo(type));

    [TestCase("i8 + i8", "TINYINT NOT NULL")]
    [TestCase("i8 + 1", "INT NOT NULL")]
    [TestCase("i32 + i64", "BIGINT NOT NULL")]
    [TestCase("u32 + i32", "BIGINT NOT NULL")]
    [TestCase("u8 + i8", "SMALLINT NOT NULL")]
    [TestCase("u64 + i64", "DECIMAL(21,0) NOT NULL")]
    [TestCase("u64 + 1", "BIGINT UNSIGNED NOT NULL")]
    [TestCase("i32 / 2", "INT NOT NULL")]
    [TestCase("i32 % n_i32", "INT")]
    [TestCase("i32 + f32", "DOUBLE NOT NULL")]
    [TestCase("f32 * f32", "REAL NOT NULL")]
    [TestCase("f64 * 0.5", "DOUBLE NOT NULL")]
    [TestCase("de + de", "DECIMAL(11,2) NOT NULL")]
    [TestCase("de * de", "DECIMAL(20,4) NOT NULL")]
    [TestCase("de / 3", "DECIMAL(14,6) NOT NULL")]
    [TestCase("de * 2", "DECIMAL(11,2) NOT NULL")]
    [TestCase("de + i32", "DECIMAL(13,2) NOT NULL")]
    [TestCase("-u8", "SMALLINT NOT NULL")]
    [TestCase("i32 & 7", "INT NOT NULL")]
    [TestCase("i64 << 3", "BIGINT NOT NULL")]
    [TestCase("1 + NULL", "INT")]
    public void Arithmetic(string sql, string type) => Assert.That(Check.TypeOf(sql), Is.EqualTo(type));

    [TestCase("fee * volume", "DECIMAL(28,10)")]
    [TestCase("fee * fee * fee", "DECIMAL(28,10)")]
    [TestCase("fee / 3", "DECIMAL(28,10)")]
    public void A_csharp_decimal_has_no_declared_digits(string sql, string type) => Assert.That(Check.TypeOf(sql, "trades"), Is.EqualTo(type));

    [TestCase("ts + INTERVAL '1' DAY", "TIMESTAMP NOT NULL")]
    [TestCase("INTERVAL '1' MONTH + ts", "TIMESTAMP NOT NULL")]
    [TestCase("da + INTERVAL '1' DAY", "TIMESTAMP NOT NULL")]
    [TestCase("da + 1", "DATE NOT NULL")]
    [TestCase("da - da", "INT NOT NULL")]
    [TestCase("ts - n_ts", "INTERVAL DAY TO SECOND")]
    [TestCase("ts - da", "INTERVAL DAY TO SECOND NOT NULL")]
    [TestCase("ti + iv", "TIME NOT NULL")]
    [TestCase("iv * 2", "INTERVAL DAY TO SECOND NOT NULL")]
    [TestCase("2.5 * iv", "INTERVAL DAY TO SECOND NOT NULL")]
    [TestCase("ts - '2020-01-01'", "INTERVAL DAY TO SECOND NOT NULL")]
    [TestCase("ts + '1 hour'", "TIMESTAMP NOT NULL")]
    [TestCase("i64 - INTERVAL '5' SECOND", "BIGINT NOT NULL")]
    public void Time_arithmetic(string sql, string type) => Assert.That(Check.TypeOf(sql), Is.EqualTo(type));

    [TestCase("ts > '2020-01-01'", "BOOLEAN NOT NULL")]
    [TestCase("n_da = '2020-01-01'", "BOOLEAN")]
    [TestCase("ts < da", "BOOLEAN NOT NULL")]
    [TestCase("n_i32 IS NULL", "BOOLEAN NOT NULL")]
    [TestCase("n_i32 IS DISTINCT FROM 3", "BOOLEAN NOT NULL")]
    [TestCase("n_bo IS TRUE", "BOOLEAN NOT NULL")]
    [TestCase("i32 IN (1, NULL)", "BOOLEAN")]
    [TestCase("i32 BETWEEN 1 AND 2.5", "BOOLEAN NOT NULL")]
    [TestCase("tx LIKE n_tx", "BOOLEAN")]
    [TestCase("CASE WHEN bo THEN 1 END", "INT")]
    [TestCase("CASE WHEN bo THEN 1 ELSE 2.5 END", "DECIMAL(2,1) NOT NULL")]
    [TestCase("CASE i32 WHEN 1 THEN 'a' ELSE n_tx END", "VARCHAR")]
    [TestCase("COALESCE(n_i32, 0)", "INT NOT NULL")]
    [TestCase("COALESCE(n_i32, n_i64)", "BIGINT")]
    [TestCase("COALESCE(n_ts, '2020-01-01')", "TIMESTAMP NOT NULL")]
    [TestCase("NULLIF(i32, 0)", "INT")]
    [TestCase("IF(bo, 1, NULL)", "INT")]
    [TestCase("NVL(n_tx, '')", "VARCHAR NOT NULL")]
    public void Conditions(string sql, string type) => Assert.That(Check.TypeOf(sql), Is.EqualTo(type));

    [TestCase("TRY_CAST(tx AS INT)", "INT")]
    [TestCase("TRY_CAST(i32 AS BIGINT)", "BIGINT NOT NULL")]
    [TestCase("CAST(n_f64 AS INT)", "INT")]
    [TestCase("ts::DATE", "DATE NOT NULL")]
    [TestCase("CAST(de AS DECIMAL(5, 1))", "DECIMAL(5,1) NOT NULL")]
    [TestCase("CAST(i32 AS FLOAT)", "DOUBLE NOT NULL")]
    [TestCase("i32 || 'x'", "VARCHAR NOT NULL")]
    [TestCase("CONCAT(n_tx, i32)", "VARCHAR NOT NULL")]
    [TestCase("CONCAT_WS(',', n_tx, tx)", "VARCHAR NOT NULL")]
    [TestCase("GREATEST(i32, n_i64)", "BIGINT NOT NULL")]
    [TestCase("ROUND(de, 1)", "DECIMAL(10,1) NOT NULL")]
    [TestCase("CEIL(de)", "DECIMAL(9,0) NOT NULL")]
    [TestCase("EXTRACT(EPOCH FROM ts)", "DOUBLE NOT NULL")]
    [TestCase("EXTRACT(HOUR FROM ti)", "BIGINT NOT NULL")]
    [TestCase("DATE_TRUNC('month', tz)", "TIMESTAMPTZ NOT NULL")]
    [TestCase("EPOCH_MS(i64)", "TIMESTAMP NOT NULL")]
    [TestCase("EPOCH_MS(ts)", "BIGINT NOT NULL")]
    [TestCase("TO_TIMESTAMP(i32)", "TIMESTAMPTZ NOT NULL")]
    [TestCase("SIGN(f32)", "DOUBLE NOT NULL")]
    public void Casts_and_functions(string sql, string type) => Assert.That(Check.TypeOf(sql), Is.EqualTo(type));

    [TestCase("COUNT(*)", "BIGINT NOT NULL")]
    [TestCase("COUNT(n_i32)", "BIGINT NOT NULL")]
    [TestCase("SUM(i8)", "BIGINT NOT NULL")]
    [TestCase("SUM(n_i8)", "BIGINT")]
    [TestCase("SUM(u64)", "DECIMAL(28,0) NOT NULL")]
    [TestCase("SUM(f32)", "DOUBLE NOT NULL")]
    [TestCase("SUM(de)", "DECIMAL(28,2) NOT NULL")]
    [TestCase("AVG(i64)", "DOUBLE NOT NULL")]
    [TestCase("AVG(de)", "DECIMAL(28,6) NOT NULL")]
    [TestCase("MIN(tx)", "VARCHAR NOT NULL")]
    [TestCase("MAX(ts) FILTER (WHERE bo)", "TIMESTAMP")]
    [TestCase("FIRST_VALUE(n_da)", "DATE")]
    [TestCase("LAST_VALUE(u8)", "TINYINT UNSIGNED NOT NULL")]
    [TestCase("COUNT(DISTINCT tx)", "BIGINT NOT NULL")]
    [TestCase("COUNT_IF(n_bo)", "BIGINT NOT NULL")]
    [TestCase("SUM(i32) / COUNT(*)", "BIGINT NOT NULL")]
    public void Aggregates(string sql, string type) => Assert.That(Check.TypeOf(sql, "types GROUP BY TUMBLE(ts, INTERVAL '1' SECOND)"), Is.EqualTo(type));

    [TestCase("bo", "bool", "bool?")]
    [TestCase("u64", "ulong", "ulong?")]
    [TestCase("de", "decimal", "decimal?")]
    [TestCase("tx", "string", "string?")]
    [TestCase("bl", "byte[]", "byte[]?")]
    [TestCase("ts", "global::System.DateTime", "global::System.DateTime?")]
    [TestCase("tz", "global::System.DateTimeOffset", "global::System.DateTimeOffset?")]
    [TestCase("iv", "global::System.TimeSpan", "global::System.TimeSpan?")]
    public void Clr_types(string column, string clr, string nullable)
    {
        Sql.Plan.PlanColumn plan = Check.Plan($"SELECT {column} FROM types").Columns.Single();
        Assert.That(Types.ClrTypes.Of(plan.Type, false), Is.EqualTo(clr));
        Assert.That(Types.ClrTypes.Of(plan.Type, true), Is.EqualTo(nullable));
    }
}
