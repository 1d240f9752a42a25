using System.Buffers;

namespace Laminar.Testing;

/// <summary>
/// A query under test: takes rows and time, collects what comes out, and remembers what went in, so that the same can be run again, cut otherwise and without
/// generated code. Not thread-safe.
/// </summary>
/// <typeparam name="TSource">The source's row.</typeparam>
/// <typeparam name="TRow">The query's row.</typeparam>
public sealed class StreamTest<TSource, TRow> : IDisposable
    where TSource : ISourceRow<TSource>
    where TRow : IStreamRow<TRow>
{
    private readonly Func<Action<TRow>, SingleSourceQuery<TSource, TRow>> _create;
    private readonly Func<ReadOnlySequence<byte>, Action<TRow>, SingleSourceQuery<TSource, TRow>> _restore;
    private readonly List<TestEvent<TSource>> _events = [];
    private readonly List<TRow> _rows = [];
    private readonly List<StreamRowException> _errors = [];
    private SingleSourceQuery<TSource, TRow> _query;
    private bool _skips;
    private TimeProvider? _clock;
    private int _taken;

    internal StreamTest(Func<Action<TRow>, SingleSourceQuery<TSource, TRow>> create, Func<ReadOnlySequence<byte>, Action<TRow>, SingleSourceQuery<TSource, TRow>> restore)
    {
        _create = create;
        _restore = restore;
        _query = create(_rows.Add);
    }

    /// <summary>All rows so far, in order of emission; of an updating query with their kinds.</summary>
    public IReadOnlyList<TRow> Rows => _rows;

    /// <summary>What is left when every change so far is applied: of an append-only query all rows.</summary>
    /// <exception cref="StreamTestException">A change takes back a row that isn't there. EMIT ON UPDATE and EVERY give no rows as they were: see <see cref="FinalBy"/>.</exception>
    public IReadOnlyList<TRow> Final => Changelog.Final<TRow>(_rows);

    /// <summary>Rows that failed and were skipped.</summary>
    public IReadOnlyList<StreamRowException> Errors => _errors;

    /// <summary>What the query counted.</summary>
    public QueryStatistics Statistics => _query.Statistics;

    /// <summary>Rows that fail are collected in <see cref="Errors"/>, rather than thrown out of <see cref="Push"/>.</summary>
    public StreamTest<TSource, TRow> SkipErrors()
    {
        _skips = true;
        Prepare(_query, _errors);
        return this;
    }

    /// <summary>What CURRENT_TIMESTAMP reads.</summary>
    public StreamTest<TSource, TRow> At(TimeProvider clock)
    {
        _clock = clock;
        Prepare(_query, _errors);
        return this;
    }

    /// <summary>Rows, as one batch.</summary>
    public StreamTest<TSource, TRow> Push(params TSource[] rows)
    {
        _events.AddRange(rows.Select(row => new TestEvent<TSource>(row, null)));
        _query.Push(rows);
        return this;
    }

    /// <summary>No row before <paramref name="watermark"/> will come.</summary>
    public StreamTest<TSource, TRow> AdvanceWatermark(DateTime watermark)
    {
        _events.Add(new TestEvent<TSource>(default!, watermark));
        _query.AdvanceWatermark(watermark);
        return this;
    }

    /// <summary>What the wall clock says, for EMIT EVERY ... PROCESSING TIME.</summary>
    public StreamTest<TSource, TRow> AdvanceProcessingTime(DateTime now)
    {
        _events.Add(new TestEvent<TSource>(default!, null, now));
        _query.AdvanceProcessingTime(now);
        return this;
    }

    /// <summary>End of input: every window closes.</summary>
    public StreamTest<TSource, TRow> Complete()
    {
        _query.Complete();
        return this;
    }

    /// <summary>Saves the query and goes on in another one that is restored from it, as after a crash.</summary>
    public StreamTest<TSource, TRow> Restart()
    {
        _query = Restarted(_query, _rows, _errors);
        return this;
    }

    /// <summary>The rows since the last call.</summary>
    public IReadOnlyList<TRow> Take()
    {
        TRow[] taken = [.. _rows.Skip(_taken)];
        _taken = _rows.Count;
        return taken;
    }

    /// <summary>What is left by key, where updates come without the row as it was (EMIT ON UPDATE, EMIT EVERY): the last row of each key, unless it is a deletion.</summary>
    /// <param name="key">The columns that tell one result from another.</param>
    public IReadOnlyList<TRow> FinalBy(Func<TRow, object?> key) =>
        [.. _rows.GroupBy(key).Select(rows => rows.Last()).Where(row => Changelog.KindOf(row) != RowKind.Delete)];

    /// <summary>Exactly these rows, in this order, have come so far.</summary>
    /// <exception cref="StreamTestException">Others have.</exception>
    public StreamTest<TSource, TRow> AssertRows(params TRow[] expected)
    {
        RowDifference.Check("The rows, in order", RowText.Of<TRow>(expected), RowText.Of<TRow>(_rows), isOrdered: true);
        return this;
    }

    /// <summary>These rows are left, in any order; see <see cref="Final"/>. Kinds of rows don't count.</summary>
    /// <exception cref="StreamTestException">Others are.</exception>
    public StreamTest<TSource, TRow> AssertFinal(params TRow[] expected)
    {
        RowDifference.Check("What is left", RowText.Of<TRow>(expected, withKind: false), RowText.Of<TRow>(Final, withKind: false), isOrdered: false);
        return this;
    }

    /// <summary>
    /// The same SQL over the same rows as one batch, run without generated code, gives the same as the generated query, whether that gets the rows one by one,
    /// seven at a time or all at once, and when it is saved and restored before any of them. Of a query that takes results back, what is left is compared.
    /// </summary>
    /// <param name="upstream">Of the queries that it reads, from the bottom up.</param>
    /// <exception cref="StreamTestException">They differ, or the query can't be compiled from its text.</exception>
    public StreamTest<TSource, TRow> AssertMatchesBatch(params QueryInfo[] upstream)
    {
        RowSchema schema = TRow.Schema;
        var batch = new BatchRun<TSource>(_query.Info, upstream, _create.Method.DeclaringType?.Assembly ?? typeof(TRow).Assembly) { SkipsErrors = _skips, Clock = _clock };
        int count = _events.Count(e => e.IsRow);
        IReadOnlyList<string>? one = batch.IsComparable ? RowText.Left(batch.Run(_events, int.MaxValue), schema) : null;
        foreach ((int size, int restart) in new[] { (1, -1), (7, -1), (int.MaxValue, -1) }.Concat(Enumerable.Range(0, count).Select(row => (int.MaxValue, row))))
        {
            string cut = restart >= 0 ? $"saved and restored before row {restart}" : size == int.MaxValue ? "all rows in one batch" : $"{size} row(s) at a time";

            // Where updates come without the rows as they were, what is emitted depends on the cut: both get the same one.
            List<TRow> generated = Generated(size, restart);
            IReadOnlyList<string> expected = one ?? RowText.Of(batch.Run(_events, size, restart), schema);
            IReadOnlyList<string> actual = one is null ? RowText.Of<TRow>(generated) : RowText.Of<TRow>(Changelog.Final<TRow>(generated), withKind: false);
            RowDifference.Check($"{_query.Info.Name}, {cut}, against one batch of the same rows", expected, actual, isOrdered: false);
        }

        return this;
    }

    /// <inheritdoc/>
    public void Dispose() => _query.Dispose();

    private List<TRow> Generated(int size, int restart)
    {
        var rows = new List<TRow>();
        var errors = new List<StreamRowException>();
        SingleSourceQuery<TSource, TRow> query = Prepare(_create(rows.Add), errors);
        try
        {
            foreach (TestStep<TSource> step in TestStep<TSource>.Cut(_events, size, restart))
            {
                if (step.Restarts)
                {
                    query = Restarted(query, rows, errors);
                }

                if (step.Watermark is { } watermark)
                {
                    query.AdvanceWatermark(watermark);
                }

                if (step.Clock is { } clock)
                {
                    query.AdvanceProcessingTime(clock);
                }

                query.Push(step.Rows);
            }

            query.Complete();
        }
        finally
        {
            query.Dispose();
        }

        return rows;
    }

    private SingleSourceQuery<TSource, TRow> Restarted(SingleSourceQuery<TSource, TRow> query, List<TRow> rows, List<StreamRowException> errors)
    {
        var saved = new ArrayBufferWriter<byte>();
        query.Snapshot(saved);
        query.Dispose();
        return Prepare(_restore(new ReadOnlySequence<byte>(saved.WrittenMemory), rows.Add), errors);
    }

    private SingleSourceQuery<TSource, TRow> Prepare(SingleSourceQuery<TSource, TRow> query, List<StreamRowException> errors)
    {
        if (_skips)
        {
            query.OnError = error =>
            {
                errors.Add(error);
                return true;
            };
        }

        if (_clock is not null)
        {
            query.Clock = _clock;
        }

        return query;
    }
}
