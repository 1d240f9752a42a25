using System.Buffers;
using System.Collections.Concurrent;
using Laminar.Runtime.Cores;
using Laminar.Runtime.Flow;
using Laminar.Runtime.Rings;
using Laminar.Storage;

namespace Laminar.Runtime.Queries;

/// <summary>
/// A sink on its lane: rows are written as they come, an epoch is prepared at its barrier and committed when the coordinator says that its
/// manifest is durable. Every call of the writer may wait as long as it has to: only this sink waits with it.
/// </summary>
internal sealed class SinkTask<TRow>(string part, int index, IConnectorSink<TRow> sink, SinkContext context, Lane lane)
    : CoreTask, IReceiver<TRow>, ISinkTask
{
    private readonly ConcurrentQueue<CommitRequest> _commits = new();
    private readonly ArrayBufferWriter<byte> _token = new();
    private ISinkWriter<TRow>? _writer;
    private long _recoveredEpoch;
    private ReadOnlyMemory<byte> _recoveredToken;
    private long _rows;

    public override string Part { get; } = part;

    public string Name => context.Name;

    public long Rows => Volatile.Read(ref _rows);

    public bool NeedsWatermarks => false;

    public void Recover(long epoch, ReadOnlyMemory<byte> token)
    {
        _recoveredEpoch = epoch;
        _recoveredToken = token;
    }

    public Task CommitAsync(long epoch, ReadOnlyMemory<byte> token)
    {
        var request = new CommitRequest(epoch, token, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _commits.Enqueue(request);
        lane.Wake();
        return request.Done.Task;
    }

    public override bool Step()
    {
        bool progress = false;
        if (_writer is null)
        {
            Open();
            progress = true;
        }

        while (_commits.TryDequeue(out CommitRequest request))
        {
            _writer!.Commit(request.Epoch, request.Token.Span);
            request.Done.TrySetResult();
            progress = true;
        }

        return progress;
    }

    public int Accept(ReadOnlySpan<TRow> rows, ReadOnlySpan<long> watermarks, long ceiling, int partition)
    {
        try
        {
            (_writer ?? Open()).Write(rows);
        }
        catch (Exception e)
        {
            throw new PartFailedException(Part, e);
        }

        Volatile.Write(ref _rows, _rows + rows.Length);
        return rows.Length;
    }

    public bool TrySignal(in Signal signal)
    {
        if (signal.Kind == SignalKind.Barrier)
        {
            _token.ResetWrittenCount();
            try
            {
                (_writer ?? Open()).Prepare(signal.Epoch!.Id, _token);
            }
            catch (Exception e)
            {
                throw new PartFailedException(Part, e);
            }

            signal.Epoch.AddSink(index, new SinkToken(Name, _token.WrittenSpan.ToArray()));
        }

        return true;
    }

    public override void Close() => _writer?.Dispose();

    private ISinkWriter<TRow> Open()
    {
        ISinkWriter<TRow> writer = sink.Open(context);
        writer.Recover(_recoveredEpoch, _recoveredToken.Span);
        _writer = writer;
        return writer;
    }

    private readonly record struct CommitRequest(long Epoch, ReadOnlyMemory<byte> Token, TaskCompletionSource Done);
}
