namespace Laminar.Storage;

/// <summary>Replays one core's records behind the recovered barrier, in order. Barrier marks of epochs that got no manifest are among them.</summary>
public sealed class WalReader
{
    internal WalReader()
    {
    }

    /// <summary>False at the end.</summary>
    /// <exception cref="CorruptStateException">A record that was durable is damaged or missing.</exception>
    public bool TryRead(out WalRecord record) => throw new LaminarException("");
}
