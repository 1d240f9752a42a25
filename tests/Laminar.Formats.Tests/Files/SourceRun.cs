using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laminar.Formats.Tests;

/// <summary>Runs a source by itself and remembers what it reported.</summary>
public sealed class SourceRun(ErrorPolicy policy = ErrorPolicy.Fail)
{
    public long Errors { get; private set; }

    public List<DeadRow> Dead { get; } = [];

    public SemaphoreSlim Woken { get; } = new(0);

    public SourceContext Context => new(
        "test", policy, policy == ErrorPolicy.DeadLetter ? Dead.Add : null, count => Errors += count, () => Woken.Release(), NullLogger.Instance);

    /// <summary>All rows of all partitions.</summary>
    public List<TRow> ReadAll<TRow>(FileSourceOptions options, int batch = 100)
        where TRow : ISourceRow<TRow>
    {
        var source = new FileSource<TRow>(options);
        var rows = new List<TRow>();
        for (int partition = 0; partition < source.Partitions; partition++)
        {
            using IPartitionReader<TRow> reader = source.Open(partition, default, Context);
            rows.AddRange(Drain(reader, batch));
        }

        return rows;
    }

    /// <summary>The rest of a partition.</summary>
    public List<TRow> Drain<TRow>(IPartitionReader<TRow> reader, int batch = 100)
    {
        var rows = new List<TRow>();
        var buffer = new TRow[batch];
        while (true)
        {
            ReadStatus status = reader.Read(buffer, out int count);
            rows.AddRange(buffer.AsSpan(0, count));
            switch (status)
            {
                case ReadStatus.End:
                    return rows;
                case ReadStatus.Idle:
                    Assert.That(Woken.Wait(TimeSpan.FromSeconds(30)), "an idle reader wakes when there is more");
                    break;
            }
        }
    }

    public static byte[] PositionOf<TRow>(IPartitionReader<TRow> reader)
    {
        var writer = new ArrayBufferWriter<byte>();
        reader.SavePosition(writer);
        return writer.WrittenSpan.ToArray();
    }
}
