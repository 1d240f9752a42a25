using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Laminar.State;

namespace Laminar.Storage;

/// <summary>Puts a manifest's primitives together.</summary>
internal sealed class ManifestWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new(4096);

    internal void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.GetSpan(sizeof(int)), value);
        _bytes.Advance(sizeof(int));
    }

    internal void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
    }

    internal void Text(string value) => Bytes(Encoding.UTF8.GetBytes(value));

    internal void Bytes(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        _bytes.Write(value);
        if (_bytes.WrittenCount > ManifestFormat.MaxBytes)
        {
            throw new LaminarException($"The manifest is over {ManifestFormat.MaxBytes} bytes.");
        }
    }

    /// <summary>Sets the body's length and adds the checksum.</summary>
    internal byte[] Finish(int headBytes)
    {
        byte[] file = new byte[_bytes.WrittenCount + sizeof(uint)];
        _bytes.WrittenSpan.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(headBytes - sizeof(int)), _bytes.WrittenCount - headBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(_bytes.WrittenCount), Crc32C.Of(file.AsSpan(0, _bytes.WrittenCount)));
        return file;
    }
}
