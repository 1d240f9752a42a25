using System.Globalization;
using DuckDB.NET.Data;
using Laminar.Sql.Types;
using NUnit.Framework;

namespace Laminar.Tests.Functions;

/// <summary>Functions and casts against DuckDB, over columns so that nothing is folded at build time.</summary>
public sealed class DuckDbTests
{
    private static readonly string?[] Texts = ["", "a", "Hello World", "  padded  ", "héllo wörld", "日本語テキスト", "a😀b😀c", "one,two,,three", "%_\\x", "ÀÉÎ", null];
    private static readonly double?[] Doubles = [0, 1, -1, 0.5, 1.5, 2.5, -2.5, 3.14159, 1234.5678, 1e10, -1e-7, 0.1, 99.995, null];
    private static readonly long?[] Numbers = [0, 1, -1, 7, 12345, -12345, 1_000_000_007, null];
    private static readonly string?[] Times =
        ["2020-01-01 00:00:00", "2020-02-29 23:59:59.123456", "1969-12-31 23:59:59.5", "0001-01-01 00:00:00", "9999-12-31 23:59:59.999999", "2000-12-31 12:30:00", "2021-01-03 05:06:07", null];

    private DuckDBConnection _duck = null!;

    [OneTimeSetUp]
    public void Open()
    {
        _duck = new DuckDBConnection("DataSource=:memory:");
        _duck.Open();
        Scalar("SET TimeZone = 'UTC'");
    }

    [OneTimeTearDown]
    public void Close() => _duck.Dispose();

    [TestCase("LOWER(x)")]
    [TestCase("UPPER(x)")]
    [TestCase("LENGTH(x)")]
    [TestCase("TRIM(x)")]
    [TestCase("LTRIM(x)")]
    [TestCase("RTRIM(x)")]
    [TestCase("TRIM(x, 'aH d')")]
    [TestCase("LTRIM(x, 'aHé日')")]
    [TestCase("RTRIM(x, 'cd😀')")]
    [TestCase("SUBSTRING(x, 2)")]
    [TestCase("SUBSTRING(x, 2, 3)")]
    [TestCase("SUBSTRING(x, 1, 0)")]
    [TestCase("LEFT(x, 3)")]
    [TestCase("LEFT(x, -2)")]
    [TestCase("RIGHT(x, 3)")]
    [TestCase("RIGHT(x, -2)")]
    [TestCase("POSITION('o' IN x)")]
    [TestCase("STRPOS(x, 'b')")]
    [TestCase("REPLACE(x, 'l', 'LL')")]
    [TestCase("REPLACE(x, '', 'z')")]
    [TestCase("LPAD(x, 8, 'xy')")]
    [TestCase("RPAD(x, 8, '日')")]
    [TestCase("REVERSE(x)", "é")]
    [TestCase("REPEAT(x, 3)")]
    [TestCase("REPEAT(x, -1)")]
    [TestCase("SPLIT_PART(x, ',', 2)")]
    [TestCase("SPLIT_PART(x, ',', -1)")]
    [TestCase("SPLIT_PART(x, ',', 9)")]
    [TestCase("STARTS_WITH(x, 'a')")]
    [TestCase("ENDS_WITH(x, 'e')")]
    [TestCase("CONTAINS(x, 'ell')")]
    [TestCase("ASCII(x)")]
    [TestCase("CONCAT(x, '-', x)")]
    [TestCase("CONCAT_WS('-', x, 'b', x)")]
    [TestCase("x LIKE 'a%b%'")]
    [TestCase("x LIKE '_ello%'")]
    [TestCase("x LIKE '%l_o%'")]
    [TestCase("x LIKE '%'")]
    [TestCase("x LIKE ''")]
    [TestCase("x LIKE '#%#_%' ESCAPE '#'")]
    [TestCase("x ILIKE 'HELLO%'")]
    [TestCase("x ILIKE '%É%'")]
    [TestCase("x || x")]
    [TestCase("GREATEST(x, 'b', 'ü')")]
    [TestCase("LEAST(x, 'b')")]
    public void Text(string sql, string skip = "\0")
    {
        foreach (string? text in Texts.Where(t => t is null || !t.Contains(skip)))
        {
            Same(sql, "x", text, text is null ? "NULL::VARCHAR" : "'" + text.Replace("'", "''") + "'");
        }
    }

