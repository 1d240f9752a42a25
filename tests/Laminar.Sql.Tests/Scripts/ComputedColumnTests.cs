using System.Linq;
using Laminar.Sql.Catalog;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Scripts;

/// <summary>What can't be a computed column, on its exact place.</summary>
public sealed class ComputedColumnTests
{
    [TestCase("id BIGINT NOT NULL, twice INT AS «id * 2», ts TIMESTAMP", "LAM2062")]
    [TestCase("id BIGINT, twice BIGINT NOT NULL AS «id * 2», ts TIMESTAMP", "LAM2062")]
    [TestCase("id BIGINT, twice BIGINT AS «ids» * 2, ts TIMESTAMP", "LAM2003")]
    [TestCase("id BIGINT, twice AS id * 2, more AS «twices» * 2, ts TIMESTAMP", "LAM2003")]
    [TestCase("id BIGINT, «a» AS b + 1, b AS c + id, c AS a * 2, ts TIMESTAMP", "LAM2070")]
    [TestCase("id BIGINT, «a» AS a + 1, ts TIMESTAMP", "LAM2070")]
    [TestCase("id BIGINT, half INT AS «twice / 4», twice AS id * 2, ts TIMESTAMP", "LAM2062")]
    [TestCase("id BIGINT, «id» AS id * 2, ts TIMESTAMP", "LAM2026")]
    [TestCase("id BIGINT, n AS «COUNT»(*), ts TIMESTAMP", "LAM2011")]
    [TestCase("id BIGINT, ts VARCHAR, at AS CAST(ts AS TIMESTAMP), WATERMARK FOR «at» AS at", "LAM1900")]
    [TestCase("id BIGINT, ts TIMESTAMP, at AS ts, WATERMARK FOR at AS «ts»", "LAM3007")]
    public void Errors(string columns, string id)
    {
        string sql = $"CREATE SOURCE s ({columns.Replace("«", "").Replace("»", "")}) WITH (connector = 'file', format = 'json', path = '-');";
        int start = columns.IndexOf('«') + "CREATE SOURCE s (".Length;
        int end = columns.IndexOf('»') - 1 + "CREATE SOURCE s (".Length;
        var errors = SqlCompiler.CompileScript(sql, new DictionaryCatalog([])).Diagnostics.Where(d => d.IsError).ToArray();
        Assert.That(errors.Select(e => $"{e.Rule.Id} {e.Span.Start}..{e.Span.End}"), Is.EqualTo(new[] { $"{id} {start}..{end}" }), string.Join("\n", errors.Select(e => e.ToString())));
    }
}
