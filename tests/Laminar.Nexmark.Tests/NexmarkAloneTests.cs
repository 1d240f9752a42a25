using NUnit.Framework;

namespace Laminar.Nexmark.Tests;

/// <summary>Each query by itself, against DuckDB over the same events.</summary>
public sealed class NexmarkAloneTests
{
    [Test]
    public void The_result_is_that_of_the_batch_also_when_saved_and_restored_again_and_again(
        [Values] bool disordered, [ValueSource(typeof(Cases), nameof(Cases.All))] QueryCase query)
    {
        string[] expected = Batch.Of(disordered).Rows(query.BatchText);
        Assert.That(expected, Is.Not.Empty);
        Assert.That(query.Alone(Events.Of(disordered)), Is.EqualTo(expected).AsCollection);
        Assert.That(query.Alone(Events.Of(disordered), saveEvery: 37), Is.EqualTo(expected).AsCollection, "saved and restored");
    }
}
