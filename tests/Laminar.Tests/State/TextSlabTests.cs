using Laminar.State;
using NUnit.Framework;

namespace Laminar.Tests.State;

public sealed class TextSlabTests
{
    [Test]
    public void TextsComeBackAndRoomIsReused()
    {
        using var slab = new TextSlab();
        var random = new Random(5);
        var live = new List<(TextHandle Handle, string? Text)>();
        for (int step = 0; step < 20_000; step++)
        {
            if (live.Count > 100)
            {
                int at = random.Next(live.Count);
                Assert.That(slab.Get(live[at].Handle), Is.EqualTo(live[at].Text));
                slab.Remove(live[at].Handle);
                live.RemoveAt(at);
            }

            string? text = random.Next(20) == 0 ? null : string.Concat(Enumerable.Repeat("añ€𝄞", random.Next(60))) + step;
            live.Add((slab.Add(text), text));
        }

        Assert.That(live.Select(l => slab.Get(l.Handle)), Is.EqualTo(live.Select(l => l.Text)));
        Assert.That(slab.Bytes, Is.LessThan(1 << 18), "20,000 texts went through room for about a hundred");
    }

    [TestCase("")]
    [TestCase("0123456789abcdef")]
    [TestCase("0123456789abcdef0")]
    public void SizesAtTheEdges(string text)
    {
        using var slab = new TextSlab();
        TextHandle first = slab.Add(text);
        TextHandle second = slab.Add("next");
        Assert.That(slab.Get(first), Is.EqualTo(text));
        Assert.That(slab.Get(second), Is.EqualTo("next"));
    }

    [Test]
    public void ALoneSurrogateIsRefused()
    {
        using var slab = new TextSlab();
        Assert.That(() => slab.Add("x\ud800y"), Throws.TypeOf<LaminarException>().With.Message.Contains("surrogate"));
    }
}
