using System.IO.Pipes;
using Laminar.Linux;

namespace Laminar.Storage.Tests.Linux;

/// <summary>A pipe as stdin.</summary>
[Platform("Linux")]
public sealed class InterruptibleInputTests
{
    [Test, CancelAfter(15_000)]
    public void A_read_that_waits_is_ended_and_takes_nothing(CancellationToken token)
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        int descriptor = (int)pipe.ClientSafePipeHandle.DangerousGetHandle();
        var first = new InterruptibleInput(descriptor);
        pipe.Write("ab"u8);
        var buffer = new byte[8];
        Assert.That(first.Read(buffer), Is.EqualTo(2));
        Assert.That(buffer.AsSpan(0, 2).SequenceEqual("ab"u8), Is.True);

        Task<int> waiting = Task.Run(() => first.Read(new byte[8]), token);
        Assert.That(waiting.IsCompleted, Is.False);
        first.Interrupt();
        Assert.That(waiting.WaitAsync(token).GetAwaiter().GetResult(), Is.Zero);
        first.Interrupt();
        pipe.Write("c"u8);
        Assert.That(first.Read(buffer), Is.Zero, "once interrupted it has ended");
        first.Dispose();
        first.Interrupt();

        using var second = new InterruptibleInput(descriptor);
        Assert.That(second.Read(buffer), Is.EqualTo(1));
        Assert.That(buffer[0], Is.EqualTo((byte)'c'));
        pipe.Dispose();
        Assert.That(second.Read(buffer), Is.Zero, "the end");
    }

    [Test]
    public void A_descriptor_that_cannot_be_read_is_an_error()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.In);
        using var wrong = new InterruptibleInput((int)pipe.ClientSafePipeHandle.DangerousGetHandle());
        pipe.Dispose();
        Assert.That(() => wrong.Read(new byte[1]), Throws.InstanceOf<IOException>());
    }
}
