using System.IO.Pipes;
using System.Text;
using Laminar.Connectors.Files.Reading;
using Laminar.Linux;

namespace Laminar.Formats.Tests;

/// <summary>stdin: read on its own thread, in whatever pieces it comes.</summary>
[NonParallelizable]
public sealed class StandardInputTests
{
    [TearDown]
    public void PutBack() => StandardInput.Opener = InterruptibleInput.OpenStandardInput;

    [TestCase(FileFormat.Json, 1)]
    [TestCase(FileFormat.Json, 13)]
    [TestCase(FileFormat.Csv, 1)]
    [TestCase(FileFormat.Csv, 13)]
    [TestCase(FileFormat.Arrow, 13)]
    public void Pieces_of_any_size_give_the_same_rows(FileFormat format, int piece)
    {
        Reading[] rows = [.. Enumerable.Range(0, 300).Select(i => new Reading(i, $"a\r\n\"{i}\"é", i, DateTime.UnixEpoch.AddSeconds(i), i % 4 == 0 ? null : "n"))];
        using var folder = new Folder();
        SinkRun.Write(FileSink.Append<Reading>(new FileSinkOptions { Path = folder["x"], Format = format, Layout = ArrowLayout.Stream }), rows);
        byte[] bytes = format == FileFormat.Arrow ? File.ReadAllBytes(folder["x"]) : [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(folder["x"])];
        StandardInput.Opener = () => new Pieces(bytes, piece);
        var source = new FileSource<Reading>(new FileSourceOptions { Path = "-", Format = format });
        Assert.That(source.IsReplayable, Is.False);
        Assert.That(source.Partitions, Is.EqualTo(1));
        Assert.That(new SourceRun().ReadAll<Reading>(new FileSourceOptions { Path = "-", Format = format }), Is.EqualTo(rows));
    }

    [Test]
    public void A_reader_does_not_wait_for_a_line_that_has_not_come()
    {
        using var gate = new SemaphoreSlim(0);
        byte[] line = Encoding.UTF8.GetBytes("{\"sensor_id\":1,\"place\":\"p\",\"value\":1,\"ts\":\"2024-01-01\"}\n");
        StandardInput.Opener = () => new Pieces(line, 20, gate);
        var run = new SourceRun();
        using IPartitionReader<Reading> reader = new FileSource<Reading>(new FileSourceOptions { Path = "-", Format = FileFormat.Json }).Open(0, default, run.Context);
        var rows = new Reading[5];
        Assert.That(reader.Read(rows, out int count), Is.EqualTo(ReadStatus.Idle));
        Assert.That(count, Is.Zero);
        gate.Release(100);
        Assert.That(run.Drain(reader).Select(r => r.SensorId), Is.EqualTo(new long[] { 1 }));
    }

    [Test]
    public void Only_one_source_reads_it()
    {
        StandardInput.Opener = () => new MemoryStream();
        var source = new FileSource<Reading>(new FileSourceOptions { Path = "-", Format = FileFormat.Json });
        using (source.Open(0, default, new SourceRun().Context))
        {
            Assert.That(Assert.Throws<LaminarException>(() => source.Open(0, default, new SourceRun().Context))!.Message, Does.Contain("Two sources read stdin"));
        }

        source.Open(0, default, new SourceRun().Context).Dispose();
    }

    [Test, Platform("Linux")]
    public void A_reader_that_is_gone_takes_nothing_from_the_next()
    {
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);
        int descriptor = (int)pipe.ClientSafePipeHandle.DangerousGetHandle();
        StandardInput.Opener = () => new InterruptibleInput(descriptor);
        var run = new SourceRun();
        var source = new FileSource<Reading>(new FileSourceOptions { Path = "-", Format = FileFormat.Json });
        using (IPartitionReader<Reading> first = source.Open(0, default, run.Context))
        {
            Assert.That(first.Read(new Reading[5], out _), Is.EqualTo(ReadStatus.Idle));
        }

        using IPartitionReader<Reading> second = source.Open(0, default, run.Context);
        pipe.Write("{\"sensor_id\":7,\"place\":\"p\",\"value\":1,\"ts\":\"2024-01-01\"}\n"u8);
        pipe.Dispose();
        Assert.That(run.Drain(second).Select(r => r.SensorId), Is.EqualTo(new long[] { 7 }));
    }

    private sealed class Pieces(byte[] bytes, int piece, SemaphoreSlim? gate = null) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            gate?.Wait();
            int taken = Math.Min(Math.Min(count, piece), bytes.Length - _at);
            bytes.AsSpan(_at, taken).CopyTo(buffer.AsSpan(offset));
            _at += taken;
            return taken;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
