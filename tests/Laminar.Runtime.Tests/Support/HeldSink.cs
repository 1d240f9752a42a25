using System.Buffers;

namespace Laminar.Runtime.Tests.Support;

/// <summary>A sink that stops inside one kind of call until the test lets it go, the way a disk or a network does.</summary>
public sealed class HeldSink<TRow>(SinkCall held) : IAppendSink<TRow>, ISinkWriter<TRow>
    where TRow : IStreamRow<TRow>, IAppendRow
{
    private readonly SemaphoreSlim _release = new(0);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _calls = [];
    private CancellationToken _stopping;
    private long _written;

    public string Description => "held";

    public bool IsExactlyOnce => true;

    /// <summary>Completes when the call that is held has begun.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Gives up a held call when the runtime says that nobody waits for it.</summary>
    public bool HeedsStopping { get; init; }

    /// <summary>Thrown by the held call when it is let go.</summary>
    public Exception? Failure { get; init; }

    /// <summary>Rows written so far, over all calls.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>What was called, in order; consecutive writes are one.</summary>
    public IReadOnlyList<string> Calls
    {
        get
        {
            lock (_calls)
            {
                return [.. _calls];
            }
        }
    }

    /// <summary>The threads that called.</summary>
    public HashSet<string?> Threads { get; } = [];

    /// <summary>Lets the held call go, and all later ones.</summary>
    public void Release() => _release.Release(1_000_000);

    public ISinkWriter<TRow> Open(SinkContext context)
    {
        _stopping = context.Stopping;
        return this;
    }

    public void Recover(long committed, ReadOnlySpan<byte> token) => Record("recover", null);

    public void Write(ReadOnlySpan<TRow> rows)
    {
        Record("write", SinkCall.Write);
        Interlocked.Add(ref _written, rows.Length);
    }

    public void Prepare(long epoch, IBufferWriter<byte> token) => Record($"prepare {epoch}", SinkCall.Prepare);

    public void Commit(long epoch, ReadOnlySpan<byte> token) => Record($"commit {epoch}", SinkCall.Commit);

    public void Dispose() => Record("dispose", null);

    private void Record(string call, SinkCall? kind)
    {
        lock (_calls)
        {
            Threads.Add(Thread.CurrentThread.Name);
            if (_calls.Count == 0 || _calls[^1] != call)
            {
                _calls.Add(call);
            }
        }

        if (kind == held)
        {
            _reached.TrySetResult();
            _release.Wait(HeedsStopping ? _stopping : CancellationToken.None);
            if (Failure is not null)
            {
                throw Failure;
            }
        }
    }
}

/// <summary>The calls that a <see cref="HeldSink{TRow}"/> can stop in.</summary>
public enum SinkCall
{
    Write,
    Prepare,
    Commit,
}
