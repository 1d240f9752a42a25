using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laminar.Interpreter.Database.Connectors;

/// <summary>The rows of a connector's source, in the form in which expressions hold them.</summary>
internal abstract class ConnectorReader(int slot) : IDisposable
{
    /// <summary>Called, on any thread, when there may be more to read.</summary>
    public Action? Woken { get; set; }

    public abstract string Description { get; }

    public abstract bool IsReplayable { get; }

    public abstract int Partitions { get; }

    /// <param name="source">A connector's open source type.</param>
    /// <param name="options">Its options.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="policy">What becomes of rows that can't be decoded.</param>
    /// <exception cref="LaminarException">The connector refuses its options.</exception>
    public static ConnectorReader Create(Type source, object options, RowSchema schema, ErrorPolicy policy)
    {
        int slot = RowSlots.Rent();
        return (ConnectorReader)Made.By(typeof(ConnectorReader<>).MakeGenericType(RowSlots.TypeOf(slot)), slot, source, options, schema, policy);
    }

    /// <summary>Opens a partition; empty means its beginning.</summary>
    /// <exception cref="LaminarException">It can't be opened.</exception>
    public abstract void Open(int partition, ReadOnlyMemory<byte> position);

    /// <summary>Up to 1,024 rows more.</summary>
    /// <exception cref="LaminarException">A row can't be decoded, and the policy isn't to skip it.</exception>
    public abstract ReadStatus Read(int partition, List<object?[]> rows);

    /// <summary>Rows that couldn't be decoded and were left out since the last call.</summary>
    public abstract long TakeErrors();

    public abstract void SavePosition(int partition, IBufferWriter<byte> writer);

    public abstract void Acknowledge(long epoch);

    public virtual void Dispose() => RowSlots.Return(slot);
}

/// <inheritdoc/>
internal sealed class ConnectorReader<TSlot> : ConnectorReader
{
    private const int BatchRows = 1024;

    private readonly IConnectorSource<DynamicRow<TSlot>> _source;
    private readonly SourceContext _context;
    private readonly DynamicRow<TSlot>[] _rows = new DynamicRow<TSlot>[BatchRows];
    private readonly Dictionary<int, IPartitionReader<DynamicRow<TSlot>>> _partitions = [];
    private long _errors;

    public ConnectorReader(int slot, Type source, object options, RowSchema schema, ErrorPolicy policy)
        : base(slot)
    {
        DynamicRow<TSlot>.Schema = schema;
        _source = (IConnectorSource<DynamicRow<TSlot>>)Made.By(source.MakeGenericType(typeof(DynamicRow<TSlot>)), options);
        _context = new SourceContext(schema.Name, policy, null, count => Interlocked.Add(ref _errors, count), () => Woken?.Invoke(), NullLogger.Instance);
    }

    public override string Description => _source.Description;

    public override bool IsReplayable => _source.IsReplayable;

    public override int Partitions => _source.Partitions;

    public override void Open(int partition, ReadOnlyMemory<byte> position) => _partitions[partition] = _source.Open(partition, position, _context);

    public override ReadStatus Read(int partition, List<object?[]> rows)
    {
        ReadStatus status = _partitions[partition].Read(_rows, out int count);
        for (int i = 0; i < count; i++)
        {
            rows.Add(_rows[i].Values);
        }

        return status;
    }

    public override long TakeErrors() => Interlocked.Exchange(ref _errors, 0);

    public override void SavePosition(int partition, IBufferWriter<byte> writer) => _partitions[partition].SavePosition(writer);

    public override void Acknowledge(long epoch)
    {
        foreach (IPartitionReader<DynamicRow<TSlot>> partition in _partitions.Values)
        {
            partition.Acknowledge(epoch);
        }
    }

    public override void Dispose()
    {
        foreach (IPartitionReader<DynamicRow<TSlot>> partition in _partitions.Values)
        {
            partition.Dispose();
        }

        base.Dispose();
    }
}