    [TestCase("ABS(d)")]
    [TestCase("CEIL(d)")]
    [TestCase("FLOOR(d)")]
    [TestCase("ROUND(d)")]
    [TestCase("ROUND(d, 2)")]
    [TestCase("ROUND(d, -2)")]
    [TestCase("TRUNC(d)")]
    [TestCase("SIGN(d)")]
    [TestCase("POWER(d, 2)")]
    [TestCase("SQRT(ABS(d))")]
    [TestCase("GREATEST(d, 1.5)")]
    [TestCase("LEAST(d, 1.5)")]
    [TestCase("CAST(d AS INT)", 1e10)]
    [TestCase("CAST(d AS BIGINT)")]
    [TestCase("TRY_CAST(d AS TINYINT)")]
    [TestCase("TRY_CAST(d AS INT)")]
    [TestCase("CAST(d AS DECIMAL(18, 4))")]
    [TestCase("CAST(d AS REAL)")]
    public void Doubles_(string sql, double skip = double.NaN)
    {
        foreach (double? value in Doubles.Where(v => v != skip))
        {
            Same(sql, "d", value, value is null ? "NULL::DOUBLE" : value.Value.ToString("R", CultureInfo.InvariantCulture) + "::DOUBLE");
        }
    }

    [TestCase("LN(d)")]
    [TestCase("LOG(d)")]
    [TestCase("LOG2(d)")]
    [TestCase("LOG10(d)")]
    [TestCase("LOG(2, d)")]
    [TestCase("SQRT(d)")]
    public void Logarithms_refuse_what_DuckDB_refuses(string sql)
    {
        foreach (double value in new[] { 1, 2, 8, 1000, 0.5, 2.718281828459045 })
        {
            Same(sql, "d", value, value.ToString("R", CultureInfo.InvariantCulture) + "::DOUBLE");
        }

        Assert.Throws<LaminarException>(() => SqlExpression.Evaluate(sql, ("d", -1.0)));
        Assert.That(() => Scalar("SELECT " + sql.Replace("d)", "(-1)::DOUBLE)")), Throws.Exception);
    }

    [TestCase("ABS(n)")]
    [TestCase("SIGN(n)")]
    [TestCase("ROUND(n, -2)")]
    [TestCase("CAST(n AS VARCHAR)")]
    [TestCase("CAST(n AS DOUBLE)")]
    [TestCase("TRY_CAST(n AS SMALLINT)")]
    [TestCase("TRY_CAST(n AS INT)")]
    [TestCase("CAST(n AS DECIMAL(18, 2))")]
    [TestCase("CAST(n AS BOOLEAN)")]
    [TestCase("EPOCH_MS(n)")]
    [TestCase("GREATEST(n, 5, -7)")]
    [TestCase("LEAST(n, 5)")]
    [TestCase("COALESCE(n, 3)")]
    [TestCase("NULLIF(n, 7)")]
    public void Integers(string sql)
    {
        foreach (long? value in Numbers)
        {
            Same(sql, "n", value, value is null ? "NULL::BIGINT" : value.Value.ToString(CultureInfo.InvariantCulture) + "::BIGINT");
        }
    }

    [TestCase("EXTRACT(YEAR FROM t)")]
    [TestCase("EXTRACT(QUARTER FROM t)")]
    [TestCase("EXTRACT(MONTH FROM t)")]
    [TestCase("EXTRACT(WEEK FROM t)")]
    [TestCase("EXTRACT(ISOYEAR FROM t)")]
    [TestCase("EXTRACT(DAY FROM t)")]
    [TestCase("EXTRACT(DOW FROM t)")]
    [TestCase("EXTRACT(ISODOW FROM t)")]
    [TestCase("EXTRACT(DOY FROM t)")]
    [TestCase("EXTRACT(DECADE FROM t)")]
    [TestCase("EXTRACT(CENTURY FROM t)")]
    [TestCase("EXTRACT(MILLENNIUM FROM t)")]
    [TestCase("EXTRACT(HOUR FROM t)")]
    [TestCase("EXTRACT(MINUTE FROM t)")]
    [TestCase("EXTRACT(SECOND FROM t)")]
    [TestCase("EXTRACT(MILLISECOND FROM t)")]
    [TestCase("EXTRACT(MICROSECOND FROM t)")]
    [TestCase("EXTRACT(EPOCH FROM t)")]
    [TestCase("DATE_PART('month', t)")]
    [TestCase("DATE_TRUNC('second', t)")]
    [TestCase("DATE_TRUNC('hour', t)")]
    [TestCase("DATE_TRUNC('day', t)")]
    [TestCase("DATE_TRUNC('week', t)", "0001")]
    [TestCase("DATE_TRUNC('month', t)")]
    [TestCase("DATE_TRUNC('quarter', t)")]
    [TestCase("DATE_TRUNC('year', t)")]
    [TestCase("LAST_DAY(t)")]
    [TestCase("CAST(t AS DATE)")]
    [TestCase("CAST(t AS TIME)")]
    [TestCase("CAST(t AS VARCHAR)")]
    [TestCase("t + INTERVAL '36' HOUR", "9999")]
    [TestCase("t - INTERVAL '1' DAY", "0001")]
    [TestCase("t + INTERVAL '1' MONTH", "9999")]
    [TestCase("t - INTERVAL '13' MONTH", "0001")]
    [TestCase("EPOCH_MS(t)")]
    public void Timestamps(string sql, string skip = "\0")
    {
        foreach (string? value in Times.Where(v => v is null || !v.StartsWith(skip, StringComparison.Ordinal)))
        {
            object? ticks = value is null ? null : DateTime.Parse(value, CultureInfo.InvariantCulture).Ticks;
            Same(sql, "t", ticks, value is null ? "NULL::TIMESTAMP" : $"TIMESTAMP '{value}'");
        }
    }

