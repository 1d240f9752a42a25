using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Database.Tests;

/// <summary><c>laminar query</c> over Parquet files; those in <c>data</c> were written by DuckDB 1.5, with zstd.</summary>
public sealed class ParquetTests
{
    private static string Data(string file) => Path.Combine(Checkout.Root, "tests", "Laminar.Database.Tests", "data", file);

    [Test]
    public void Every_type_is_read_and_null_is_null()
    {
        (int code, string output, string error) = ToolTests.Run(null, "query", "SELECT * FROM trades ORDER BY n", Data("trades.parquet"), "--format", "csv");
        Assert.That((code, error), Is.EqualTo((0, string.Empty)));
        Assert.That(output, Is.EqualTo("""
            symbol,price,volume,n,small,ok,amount,day,ts,tz,raw,f,big
            A,1.5,10,1,2,true,12.345,2024-02-29,2024-02-29T12:00:00.123456Z,2024-02-29T12:00:00Z,AB,0.5,18446744073709551615
            A,2.5,7,3,-4,false,-0.001,1969-12-31,1969-12-31T23:59:59Z,,"",-1,0
            B,,,,,,,,,,,,

            """));
    }

    [Test]
    public void It_is_compiled_as_well_and_joined_with_other_files()
    {
        using var folder = new TempFolder();
        string sectors = folder.Write("sectors.csv", "symbol,sector", "A,x", "B,y");
        string[] arguments = ["query", "SELECT s.sector, SUM(t.volume) AS v FROM t JOIN sectors s ON t.symbol = s.symbol GROUP BY s.sector ORDER BY 1", "t=" + Data("trades.parquet"), sectors, "--format", "csv"];
        Assert.That(ToolTests.Run(null, arguments), Is.EqualTo((0, "sector,v\nx,17\ny,\n", string.Empty)));
        Assert.That(ToolTests.Run(null, [.. arguments, "--compile"]), Is.EqualTo((0, "sector,v\nx,17\ny,\n", string.Empty)));
    }

    [Test]
    public void What_cannot_be_read_is_told()
    {
        using var folder = new TempFolder();
        Assert.That(ToolTests.Run(null, "query", "SELECT a FROM nested", Data("nested.parquet")), Is.EqualTo((2, string.Empty, $"error: Column list of {Data("nested.parquet")} is nested; only plain columns of Parquet can be read.\n")));
        (int code, _, string error) = ToolTests.Run(null, "query", "SELECT a FROM broken", folder.Write("broken.parquet", "PAR1 this is no Parquet file"));
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("can't be read as Parquet"));
    }
}
