using NUnit.Framework;

namespace Laminar.Sql.Tests.Functions;

/// <summary>Every function and aggregate that the language names compiles: none is said to be "not supported yet", none is unknown.</summary>
public sealed class LanguagePageTests
{
    private static readonly string[] Numeric =
    [
        "ABS(i64)", "CEIL(f64)", "FLOOR(f64)", "ROUND(f64, 1)", "TRUNC(f64)", "MOD(i64, 2)", "POWER(f64, 2)", "SQRT(f64)", "CBRT(f64)", "EXP(f64)", "LN(f64)", "LOG(f64)", "LOG2(f64)", "LOG10(f64)",
        "SIGN(i64)", "GREATEST(i64, i32)", "LEAST(i64, i32)", "PI()", "DEGREES(f64)", "RADIANS(f64)", "SIN(f64)", "COS(f64)", "TAN(f64)", "ASIN(f64)", "ACOS(f64)", "ATAN(f64)", "ATAN2(f64, f64)",
        "SINH(f64)", "COSH(f64)", "TANH(f64)", "WIDTH_BUCKET(f64, 0, 10, 5)", "GCD(i64, 6)", "LCM(i64, 6)", "SAFE_DIVIDE(i64, i64)", "IS_NAN(f64)", "IS_INF(f64)", "i64 & 1", "i64 | 1", "~i64", "i64 ^ 1",
        "i64 << 1", "i64 >> 1",
    ];

    private static readonly string[] Text =
    [
        "tx || tx", "CONCAT(tx, 1)", "CONCAT_WS(',', tx, tx)", "LOWER(tx)", "UPPER(tx)", "TRIM(tx)", "LTRIM(tx)", "RTRIM(tx)", "BTRIM(tx)", "LENGTH(tx)", "OCTET_LENGTH(tx)", "SUBSTRING(tx FROM 2 FOR 1)",
        "LEFT(tx, 2)", "RIGHT(tx, 2)", "POSITION('a' IN tx)", "STRPOS(tx, 'a')", "REPLACE(tx, 'a', 'b')", "LPAD(tx, 5)", "RPAD(tx, 5)", "REVERSE(tx)", "REPEAT(tx, 2)", "SPLIT_PART(tx, ',', 1)",
        "SPLIT_INDEX(tx, ',', 0)", "INITCAP(tx)", "TRANSLATE(tx, 'a', 'b')", "STARTS_WITH(tx, 'a')", "ENDS_WITH(tx, 'a')", "CONTAINS(tx, 'a')", "ASCII(tx)", "CHR(65)", "OVERLAY(tx PLACING 'a' FROM 1)",
        "MD5(tx)", "SHA256(tx)", "ENCODE(bl, 'hex')", "DECODE(tx, 'hex')", "TO_HEX(i64)", "LEVENSHTEIN(tx, 'a')", "URL_ENCODE(tx)", "URL_DECODE(tx)", "PARSE_URL(tx, 'HOST')", "tx LIKE 'a%' ESCAPE '!'",
        "tx ILIKE 'a%'", "tx SIMILAR TO 'a+'", "REGEXP_LIKE(tx, 'a')", "REGEXP_REPLACE(tx, 'a', 'b', 'gi')", "REGEXP_EXTRACT(tx, 'a')", "REGEXP_COUNT(tx, 'a')",
    ];

    private static readonly string[] Time =
    [
        "EXTRACT(YEAR FROM ts)", "DATE_PART('year', ts)", "DATE_TRUNC('day', ts)", "DATE_BIN(INTERVAL '5' MINUTE, ts)", "DATE_ADD(ts, INTERVAL '1' DAY)", "DATE_DIFF('day', ts, ts)", "TIMESTAMPADD(DAY, 1, ts)",
        "TIMESTAMPDIFF(DAY, ts, ts)", "TO_TIMESTAMP(tx, 'YYYY-MM-DD')", "TO_DATE(tx, 'YYYY-MM-DD')", "DATE_FORMAT(ts, 'yyyy-MM-dd HH:mm')", "TO_CHAR(ts, 'YYYY')", "FROM_UNIXTIME(i64)", "UNIX_TIMESTAMP(tx)",
        "EPOCH_MS(ts)", "MAKE_TIMESTAMP(2024, 1, 2, 3, 4, 5)", "LAST_DAY(ts)", "ts AT TIME ZONE 'UTC'", "CURRENT_TIMESTAMP", "PROCTIME()", "CURRENT_WATERMARK()",
    ];

