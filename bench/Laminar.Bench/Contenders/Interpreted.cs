using Apache.Arrow;
using Laminar.Interpreter;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Bench.Contenders;

/// <summary>The interpreter over the same plan, fed with Arrow batches of 8,192 rows that were built beforehand.</summary>
public sealed class Interpreted
{
    private const int BatchRows = 8192;

    private static readonly Relation BidRelation = new(
        "bids", RelationKind.Source, "",
        [
            new("auction", "Auction", SqlType.BigInt, false),
            new("bidder", "Bidder", SqlType.BigInt, false),
            new("price", "Price", SqlType.BigInt, false),
            new("channel", "Channel", SqlType.Int, false),
            new("ts", "Ts", SqlType.Timestamp, false) { EventTimeLag = 0 },
        ])
    { Watermark = new WatermarkDeclaration(4, 0) };

    private readonly List<RecordBatch> _batches = [];

    public Interpreted(ReadOnlySpan<Bid> bids)
    {
        var builder = new ArrowBatchBuilder<Bid>();
        foreach (ref readonly Bid bid in bids)
        {
            builder.Add(in bid);
            if (builder.Count == BatchRows)
            {
                _batches.Add(builder.Build());
            }
        }

        if (builder.Count > 0)
        {
            _batches.Add(builder.Build());
        }
    }

    public Outcome Run(QueryInfo info)
    {
        CompiledQuery compiled = SqlCompiler.CompileQuery(info.Sql, info.Name, new DictionaryCatalog([BidRelation]));
        QueryPlan plan = compiled.Plan ?? throw new InvalidOperationException(string.Join("\n", compiled.Diagnostics));
        InterpretedQuery query = InterpretedQuery.Create(plan, name: info.Name);
        var outcome = new Outcome(0, 0);
        foreach (RecordBatch batch in _batches)
        {
            query.Push(batch);
            outcome = Add(outcome, query.Drain());
        }

        query.Complete();
        return Add(outcome, query.Drain());
    }

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
            default:
                throw new InvalidOperationException($"No checksum for {column.Data.DataType.Name}.");
        }
    }
}
