using Laminar.State;

namespace Laminar.Storage.Tests.Manifests;

/// <summary>A manifest as bytes.</summary>
public sealed class ManifestFormatTests
{
    [Test]
    public void The_bytes_are_those_of_the_format_page()
    {
        // magic, version 1, body of 36 bytes, epoch 258, 2 cores, 128 key groups, five empty lists; the CRC was worked out by a bitwise loop
        const string head = "894C414D4D414E31" + "01000000" + "24000000" + "0201000000000000" + "02000000" + "80000000";
        byte[] expected = Convert.FromHexString(head + new string('0', 40));
        byte[] written = ManifestFormat.Write(new Manifest { Epoch = 258, Cores = 2, KeyGroups = 128 });
        Assert.That(Convert.ToHexString(written[..^4]), Is.EqualTo(Convert.ToHexString(expected)));
        Assert.That(BitConverter.ToUInt32(written.AsSpan(written.Length - 4)), Is.EqualTo(Crc32CTests.Bitwise(expected)));
    }

    [Test]
    public void Everything_comes_back()
    {
        var random = new Random(11);
        byte[] position = new byte[300];
        random.NextBytes(position);
        var manifest = new Manifest
        {
            Epoch = long.MaxValue,
            Cores = 1024,
            KeyGroups = 65536,
            Fingerprints = new Dictionary<string, string> { ["ключ"] = "Ω", ["a"] = "" },
            Sources = [new SourcePosition("s", 3, position, long.MaxValue, long.MinValue), new SourcePosition("", 0, default, 0, 0)],
            Wal = [new WalPosition(7, 8, 9, 10)],
            Sections = [new SnapshotSection("t", 1, "f", 2, 1L << 40, 0xFFFF_FFFF)],
            Sinks = [new SinkToken("k", new byte[] { 1, 0, 255 })],
        };
        Manifest? read = ManifestFormat.TryRead(ManifestFormat.Write(manifest), out _, out string problem);
        Assert.That(read, Is.Not.Null, problem);
        Assert.That((read!.Epoch, read.Cores, read.KeyGroups), Is.EqualTo((long.MaxValue, 1024, 65536)));
        Assert.That(read.Fingerprints, Is.EquivalentTo(manifest.Fingerprints));
        Assert.That(read.Sources.Select(s => (s.Source, s.Partition, s.Rows, s.Watermark)), Is.EqualTo(manifest.Sources.Select(s => (s.Source, s.Partition, s.Rows, s.Watermark))));
        Assert.That(read.Sources[0].Position.ToArray(), Is.EqualTo(position));
        Assert.That(read.Wal, Is.EqualTo(manifest.Wal));
        Assert.That(read.Sections, Is.EqualTo(manifest.Sections));
        Assert.That(read.Sinks.Single().Token.ToArray(), Is.EqualTo(new byte[] { 1, 0, 255 }));
    }

    [Test]
    public void Lengths_that_lie_are_refused_even_under_a_right_checksum()
    {
        byte[] written = ManifestFormat.Write(new Manifest { Epoch = 1, Cores = 1, KeyGroups = 1 });
        for (int list = 32; list < 52; list += 4)
        {
            foreach (int lie in new[] { 1, int.MaxValue, -1 })
            {
                byte[] bytes = written.ToArray();
                BitConverter.TryWriteBytes(bytes.AsSpan(list), lie);
                BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), Crc32C.Of(bytes.AsSpan(0, bytes.Length - 4)));
                Assert.That(ManifestFormat.TryRead(bytes, out _, out string problem), Is.Null);
                Assert.That(problem, Does.Contain("makes no sense"));
            }
        }
    }

    [Test]
    public void A_newer_version_is_refused_and_not_taken_for_damage()
    {
        byte[] bytes = ManifestFormat.Write(new Manifest { Epoch = 1, Cores = 1, KeyGroups = 1 });
        bytes[8] = 2;
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), Crc32C.Of(bytes.AsSpan(0, bytes.Length - 4)));
        LaminarException refused = Assert.Throws<LaminarException>(() => ManifestFormat.TryRead(bytes, out _, out _))!;
        Assert.That(refused.Message, Does.Contain("newer version"));
    }
}
