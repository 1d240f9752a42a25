using System.Buffers;
using System.Buffers.Binary;
using Laminar;
using Laminar.Nexmark;

namespace NexmarkQueries.Inputs;

/// <summary>
/// Generated events of one kind as a source that can be read again: the position of a partition is the generator's, so that nothing has to be logged. Each
/// partition makes its share of the events.
/// </summary>
/// <typeparam name="TRow">The kind's row.</typeparam>
public sealed class EventSource<TRow> : IConnectorSource<TRow>
    where TRow : ISourceRow<TRow>
{
    private readonly EventKind<TRow> _kind;
    private readonly NexmarkOptions _options;
    private readonly DateTime _end;

    /// <param name="kind">The kind.</param>
    /// <param name="options">What is generated.</param>
    /// <param name="events">Events of all kinds together.</param>
    /// <param name="partitions">Partitions, each read on one core.</param>
    public EventSource(EventKind<TRow> kind, NexmarkOptions options, long events, int partitions)
    {
        _kind = kind;
        _options = options;
        _end = options.Start.AddTicks((long)((Int128)events * TimeSpan.TicksPerSecond / options.EventsPerSecond));
        Partitions = partitions;
    }

    public string Description => $"{typeof(TRow).Name} events of seed {_options.Seed}";

    public bool IsReplayable => true;

    public int Partitions { get; }

    public IPartitionReader<TRow> Open(int partition, ReadOnlyMemory<byte> position, SourceContext context)
    {
        var generator = new NexmarkGenerator(_options with { Parts = Partitions, Part = partition });
        if (!position.IsEmpty)
        {
            _kind.Seek(generator, BinaryPrimitives.ReadInt64LittleEndian(position.Span));
        }

        return new Reader(_kind, generator, _end);
    }

    private sealed class Reader(EventKind<TRow> kind, NexmarkGenerator generator, DateTime end) : IPartitionReader<TRow>
    {
        public ReadStatus Read(Span<TRow> rows, out int count)
        {
            count = kind.Fill(generator, rows, end);
            return count < rows.Length ? ReadStatus.End : ReadStatus.More;
        }

        public void SavePosition(IBufferWriter<byte> writer)
        {
            BinaryPrimitives.WriteInt64LittleEndian(writer.GetSpan(sizeof(long)), kind.Position(generator));
            writer.Advance(sizeof(long));
        }

        public void Dispose()
        {
        }
    }
}
