using Apache.Arrow;
using Laminar.Bench.Inputs;
using Laminar.Interpreter;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Bench.Contenders;

/// <summary>The interpreter over the same plan, fed with Arrow batches that were built beforehand.</summary>
public sealed class Interpreted(Relation source, ArrowBatches batches)
{
    private static readonly RelationColumn[] Columns =
    [
        new("auction", "Auction", SqlType.BigInt, false),
        new("bidder", "Bidder", SqlType.BigInt, false),
        new("price", "Price", SqlType.BigInt, false),
        new("channel", "Channel", SqlType.Int, false),
        new("ts", "Ts", SqlType.Timestamp, false) { EventTimeLag = 0 },
    ];

    public static Relation Bids { get; } = Source("bids", Columns, delay: 0);

    public static Relation LateBids { get; } = Source("late_bids", Columns, delay: 2 * TimeSpan.TicksPerSecond);

    public static Relation TextBids { get; } = Source("text_bids", [.. Columns[..3], new("channel", "Channel", SqlType.Varchar, false), Columns[4]], delay: 0);

    public Outcome Run(QueryInfo info, int rows)
    {
        CompiledQuery compiled = SqlCompiler.CompileQuery(info.Sql, info.Name, new DictionaryCatalog([source]));
        QueryPlan plan = compiled.Plan ?? throw new InvalidOperationException(string.Join("\n", compiled.Diagnostics));
        InterpretedQuery query = InterpretedQuery.Create(plan, name: info.Name);
        var outcome = new Outcome(0, 0);
        foreach (RecordBatch batch in batches.First(rows))
        {
            query.Push(batch);
            outcome = Add(outcome, query.Drain());
        }

        query.Complete();
        return Add(outcome, query.Drain());
    }

    private static Relation Source(string name, IReadOnlyList<RelationColumn> columns, long delay) =>
        new(name, RelationKind.Source, "", columns) { Watermark = new WatermarkDeclaration(4, delay) };

    private static Outcome Add(Outcome outcome, IReadOnlyList<RecordBatch> batches)
    {
        foreach (RecordBatch batch in batches)
        {
            long sum = 0;
            for (int i = 0; i < batch.ColumnCount; i++)
            {
                sum += Sum(batch.Column(i));
            }

            outcome = new Outcome(outcome.Rows + batch.Length, outcome.Checksum + sum);
        }

        return outcome;
    }

    private static long Sum(IArrowArray column)
    {
        long sum = 0;
        switch (column)
        {
            case TimestampArray times:
                foreach (long microseconds in times.Values)
                {
                    sum += (microseconds * 10) + DateTime.UnixEpoch.Ticks;
                }

                return sum;
            case Int64Array longs:
                foreach (long value in longs.Values)
                {
                    sum += value;
                }

                return sum;
            case Int32Array ints:
                foreach (int value in ints.Values)
                {
                    sum += value;
                }

                return sum;
            case StringArray texts:
                // As many bytes as characters: the channels' names are ASCII.
                return texts.ValueOffsets[texts.Length] - texts.ValueOffsets[0];
            default:
                throw new InvalidOperationException($"No checksum for {column.Data.DataType.Name}.");
        }
    }
}
