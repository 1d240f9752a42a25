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
    [TestCase("id BIGINT, twice AS id * 2, more AS «twice» * 2, ts TIMESTAMP", "LAM2003")]
    [TestCase("id BIGINT, «id» AS id * 2, ts TIMESTAMP", "LAM2026")]
    [TestCase("id BIGINT, n AS «COUNT»(*), ts TIMESTAMP", "LAM2011")]
    [TestCase("id BIGINT, ts TIMESTAMP, at AS ts, WATERMARK FOR «at» AS at", "LAM1900")]
    public void Errors(string columns, string id)
    {
        string sql = $"CREATE SOURCE s ({columns.Replace("«", "").Replace("»", "")}) WITH (connector = 'file', format = 'json', path = '-');";
        int start = columns.IndexOf('«') + "CREATE SOURCE s (".Length;
        int end = columns.IndexOf('»') - 1 + "CREATE SOURCE s (".Length;
        var errors = SqlCompiler.CompileScript(sql, new DictionaryCatalog([])).Diagnostics.Where(d => d.IsError).ToArray();
        Assert.That(errors.Select(e => $"{e.Rule.Id} {e.Span.Start}..{e.Span.End}"), Is.EqualTo(new[] { $"{id} {start}..{end}" }), string.Join("\n", errors.Select(e => e.ToString())));
    }
}
