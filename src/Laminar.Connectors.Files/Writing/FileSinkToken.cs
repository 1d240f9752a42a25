using System.Buffers;
using System.Buffers.Binary;

namespace Laminar.Connectors.Files.Writing;

/// <summary>What a manifest keeps of a file sink: how much was committed before, and which epochs were prepared but maybe not committed.</summary>
internal static class FileSinkToken
{
    private const byte Version = 1;
    private const int Head = 1 + 8 + 4;
    private const int PerEpoch = 8 + 8 + 8 + 1;

    /// <summary>Epochs that may be prepared at once; far above what a runtime keeps in flight.</summary>
    public const int MaxEpochs = 1024;

    public static void Write(IBufferWriter<byte> to, long length, IReadOnlyCollection<PreparedEpoch> prepared)
    {
        if (prepared.Count > MaxEpochs)
        {
            throw new LaminarException($"{prepared.Count} epochs are prepared and not committed; a file sink keeps {MaxEpochs}.");
        }

        int size = Head + (prepared.Count * PerEpoch);
        Span<byte> token = to.GetSpan(size);
        token[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(token[1..], length);
        BinaryPrimitives.WriteInt32LittleEndian(token[9..], prepared.Count);
        int at = Head;
        foreach (PreparedEpoch epoch in prepared)
        {
            BinaryPrimitives.WriteInt64LittleEndian(token[at..], epoch.Epoch);
            BinaryPrimitives.WriteInt64LittleEndian(token[(at + 8)..], epoch.Base);
            BinaryPrimitives.WriteInt64LittleEndian(token[(at + 16)..], epoch.Length);
            token[at + 24] = (byte)((epoch.HasPart ? 1 : 0) | (epoch.Replaces ? 2 : 0));
            at += PerEpoch;
        }

        to.Advance(size);
    }

    /// <returns>The length behind the last prepared epoch, and the prepared epochs in order.</returns>
    /// <exception cref="LaminarException">Not a token of this sink.</exception>
    public static (long Length, List<PreparedEpoch> Prepared) Read(ReadOnlySpan<byte> token)
    {
        int count = token.Length >= Head ? BinaryPrimitives.ReadInt32LittleEndian(token[9..]) : -1;
        if (token.Length < Head || token[0] != Version || count is < 0 or > MaxEpochs || token.Length != Head + (count * PerEpoch))
        {
            throw new LaminarException("What the manifest says of a file sink is damaged or of another version.");
        }

        var prepared = new List<PreparedEpoch>(count);
        for (int at = Head; at < token.Length; at += PerEpoch)
        {
            prepared.Add(new PreparedEpoch(
                BinaryPrimitives.ReadInt64LittleEndian(token[at..]),
                BinaryPrimitives.ReadInt64LittleEndian(token[(at + 8)..]),
                BinaryPrimitives.ReadInt64LittleEndian(token[(at + 16)..]),
                (token[at + 24] & 1) != 0,
                (token[at + 24] & 2) != 0));
        }

        return (BinaryPrimitives.ReadInt64LittleEndian(token[1..]), prepared);
    }
}
