using System.Buffers.Binary;
using System.Text;

namespace Laminar.Storage;

/// <summary>Takes a manifest's primitives apart; never reads beyond its bytes and never allocates more than they can justify.</summary>
internal sealed class ManifestReader(ReadOnlyMemory<byte> bytes)
{
    internal int Position { get; private set; }

    internal bool AtEnd => Position == bytes.Length;

    internal int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)).Span);

    internal long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)).Span);

    internal string Text() => Encoding.UTF8.GetString(Bytes().Span);

    internal ReadOnlyMemory<byte> Bytes() => Take(Int32());

    /// <summary>The number of items that follow, each of at least so many bytes.</summary>
    internal int Count(int itemBytes)
    {
        int count = Int32();
        return count >= 0 && (long)count * itemBytes <= bytes.Length - Position
            ? count
            : throw new InvalidDataException($"a list of {count} items");
    }

    internal IReadOnlyList<T> List<T>(int itemBytes, Func<ManifestReader, T> read)
    {
        var items = new T[Count(itemBytes)];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = read(this);
        }

        return items;
    }

    private ReadOnlyMemory<byte> Take(int count)
    {
        if (count < 0 || count > bytes.Length - Position)
        {
            throw new InvalidDataException($"{count} bytes asked for, {bytes.Length - Position} left");
        }

        ReadOnlyMemory<byte> result = bytes.Slice(Position, count);
        Position += count;
        return result;
    }
}
