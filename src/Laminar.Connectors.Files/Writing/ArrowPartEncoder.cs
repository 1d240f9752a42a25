using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace Laminar.Connectors.Files.Writing;

/// <summary>Arrow IPC. Every part is whole: schema, batches, end.</summary>
internal sealed class ArrowPartEncoder<TRow>(ArrowLayout layout) : IPartEncoder<TRow>
    where TRow : IStreamRow<TRow>
{
    private const int BatchRows = 65_536;
    private const long BatchBytes = 64 * 1024 * 1024;

    private readonly ArrowBatchBuilder<TRow> _rows = new();
    private ArrowStreamWriter? _to;
    private long _batches;

    public void Begin(Stream to, bool atFileStart)
    {
        _to = ArrowContent.Writer(to, _rows.Schema, layout);
        _batches = 0;
    }

    public void Write(ReadOnlySpan<TRow> batch)
    {
        foreach (ref readonly TRow row in batch)
        {
            _rows.Add(in row);
            if (_rows.Count >= BatchRows || ((_rows.Count & 255) == 0 && _rows.Bytes >= BatchBytes))
            {
                Flush();
            }
        }
    }

    public void Flush()
    {
        if (_rows.Count == 0)
        {
            return;
        }

        using RecordBatch batch = _rows.Build();
        _to!.WriteRecordBatch(batch);
        _batches++;
    }

    public long End()
    {
        Flush();
        _to!.WriteEnd();
        _to.Dispose();
        _to = null;
        return _batches;
    }

    public void Dispose() => _to?.Dispose();
}