    private static readonly string[] Others =
    [
        "CASE WHEN bo THEN 1 END", "COALESCE(n_i64, 1)", "NULLIF(i64, 1)", "IF(bo, 1, 2)", "IFNULL(n_i64, 1)", "NVL(n_i64, 1)", "DECODE(i64, 1, 'a', 'b')", "TYPEOF(i64)",
        "CAST(tx AS JSON) -> 'a'", "CAST(tx AS JSON) ->> 'a'", "JSON_VALUE(tx, '$.a')", "JSON_QUERY(tx, '$.a')", "JSON_EXISTS(tx, '$.a')", "JSON_OBJECT('k' VALUE i64)", "JSON_ARRAY(i64)", "JSON_ARRAY_LENGTH(tx)",
        "CARDINALITY(ARRAY[1])", "(ARRAY[i64])[1]", "ARRAY_CONTAINS(ARRAY[i64], 1)", "ARRAY_APPEND(ARRAY[i64], 1)", "ARRAY_CONCAT(ARRAY[1], ARRAY[2])", "ARRAY_DISTINCT(ARRAY[i64])", "ARRAY_JOIN(ARRAY[tx], ',')",
        "ARRAY_SLICE(ARRAY[i64], 1, 2)", "ARRAY_SORT(ARRAY[i64])", "ARRAY_MIN(ARRAY[i64])", "ARRAY_MAX(ARRAY[i64])", "ARRAY_POSITION(ARRAY[i64], 1)", "MAP_KEYS(MAP[tx, 1])", "MAP_VALUES(MAP[tx, 1])",
    ];

    private static readonly string[] Aggregates =
    [
        "COUNT(*)", "COUNT(DISTINCT tx)", "SUM(i64)", "AVG(f64)", "MIN(tx)", "MAX(de)", "COUNT_IF(bo)", "BOOL_AND(bo)", "BOOL_OR(bo)", "BIT_AND(i64)", "BIT_OR(i64)", "BIT_XOR(i64)", "FIRST_VALUE(tx)",
        "LAST_VALUE(tx)", "ARG_MIN(tx, i64)", "ARG_MAX(tx, i64)", "ANY_VALUE(tx)", "MODE(tx)", "MEDIAN(f64)", "PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY f64)", "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY tx)",
        "STDDEV_POP(f64)", "STDDEV_SAMP(f64)", "VAR_POP(f64)", "VAR_SAMP(f64)", "COVAR_POP(f64, i64)", "COVAR_SAMP(f64, i64)", "CORR(f64, i64)", "REGR_SLOPE(f64, i64)", "REGR_INTERCEPT(f64, i64)", "REGR_R2(f64, i64)",
        "REGR_COUNT(f64, i64)", "REGR_AVGX(f64, i64)", "REGR_AVGY(f64, i64)", "REGR_SXX(f64, i64)", "REGR_SYY(f64, i64)", "REGR_SXY(f64, i64)", "ARRAY_AGG(tx ORDER BY ts)", "ARRAY_AGG(DISTINCT uu)",
        "STRING_AGG(tx, ',' ORDER BY ts)", "MAP_AGG(tx, i64)", "TOPK(i64, 3)", "TOPK(DISTINCT i64, 3)", "APPROX_COUNT_DISTINCT(tx)", "APPROX_PERCENTILE(f64, 0.5)",
    ];

    private static IEnumerable<string> Scalars => Numeric.Concat(Text).Concat(Time).Concat(Others);

    [TestCaseSource(nameof(Scalars))]
    public void Functions(string call) => Check.Plan($"SELECT {call} AS x FROM types");

    [TestCaseSource(nameof(Aggregates))]
    public void Over_groups(string call) => Check.Plan($"SELECT {call} AS x, {call} FILTER (WHERE bo) AS y FROM types GROUP BY tx, TUMBLE(ts, INTERVAL '1' MINUTE)");

    [Test]
    public void Unnest() => Check.Plan("SELECT x.v FROM types, UNNEST(ARRAY[i64]) AS x(v)");

    [TestCase("ARRAY_AGG(i64)", "ARRAY<BIGINT NOT NULL> NOT NULL")]
    [TestCase("ARRAY_AGG(n_i64)", "ARRAY<BIGINT> NOT NULL")]
    [TestCase("ARRAY_AGG(n_i64) IGNORE NULLS", "ARRAY<BIGINT NOT NULL>")]
    [TestCase("ARRAY_AGG(i64) FILTER (WHERE bo)", "ARRAY<BIGINT NOT NULL>")]
    [TestCase("MAP_AGG(tx, n_i64)", "MAP<VARCHAR, BIGINT> NOT NULL")]
    [TestCase("MAP_AGG(n_tx, i64)", "MAP<VARCHAR, BIGINT NOT NULL>")]
    [TestCase("TOPK(n_i64, 2)", "ARRAY<BIGINT NOT NULL>")]
    public void Types_of_lists(string call, string type)
    {
        Sql.Plan.PlanColumn column = Check.Plan($"SELECT {call} AS x FROM types GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE)").Columns.Single();
        Assert.That(column.Type + (column.Nullable ? "" : " NOT NULL"), Is.EqualTo(type));
    }
}
