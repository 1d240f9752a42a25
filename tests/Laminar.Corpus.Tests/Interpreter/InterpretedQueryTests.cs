using System.Buffers;
using Apache.Arrow;
using Laminar.Corpus.Tests.Data;
using Laminar.Interpreter;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;
using NUnit.Framework;
using static Laminar.Corpus.Tests.Interpreter.Plans;

namespace Laminar.Corpus.Tests.Interpreter;

/// <summary>The interpreter over plans made by hand, with results worked out by hand.</summary>
public sealed class InterpretedQueryTests
{
    private const long Second = TimeSpan.TicksPerSecond;
    private static readonly long Eight = Cells.Timestamp("08:00:00");

    [Test]
    public void Null_and_false_is_false_without_the_right_side()
    {
        BoundExpression division = Binary(BinaryOperator.Greater, Binary(BinaryOperator.Divide, Number(1), W, SqlType.BigInt), Number(0));
        BoundExpression guarded = Binary(BinaryOperator.And, Binary(BinaryOperator.NotEqual, W, Number(0)), division);
        Assert.That(
            Run(Project(Scan, guarded), [1, 0, 0], [1, 1, 0], [1, null, 0]),
            Is.EqualTo(new object?[][] { [false], [true], [null] }));
    }

    [Test]
    public void Case_computes_only_the_branch_it_takes()
    {
        BoundExpression division = Binary(BinaryOperator.Divide, V, W, SqlType.BigInt);
        Assert.That(
            Run(Project(Scan, Case(Binary(BinaryOperator.NotEqual, W, Number(0)), division, Number(-1))), [6, 2, 0], [6, 0, 0], [6, null, 0]),
            Is.EqualTo(new object?[][] { [3L], [-1L], [-1L] }));
    }

    [Test]
    public void Coalesce_stops_at_the_first_value()
    {
        BoundExpression division = Binary(BinaryOperator.Divide, Number(8), W, SqlType.BigInt);
        Assert.That(Run(Project(Scan, Coalesce(V, division)), [1, 0, 0], [null, 2, 0]), Is.EqualTo(new object?[][] { [1L], [4L] }));
    }

    [Test]
    public void The_rows_before_a_failing_row_are_emitted_and_the_query_is_faulted()
    {
        InterpretedQuery query = InterpretedQuery.Create(Project(Scan, Binary(BinaryOperator.Divide, V, W, SqlType.BigInt)), name: "ratio");
        using RecordBatch batch = Batch([6, 2, 0], [6, 0, 1], [6, 3, 2]);
        StreamRowException error = Assert.Throws<StreamRowException>(() => query.Push(batch))!;
        Assert.Multiple(() =>
        {
            Assert.That(error.Query, Is.EqualTo("ratio"));
            Assert.That(error.Row, Does.Contain("6, 0"));
            Assert.That(ArrowRows.FromBatches(query.Drain(), [SqlType.BigInt]), Is.EqualTo(new object?[][] { [3L] }));
            Assert.That(() => query.Push(batch), Throws.TypeOf<LaminarException>());
        });
    }

    [Test]
    public void A_skipped_row_is_counted()
    {
        InterpretedQuery query = InterpretedQuery.Create(Project(Scan, Binary(BinaryOperator.Multiply, V, W, SqlType.BigInt)));
        query.OnError = _ => true;
        using RecordBatch batch = Batch([long.MaxValue, 2, 0], [3, 2, 1]);
        query.Push(batch);
        Assert.Multiple(() =>
        {
            Assert.That(query.Statistics.ErrorRows, Is.EqualTo(1));
            Assert.That(query.Statistics.RowsIn, Is.EqualTo(2));
            Assert.That(ArrowRows.FromBatches(query.Drain(), [SqlType.BigInt]), Is.EqualTo(new object?[][] { [6L] }));
        });
    }

    [Test]
    public void Windows_close_row_by_row_within_one_batch()
    {
        var plan = new QueryPlan(Sum(Scan, 10 * Second, 10 * Second, EmitMode.OnWindowClose, W), Source, false);
        object?[][] rows = Run(plan, [1, 1, 0], [2, 2, 3], [4, 1, 15], [8, 1, 9], [16, null, 16], [32, null, 16]);
        Assert.That(
            rows,
            Is.EqualTo(new object?[][]
            {
                [1L, Eight, Eight + (10 * Second), Eight + (10 * Second) - 10, 1L],
                [2L, Eight, Eight + (10 * Second), Eight + (10 * Second) - 10, 2L],
                [1L, Eight + (10 * Second), Eight + (20 * Second), Eight + (20 * Second) - 10, 4L],
                [null, Eight + (10 * Second), Eight + (20 * Second), Eight + (20 * Second) - 10, 48L],
            }));
    }

