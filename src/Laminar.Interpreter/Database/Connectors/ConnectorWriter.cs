using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laminar.Interpreter.Database.Connectors;

/// <summary>A connector's sink that takes rows in the form in which expressions hold them.</summary>
internal abstract class ConnectorWriter(int slot) : IDisposable
{
    /// <param name="sink">A connector's open sink type.</param>
    /// <param name="options">Its options.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="isUpdating">Whether it takes changes.</param>
    /// <exception cref="LaminarException">The connector refuses its options.</exception>
    public static ConnectorWriter Create(Type sink, object options, RowSchema schema, bool isUpdating)
    {
        int slot = RowSlots.Rent();
        Type type = (isUpdating ? typeof(ConnectorChangeWriter<>) : typeof(ConnectorAppendWriter<>)).MakeGenericType(RowSlots.TypeOf(slot));
        return (ConnectorWriter)Made.By(type, slot, sink, options, schema);
    }

    /// <summary>Called once, before all else; see <see cref="ISinkWriter{TRow}.Recover"/>.</summary>
    public abstract void Recover(long epoch, ReadOnlySpan<byte> token);

    public abstract void Write(IReadOnlyList<(object?[] Row, RowKind Kind)> rows);

    public abstract void Prepare(long epoch, IBufferWriter<byte> token);

    public abstract void Commit(long epoch, ReadOnlySpan<byte> token);

    public virtual void Dispose() => RowSlots.Return(slot);
}

/// <inheritdoc/>
internal abstract class ConnectorWriterOf<TRow>(int slot, Type sink, object options, string name) : ConnectorWriter(slot)
    where TRow : IStreamRow<TRow>
{
    private readonly IConnectorSink<TRow> _sink = (IConnectorSink<TRow>)Made.By(sink.MakeGenericType(typeof(TRow)), options);
    private ISinkWriter<TRow>? _writer;

    public override void Recover(long epoch, ReadOnlySpan<byte> token)
    {
        _writer = _sink.Open(new SinkContext(name, NullLogger.Instance));
        _writer.Recover(epoch, token);
    }

    public override void Write(IReadOnlyList<(object?[] Row, RowKind Kind)> rows) => _writer!.Write(rows.Select(r => Make(r.Row, r.Kind)).ToArray());

    public override void Prepare(long epoch, IBufferWriter<byte> token) => _writer!.Prepare(epoch, token);

    public override void Commit(long epoch, ReadOnlySpan<byte> token) => _writer!.Commit(epoch, token);

    public override void Dispose()
    {
        _writer?.Dispose();
        base.Dispose();
    }

    protected abstract TRow Make(object?[] values, RowKind kind);
}

/// <inheritdoc/>
internal sealed class ConnectorAppendWriter<TSlot> : ConnectorWriterOf<DynamicRow<TSlot>>
{
    public ConnectorAppendWriter(int slot, Type sink, object options, RowSchema schema)
        : base(slot, sink, options, schema.Name) => DynamicRow<TSlot>.Schema = schema;

    protected override DynamicRow<TSlot> Make(object?[] values, RowKind kind) => new(values);
}

/// <inheritdoc/>
internal sealed class ConnectorChangeWriter<TSlot> : ConnectorWriterOf<DynamicChange<TSlot>>
{
    public ConnectorChangeWriter(int slot, Type sink, object options, RowSchema schema)
        : base(slot, sink, options, schema.Name) => DynamicChange<TSlot>.Schema = schema;

    protected override DynamicChange<TSlot> Make(object?[] values, RowKind kind) => new(values, kind);
}