    [TestCase("TRY_CAST(x AS INT)", "1", " 42 ", "-7", "+8", "abc", "", "99999999999")]
    [TestCase("TRY_CAST(x AS BIGINT)", "9223372036854775807", "9223372036854775808", "-9223372036854775808")]
    [TestCase("TRY_CAST(x AS UTINYINT)", "0", "255", "256", "-1")]
    [TestCase("TRY_CAST(x AS DOUBLE)", "1", "1.5e3", "-0.25", " 7 ", "x", "", "nan", "inf")]
    [TestCase("TRY_CAST(x AS DECIMAL(6, 2))", "1", "1.005", "-1.005", "9999.994", "9999.995", "x")]
    [TestCase("TRY_CAST(x AS BOOLEAN)", "true", "FALSE", "t", "f", "1", "0", "maybe", "yes", "no")]
    [TestCase("TRY_CAST(x AS DATE)", "2020-02-29", "2021-02-29", "2020-1-5", "x", "2020-13-01")]
    [TestCase("TRY_CAST(x AS TIME)", "01:02:03", "23:59:59.5", "24:00:01", "x")]
    [TestCase("TRY_CAST(x AS TIMESTAMP)", "2020-01-01", "2020-01-01 10:11:12", "2020-01-01T10:11:12.123456", "2020-01-01 10:11:12Z", "2020-01-01 10:11:12+02", "2020-01-01 10:11:12-03:30", "x", "2020-02-30 00:00:00")]
    [TestCase("TRY_CAST(x AS TIMESTAMPTZ)", "2020-01-01 10:11:12", "2020-01-01 10:11:12Z", "2020-01-01 10:11:12+02", "2020-01-01 10:11:12-03:30")]
    [TestCase("TRY_CAST(x AS UUID)", "6f9619ff-8b86-d011-b42d-00cf4fc964ff", "6F9619FF8B86D011B42D00CF4FC964FF", "x")]
    public void Casts_from_text(string sql, params string[] texts)
    {
        foreach (string text in texts)
        {
            Same(sql, "x", text, "'" + text + "'");
        }
    }

    [Test]
    public void Decimals()
    {
        foreach (decimal value in new[] { 0m, 1.5m, -1.5m, 2.345678m, -99.999999m })
        {
            foreach (string sql in new[] { "ABS(m)", "CEIL(m)", "FLOOR(m)", "ROUND(m)", "ROUND(m, 2)", "CAST(m AS INT)", "CAST(m AS BIGINT)", "CAST(m AS DECIMAL(8, 1))", "CAST(m AS DOUBLE)", "CAST(m AS VARCHAR)" })
            {
                Same(sql, "m", value, $"CAST({value.ToString(CultureInfo.InvariantCulture)} AS DECIMAL(18, 6))");
            }
        }
    }

    private void Same(string sql, string column, object? value, string duck)
    {
        (object? ours, SqlType type) = SqlExpression.Evaluate(sql, (column, value));
        object? theirs = Scalar($"SELECT {sql} FROM (SELECT {duck} AS {column})");
        Assert.That(Text(ours, type), Is.EqualTo(Text(theirs, type)), $"{sql} with {column} = {duck}");
    }

    private object? Scalar(string sql)
    {
        using DuckDBCommand command = _duck.CreateCommand();
        command.CommandText = sql;
        object? value = command.ExecuteScalar();
        return value is DBNull ? null : value;
    }

    // Both in one form; a timestamp as its ticks whatever class it came in.
    private static string Text(object? value, SqlType type) => value switch
    {
        null => "NULL",
        DateTime time => time.Ticks.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset time => time.UtcTicks.ToString(CultureInfo.InvariantCulture),
        DateOnly date => date.DayNumber.ToString(CultureInfo.InvariantCulture),
        TimeOnly time => time.Ticks.ToString(CultureInfo.InvariantCulture),
        TimeSpan span => span.Ticks.ToString(CultureInfo.InvariantCulture),
        bool b => b ? "true" : "false",
        double d => Math.Round(d, 10).ToString("G12", CultureInfo.InvariantCulture),
        float f => f.ToString("G6", CultureInfo.InvariantCulture),
        decimal m => (m + 0.0000000000m).ToString("0.##########", CultureInfo.InvariantCulture),
        Guid g => g.ToString(),
        string s => s,
        IFormattable number when type.IsFloat => Convert.ToDouble(number, CultureInfo.InvariantCulture).ToString("G12", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
