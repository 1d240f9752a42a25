using System.Text;

namespace Laminar.Formats.Tests;

public sealed class TextCacheTests
{
    [Test]
    public void It_never_holds_more_than_its_limit_and_is_always_right()
    {
        var cache = new TextCache();
        for (int round = 0; round < 2; round++)
        {
            for (int i = 0; i < 200_000; i++)
            {
                string text = (i % 3) switch { 0 => $"key-{i}", 1 => $"schlüssel-{i}", _ => new string('x', i % 100) };
                Assert.That(cache.Get(Encoding.UTF8.GetBytes(text)), Is.EqualTo(text));
            }
        }

        Assert.That(cache.Count, Is.LessThanOrEqualTo(TextCache.MaxEntries));
    }

    [Test]
    public void It_refuses_what_is_not_UTF8() => Assert.Throws<DecoderFallbackException>(() => new TextCache().Get([0xED, 0xA0, 0x80]));
}
