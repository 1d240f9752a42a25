using Laminar.Execution;
using NUnit.Framework;

namespace Laminar.Tests.Execution;

/// <summary>A policy that skips rows doesn't skip what is no row's fault.</summary>
public sealed class StateLimitTests
{
    [Test]
    public void ALimitIsNoBadRow()
    {
        using var query = new Throwing(new StateLimitException("full")) { OnError = _ => true };
        Assert.That(() => query.Process([1, 2, 3]), Throws.TypeOf<StateLimitException>());
        Assert.That(query.ErrorRows, Is.Zero);
    }

    [Test]
    public void AnyOtherErrorOfARowIs()
    {
        using var query = new Throwing(new LaminarException("bad")) { OnError = _ => true };
        query.Process([1, 2, 3]);
        Assert.That(query.ErrorRows, Is.EqualTo(3));
    }

    private sealed class Throwing(Exception error) : RowOperator<long>("q", "layout")
    {
        protected override void Run(ReadOnlySpan<long> rows, int start)
        {
            if (start < rows.Length)
            {
                Position = start;
                throw error;
            }
        }

        protected override void Run(ReadOnlySpan<long> rows, ReadOnlySpan<long> watermarks, long ceiling, int start) => Run(rows, start);

        protected override void Progress(long watermark)
        {
        }
    }
}
