using System.Text;
using Laminar.State;

namespace Laminar.Storage.Tests;

/// <summary>Against the published vectors (RFC 3720, B.4) and a bitwise loop.</summary>
public sealed class Crc32CTests
{
    internal static uint Bitwise(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int i = 0; i < 8; i++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
        }

        return ~crc;
    }

    [Test]
    public void Published_vectors()
    {
        Assert.That(Crc32C.Of(Encoding.ASCII.GetBytes("123456789")), Is.EqualTo(0xE3069283));
        Assert.That(Crc32C.Of(new byte[32]), Is.EqualTo(0x8A9136AA));
        Assert.That(Crc32C.Of(Enumerable.Repeat((byte)255, 32).ToArray()), Is.EqualTo(0x62A8AB43));
        Assert.That(Crc32C.Of(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray()), Is.EqualTo(0x46DD794E));
        Assert.That(Crc32C.Of([]), Is.Zero);
    }

    [Test]
    public void Every_length_around_the_lanes_and_any_cut()
    {
        byte[] bytes = new byte[20_000];
        new Random(1).NextBytes(bytes);
        foreach (int length in Enumerable.Range(0, 40).Concat(Enumerable.Range(3060, 30)).Concat(Enumerable.Range(6130, 30)).Append(20_000))
        {
            ReadOnlySpan<byte> part = bytes.AsSpan(0, length);
            uint expected = Bitwise(part);
            Assert.That(Crc32C.Of(part), Is.EqualTo(expected), $"length {length}");
            int cut = length / 3;
            Assert.That(Crc32C.Append(Crc32C.Of(part[..cut]), part[cut..]), Is.EqualTo(expected));
        }
    }
}