    [Test]
    public void More_groups_than_a_chunk_come_out_once_each_in_order()
    {
        var plan = new QueryPlan(Sum(Scan, 10 * Second, 5 * Second, EmitMode.OnWindowClose, W), Source, false);
        object?[][] input = [.. Enumerable.Range(0, 5000).Select(i => new object?[] { 1L, (long)i, 0L })];
        object?[][] rows = Run(plan, input);
        Assert.That(rows.Select(r => (long)r[0]!), Is.EqualTo(Enumerable.Range(0, 5000).Concat(Enumerable.Range(0, 5000)).Select(i => (long)i)));
    }

    [Test]
    public void A_snapshot_goes_on_where_it_was_taken()
    {
        var plan = new QueryPlan(Sum(Scan, 10 * Second, 10 * Second, EmitMode.Changes), Source, true);
        InterpretedQuery first = InterpretedQuery.Create(plan);
        using RecordBatch before = Batch([1, 1, 0]);
        first.Push(before);
        var saved = new ArrayBufferWriter<byte>();
        first.Snapshot(saved);
        InterpretedQuery second = InterpretedQuery.Create(plan);
        second.Restore(new ReadOnlySequence<byte>(saved.WrittenMemory));
        using RecordBatch after = Batch([2, 1, 1]);
        second.Push(after);
        SqlType[] types = [SqlType.Timestamp, SqlType.Timestamp, SqlType.Timestamp, SqlType.BigInt];
        List<object?[]> rows = ArrowRows.FromBatches(second.Drain(), types);
        Assert.That(rows.Select(r => (r[0], r[4])), Is.EqualTo(new (object?, object?)[] { ("update_before", 1L), ("update_after", 3L) }));
    }

    [Test]
    public void Damaged_and_foreign_snapshots_are_refused()
    {
        var plan = new QueryPlan(Sum(Scan, 10 * Second, 10 * Second, EmitMode.OnWindowClose), Source, false);
        var other = new QueryPlan(Sum(Scan, 20 * Second, 20 * Second, EmitMode.OnWindowClose), Source, false);
        InterpretedQuery query = InterpretedQuery.Create(plan);
        using RecordBatch batch = Batch([1, 1, 0]);
        query.Push(batch);
        var saved = new ArrayBufferWriter<byte>();
        query.Snapshot(saved);
        Assert.Multiple(() =>
        {
            Assert.That(() => InterpretedQuery.Create(other).Restore(new(saved.WrittenMemory)), Throws.TypeOf<SnapshotException>());
            for (int length = 0; length < saved.WrittenCount; length++)
            {
                Assert.That(() => InterpretedQuery.Create(plan).Restore(new(saved.WrittenMemory[..length])), Throws.TypeOf<SnapshotException>());
            }
        });
    }

    [Test]
    public void Nothing_goes_in_behind_the_end()
    {
        InterpretedQuery query = InterpretedQuery.Create(Project(Scan, V));
        query.Complete();
        using RecordBatch batch = Batch([1, 1, 0]);
        Assert.That(() => query.Push(batch), Throws.TypeOf<LaminarException>());
    }

    /// <summary>Rows of v, w and seconds behind eight o'clock.</summary>
    private static RecordBatch Batch(params object?[][] rows) =>
        ArrowRows.ToBatch(Source.Columns, [.. rows.Select(r => new[] { Long(r[0]), Long(r[1]), Eight + ((long)Long(r[2])! * Second) })]);

    private static object? Long(object? value) => value is null ? null : Convert.ToInt64(value);

    private static object?[][] Run(QueryPlan plan, params object?[][] rows)
    {
        InterpretedQuery query = InterpretedQuery.Create(plan);
        using RecordBatch batch = Batch(rows);
        query.Push(batch);
        query.Complete();
        return [.. ArrowRows.FromBatches(query.Drain(), [.. plan.Columns.Select(c => c.Type)])];
    }
}
