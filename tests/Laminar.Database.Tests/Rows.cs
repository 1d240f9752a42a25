using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Laminar.Database.Tests;

/// <summary>Batches of the source <c>trades</c>, and batches as text.</summary>
internal static class Rows
{
    public const string Trades = """
        CREATE SOURCE trades (symbol VARCHAR NOT NULL, price DOUBLE, volume BIGINT, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts - INTERVAL '5' SECOND);
        """;

    /// <summary>Rows as <c>A 1.5 10 08:00:01</c>, of 2024-01-01.</summary>
    public static RecordBatch Of(params string[] rows)
    {
        var symbols = new StringArray.Builder();
        var prices = new DoubleArray.Builder();
        var volumes = new Int64Array.Builder();
        var times = new TimestampArray.Builder(new TimestampType(TimeUnit.Microsecond, "UTC"));
        foreach (string[] cells in rows.Select(r => r.Split(' ')))
        {
            symbols.Append(cells[0]);
            _ = cells[1] == "NULL" ? prices.AppendNull() : prices.Append(double.Parse(cells[1], CultureInfo.InvariantCulture));
            volumes.Append(long.Parse(cells[2], CultureInfo.InvariantCulture));
            times.Append(DateTimeOffset.Parse("2024-01-01T" + cells[3] + "Z", CultureInfo.InvariantCulture));
        }

        return new RecordBatch.Builder()
            .Append("symbol", false, symbols.Build()).Append("price", true, prices.Build()).Append("volume", true, volumes.Build()).Append("ts", false, times.Build())
            .Build();
    }

    /// <summary>Each row as its cells with bars between.</summary>
    public static string[] Text(RecordBatch batch) => [.. Enumerable.Range(0, batch.Length).Select(row => string.Join("|", batch.Arrays.Select(a => Cell(a, row))))];

    public static string[] Text(IEnumerable<RecordBatch> batches) => [.. batches.SelectMany(Text)];

    private static string Cell(IArrowArray array, int row) => array.IsNull(row) ? "NULL" : array switch
    {
        StringArray text => text.GetString(row),
        Int64Array number => number.GetValue(row)!.Value.ToString(CultureInfo.InvariantCulture),
        Int32Array number => number.GetValue(row)!.Value.ToString(CultureInfo.InvariantCulture),
        DoubleArray number => number.GetValue(row)!.Value.ToString(CultureInfo.InvariantCulture),
        BooleanArray truth => truth.GetValue(row)!.Value ? "true" : "false",
        Decimal128Array number => number.GetString(row)!,
        TimestampArray time => time.GetTimestamp(row)!.Value.ToString("HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        Date32Array date => date.GetDateTime(row)!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => array.GetType().Name,
    };
}
