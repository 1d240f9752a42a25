using System.Buffers;
using System.ComponentModel;
using Apache.Arrow;
using Laminar.Functions;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// What all generated operators share outside their loops: the life cycle (busy, faulted, completed), the policy for rows that fail, and the
/// frame of a snapshot. Generated code overrides the <c>Run</c> methods and the few things around them.
/// </summary>
/// <typeparam name="TIn">The input's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class QueryOperator<TIn> : Operator<TIn>
{
    private readonly string _fingerprint;
    private Life _life;
    private int[] _late = [];
    private int _lateCount;
    private TextCache?[]? _texts;
    private ArrowScratch? _scratch;

    /// <param name="queryName">For messages.</param>
    /// <param name="fingerprint">Of the state's layout, kept in snapshots.</param>
    protected QueryOperator(string queryName, string fingerprint)
    {
        QueryName = queryName;
        _fingerprint = fingerprint;
    }

    private enum Life : byte
    {
        Ready,
        Busy,
        Completed,
        Disposed,
    }

    /// <summary>The query's name, for messages.</summary>
    protected string QueryName { get; }

    /// <summary>The rows of the source that it reads; null where it reads anything else.</summary>
    protected virtual SourceRows? Source => null;

    /// <inheritdoc/>
    public sealed override void Process(ReadOnlySpan<TIn> rows)
    {
        Begin();
        try
        {
            for (int start = 0; ;)
            {
                try
                {
                    Run(rows, start);
                    break;
                }
                catch (Exception error) when (Position >= 0 && IsRowError(error))
                {
                    start = Fail(Convert.ToString(rows[Position]) ?? "", error);
                }
                catch (Exception error) when (IsOfAdd(error))
                {
                    throw OfAdd(Convert.ToString(rows[Position]) ?? "", error);
                }
            }
        }
        finally
        {
            HandOnLate(rows);
        }

        RowsIn += rows.Length;
        _life = Life.Ready;
    }

    /// <inheritdoc/>
    public sealed override void Process(ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling)
    {
        if (watermarks.Length < rows.Length)
        {
            throw new ArgumentException("One watermark per row.", nameof(watermarks));
        }

        Begin();
        try
        {
            for (int start = 0; ;)
            {
                try
                {
                    Run(rows, watermarks, ceiling, start);
                    break;
                }
                catch (Exception error) when (Position >= 0 && IsRowError(error))
                {
                    start = Fail(Convert.ToString(rows[Position]) ?? "", error);
                }
                catch (Exception error) when (IsOfAdd(error))
                {
                    throw OfAdd(Convert.ToString(rows[Position]) ?? "", error);
                }
            }
        }
        finally
        {
            HandOnLate(rows);
        }

        RowsIn += rows.Length;
        _life = Life.Ready;
    }

    /// <summary>Rows of an Arrow batch, read column by column; the watermark follows the source's declaration.</summary>
    public void Process(RecordBatch batch)
    {
        Begin();
        SourceRows source = Source ?? throw new LaminarException($"Query {QueryName} doesn't read a source by itself.");
        var reader = new ArrowRowReader(source.Schema, batch, _texts ??= TextCache.PerColumn(source.Schema));
        ArrowScratch scratch = _scratch ??= new ArrowScratch();
        scratch.Begin(batch.Length);
        try
        {
            for (int start = 0; ;)
            {
                scratch.StartAt(start);
                try
                {
                    Run(ref reader, scratch, start);
                }
                catch (Exception error) when (Position >= 0 && IsRowError(error))
                {
                    start = Fail(source.Describe(batch, Position), source.Named(error));
                    continue;
                }
                catch (Exception error) when (IsOfAdd(error))
                {
                    throw OfAdd(source.Describe(batch, Position), error);
                }

                if (scratch.IsReadable)
                {
                    break;
                }

                // The loop ended before a row that isn't one: it has no time either, so it moves no watermark.
                Position = scratch.Bad;
                start = Fail(source.Describe(batch, Position), source.Named(scratch.BadError));
            }
        }
        finally
        {
            HandOnLate(ref reader, source);
            reader.Dispose();
        }

        RowsIn += batch.Length;
        _life = Life.Ready;
    }

    /// <summary>Begins to take rows that aren't of the operator's own input type; <see cref="EndRows"/> follows unless something is thrown.</summary>
    private protected void BeginRows() => Begin();

    /// <summary>They have been taken.</summary>
    /// <param name="count">How many.</param>
    private protected void EndRows(int count)
    {
        RowsIn += count;
        _life = Life.Ready;
    }

    /// <inheritdoc/>
    public sealed override void AdvanceWatermark(long watermark)
    {
        Begin();
        Advance(watermark);
        _life = Life.Ready;
    }

    /// <inheritdoc/>
    public sealed override void AdvanceProcessingTime(long now)
    {
        if (FollowsClock && _life != Life.Completed)
        {
            Begin();
            Tick(now);
            _life = Life.Ready;
        }
    }

    /// <inheritdoc/>
    public sealed override void Complete()
    {
        if (_life == Life.Completed)
        {
            return;
        }

        Begin();
        Advance(long.MaxValue);
        _life = Life.Completed;
    }

    /// <inheritdoc/>
    public sealed override void Snapshot(IBufferWriter<byte> writer)
    {
        if (_life is Life.Busy or Life.Disposed)
        {
            ThrowUnusable();
        }

        var state = new StateWriter(writer, QueryName, _fingerprint);
        state.Write((byte)(_life == Life.Completed ? 1 : 0));
        state.Write(RowsIn);
        state.Write(RowsOut);
        state.Write(LateRows);
        state.Write(ErrorRows);
        Save(state);
        state.Finish();
    }

    /// <inheritdoc/>
    public sealed override void Restore(ReadOnlySequence<byte> snapshot)
    {
        Begin();
        var state = new StateReader(snapshot, QueryName, _fingerprint);
        bool completed = state.Read<byte>() != 0;
        RowsIn = state.Read<long>();
        RowsOut = state.Read<long>();
        LateRows = state.Read<long>();
        ErrorRows = state.Read<long>();
        Load(state);
        state.Finish();
        _life = completed ? Life.Completed : Life.Ready;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _life = Life.Disposed;
        base.Dispose();
    }

    /// <summary>Rows from <paramref name="start"/> on, with the watermark that the source declares.</summary>
    protected abstract void Run(ReadOnlySpan<TIn> rows, int start);

    /// <summary>Rows from <paramref name="start"/> on, each with the watermark before it.</summary>
    protected abstract void Run(ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int start);

    /// <summary>Rows of an Arrow batch from <paramref name="start"/> on. Only operators over a source read them.</summary>
    protected virtual void Run(ref ArrowRowReader reader, ArrowScratch scratch, int start)
    {
    }

    /// <summary>The watermark is at least this now.</summary>
    protected abstract void Advance(long watermark);

    /// <summary>The wall clock says this now, in ticks UTC.</summary>
    protected virtual void Tick(long now)
    {
    }

    /// <summary>Writes what the operator keeps.</summary>
    protected virtual void Save(StateWriter state)
    {
    }

    /// <summary>Reads it back.</summary>
    protected virtual void Load(StateReader state)
    {
    }

    /// <summary>Whether an aggregate in C# has thrown while a row was added to it, and may be half changed: the query ends, whatever it is told to do with rows that fail.</summary>
    private bool IsOfAdd(Exception error) => Calling < 0 && Position >= 0 && UserCall.IsRowError(error);

    private StreamRowException OfAdd(string row, Exception error) => new(QueryName, row, UserCall.AddFailed(error), error);

    /// <summary>The SQL name of a function in C# that the query calls.</summary>
    /// <param name="call">See <see cref="EvaluationContext.Calling"/>.</param>
    protected virtual string FunctionName(int call) => "";

    /// <summary>Counts and skips a result that can't be computed, or throws.</summary>
    /// <param name="group">Key and window as text.</param>
    /// <param name="error">What went wrong.</param>
    protected internal void Skip(string group, Exception error) => Skip(group, error, isOwn: true);

    private void Skip(string row, Exception error, bool isOwn)
    {
        if (Calling > 0)
        {
            error = UserCall.Failed(FunctionName(Calling), error);
            Calling = 0;
        }

        var failure = new StreamRowException(QueryName, row, error.Message, error);
        if (!Skips(failure, isOwn))
        {
            throw failure;
        }

        ErrorRows++;
    }

    private bool Skips(StreamRowException failure, bool isOwn) => (isOwn ? Errors?.Policy : null) switch
    {
        ErrorPolicy.Fail => false,
        ErrorPolicy.Skip => true,
        ErrorPolicy.DeadLetter => (DeadLetter ?? OnError)?.Invoke(failure) == true,
        _ => OnError?.Invoke(failure) == true,
    };

    /// <summary>A row of the batch under way is late for a window; what becomes of it is done behind the batch.</summary>
    /// <param name="row">The row, which fails no more.</param>
    public void MarkLate(int row)
    {
        if (Late is not null)
        {
            if (_lateCount == _late.Length)
            {
                System.Array.Resize(ref _late, Math.Max(16, _lateCount * 2));
            }

            _late[_lateCount++] = row;
        }
    }

    private void HandOnLate(ReadOnlySpan<TIn> rows)
    {
        int count = _lateCount;
        _lateCount = 0;
        for (int i = 0; i < count; i++)
        {
            Late!.Add(in rows[_late[i]]);
        }
    }

    private void HandOnLate(ref ArrowRowReader reader, SourceRows source)
    {
        int count = _lateCount;
        _lateCount = 0;
        for (int i = 0; i < count; i++)
        {
            TIn row;
            try
            {
                row = source.Read<TIn>(ref reader, _late[i]);
            }
            catch (Exception error) when (error is LaminarException or OverflowException)
            {
                // In a column that the query has no use for.
                Skip($"{_late[i]} of an Arrow batch", source.Named(error), isOwn: false);
                continue;
            }

            Late!.Add(in row);
        }
    }

    /// <summary>A row has failed: by the policy it is counted and passed over, or the query ends.</summary>
    /// <returns>The position of the next.</returns>
    private protected int Fail(string row, Exception error)
    {
        int next = Position + 1;
        Position = -1;
        Skip(row, error, isOwn: Source is null);
        return next;
    }

    private void Begin()
    {
        if (_life != Life.Ready)
        {
            ThrowUnusable();
        }

        // Stays so when an exception leaves: the operator is faulted then.
        _life = Life.Busy;
    }

    private void ThrowUnusable() => throw new LaminarException(_life switch
    {
        Life.Completed => $"Query {QueryName} has completed and takes no more rows.",
        Life.Disposed => $"Query {QueryName} is disposed.",
        _ => $"Query {QueryName} is faulted by an earlier exception, or its sink pushed into it. Create it anew, or restore a snapshot.",
    });
}
