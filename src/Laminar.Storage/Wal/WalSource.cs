using System.Text;

namespace Laminar.Storage;

/// <summary>A source partition as WAL records name it. Make one per partition and keep it.</summary>
public sealed class WalSource
{
    /// <summary>UTF-8 bytes of a name at most.</summary>
    public const int MaxNameBytes = 512;

    /// <param name="name">The source's SQL name, 1 to 512 UTF-8 bytes.</param>
    /// <param name="partition">From 0.</param>
    public WalSource(string name, int partition)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(partition);
        Name = name;
        Partition = partition;
        NameBytes = Encoding.UTF8.GetBytes(name);
        if (NameBytes.Length is 0 or > MaxNameBytes)
        {
            throw new LaminarException($"A source's name must have 1 to {MaxNameBytes} bytes of UTF-8, not {NameBytes.Length}.");
        }
    }

    /// <summary>The source's SQL name.</summary>
    public string Name { get; }

    /// <summary>From 0.</summary>
    public int Partition { get; }

    internal byte[] NameBytes { get; }
}
