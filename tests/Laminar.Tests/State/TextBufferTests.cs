using System.Buffers;
using Laminar.State;
using NUnit.Framework;

namespace Laminar.Tests.State;

public sealed class TextBufferTests
{
    [Test]
    public void TextsComeBackThroughGrowthAndSnapshots()
    {
        const int seed = 5;
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var buffer = new TextBuffer();
        var kept = new List<(TextHandle Handle, string? Text)>();
        for (int round = 0; round < 3; round++)
        {
            buffer.Clear();
            kept.Clear();
            for (int step = 0; step < 5_000; step++)
            {
                string? text = random.Next(20) == 0 ? null : string.Concat(Enumerable.Repeat("añ€𝄞", random.Next(60))) + step;
                kept.Add((buffer.Add(text), text));
            }

            Assert.That(kept.Select(k => buffer.Get(k.Handle)), Is.EqualTo(kept.Select(k => k.Text)));
        }

        var bytes = new ArrayBufferWriter<byte>();
        var writer = new StateWriter(bytes, "q", "layout");
        buffer.Save(writer);
        writer.Finish();
        var restored = new TextBuffer();
        var reader = new StateReader(new ReadOnlySequence<byte>(bytes.WrittenMemory), "q", "layout");
        restored.Load(reader);
        reader.Finish();
        Assert.That(kept.Select(k => restored.Get(k.Handle)), Is.EqualTo(kept.Select(k => k.Text)));
        Assert.That(() => restored.Check(new TextHandle { Offset = int.MaxValue, Length = 5 }, reader), Throws.TypeOf<SnapshotException>());
    }

    [Test]
    public void ALoneSurrogateIsRefusedAndLeavesNothingBehind()
    {
        var buffer = new TextBuffer();
        TextHandle first = buffer.Add("");
        Assert.That(buffer.Get(first), Is.Empty);
        Assert.That(() => buffer.Add("x\ud800y"), Throws.TypeOf<LaminarException>().With.Message.Contains("surrogate"));
        TextHandle next = buffer.Add("next");
        Assert.That(next.Offset, Is.Zero);
        Assert.That(buffer.Get(first), Is.Empty);
        Assert.That(buffer.Get(next), Is.EqualTo("next"));
    }
}
