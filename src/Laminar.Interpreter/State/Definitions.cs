using Laminar.Functions;
using Laminar.Sql.Plan;
using Laminar.State;

namespace Laminar.Interpreter.State;

/// <summary>What aggregates are by definition, over at least one row.</summary>
internal static class Definitions
{
    /// <summary>Of integers of any type.</summary>
    public static object Bits(IReadOnlyList<GroupRow> rows, Func<ulong, ulong, ulong> combine)
    {
        object first = rows[0].Values[0]!;
        ulong bits = rows.Select(r => Word(r.Values[0]!)).Aggregate(combine);
        return unchecked(first switch
        {
            sbyte => (object)(sbyte)bits,
            short => (short)bits,
            int => (int)bits,
            long => (long)bits,
            byte => (byte)bits,
            ushort => (ushort)bits,
            uint => (uint)bits,
            _ => bits,
        });
    }

    public static bool Truth(GroupRow row) => (bool)row.Values[0]!;

    /// <summary>In the order in which rows came, which the last digits depend on.</summary>
    public static Moments Moments(IReadOnlyList<GroupRow> rows)
    {
        Moments moments = default;
        foreach (GroupRow row in rows)
        {
            moments.Add((double)row.Values[0]!);
        }

        return moments;
    }

    /// <inheritdoc cref="Moments"/>
    public static PairMoments Pairs(IReadOnlyList<GroupRow> rows)
    {
        PairMoments moments = default;
        foreach (GroupRow row in rows)
        {
            moments.Add((double)row.Values[0]!, (double)row.Values[1]!);
        }

        return moments;
    }

    /// <summary>PERCENTILE_CONT and MEDIAN.</summary>
    public static RowsAggregate Continuous(BoundAggregate aggregate)
    {
        decimal fraction = (decimal)aggregate.Constant!;
        return new RowsAggregate(aggregate, rows =>
        {
            object[] values = Sorted(aggregate, rows);
            decimal position = (values.Length - 1) * fraction;
            int lower = (int)Math.Floor(position);
            int upper = (int)Math.Ceiling(position);
            return values[lower] is decimal low
                ? Math.Round(low + (((decimal)values[upper] - low) * (position - lower)), aggregate.Type.Scale, MidpointRounding.AwayFromZero)
                : lower == upper ? values[lower] : (double)values[lower] + (((double)values[upper] - (double)values[lower]) * (double)(position - lower));
        });
    }

    /// <summary>PERCENTILE_DISC; 2 is added to the fraction where the order is descending.</summary>
    public static RowsAggregate Discrete(BoundAggregate aggregate)
    {
        decimal constant = (decimal)aggregate.Constant!;
        return new RowsAggregate(aggregate, rows =>
        {
            object[] values = Sorted(aggregate, rows);
            int behind = Math.Max(0, (int)Math.Ceiling(values.Length * (constant > 1 ? constant - 2 : constant)) - 1);
            return constant > 1 ? values[^(behind + 1)] : values[behind];
        });
    }

    /// <summary>Of values that are equally frequent the least, or the greatest.</summary>
    public static RowsAggregate Mode(BoundAggregate aggregate)
    {
        BoxedValues type = BoxedValues.Of(aggregate.Type);
        return new RowsAggregate(aggregate, rows =>
        {
            object[] values = Sorted(aggregate, rows);
            IEnumerable<IGrouping<object, object>> groups = values.GroupBy(type.Key).OrderByDescending(g => g.Count());
            int most = groups.First().Count();
            IEnumerable<object> modes = groups.Where(g => g.Count() == most).Select(g => g.First()).Order(Comparer<object>.Create(type.Compare));
            return aggregate.Constant is 1m ? modes.Last() : modes.First();
        });
    }

    /// <summary>ARRAY_AGG: by its order, then by time; each value once where it is DISTINCT.</summary>
    public static RowsAggregate Array(BoundAggregate aggregate)
    {
        BoxedValues type = BoxedValues.Of(aggregate.Argument!.Type);
        return new RowsAggregate(aggregate, rows =>
        {
            object?[] values = [.. (aggregate.OrderBy.Count > 0 ? rows : [.. rows.OrderBy(r => r.Time)]).Select(r => r.Values[0])];
            return aggregate.Distinct ? values.DistinctBy(v => v is null ? v : type.Key(v)).ToArray() : values;
        });
    }

    /// <summary>TOPK.</summary>
    public static RowsAggregate Greatest(BoundAggregate aggregate) => new(aggregate, rows => Sorted(aggregate, rows).Reverse().Take((int)aggregate.Constant!).ToArray());

    /// <summary>The sketch's bucket of the exact value.</summary>
    public static RowsAggregate ApproximatePercentile(BoundAggregate aggregate) => new(aggregate, rows =>
        QuantileSketch.Middle(QuantileSketch.Bucket((double)Sorted(aggregate, rows)[(int)((rows.Count - 1) * (decimal)aggregate.Constant!)])));

    /// <summary>One sketch of all values.</summary>
    public static RowsAggregate ApproximateCount(BoundAggregate aggregate) => new(aggregate, rows =>
    {
        using var sketches = new HyperLogLogs();
        SketchHandle sketch = default;
        foreach (GroupRow row in rows)
        {
            switch (row.Values[0]!)
            {
                case string text:
                    sketches.Add(ref sketch, text);
                    break;
                case byte[] bytes:
                    sketches.Add(ref sketch, Convert.ToHexString(bytes));
                    break;
                case object?[] or SqlMap:
                    sketches.Add(ref sketch, NestedText.Key(row.Values[0]));
                    break;
                case decimal number:
                    sketches.Add(ref sketch, DistinctSet.Words(number));
                    break;
                case Guid id:
                    sketches.Add(ref sketch, DistinctSet.Words(id));
                    break;
                case double number:
                    sketches.Add(ref sketch, DistinctSet.Word(number));
                    break;
                case float number:
                    sketches.Add(ref sketch, DistinctSet.Word(number));
                    break;
                case bool truth:
                    sketches.Add(ref sketch, truth ? 1UL : 0UL);
                    break;
                default:
                    sketches.Add(ref sketch, Word(row.Values[0]!));
                    break;
            }
        }

        return sketches.Estimate(in sketch);
    }) { OfNothing = 0L };

    private static object[] Sorted(BoundAggregate aggregate, IReadOnlyList<GroupRow> rows) =>
        [.. rows.Select(r => r.Values[0]!).Order(Comparer<object>.Create(BoxedValues.Of(aggregate.Argument!.Type).Compare))];

    private static ulong Word(object value) => unchecked(value switch
    {
        sbyte v => (ulong)v,
        short v => (ulong)v,
        int v => (ulong)v,
        long v => (ulong)v,
        byte v => v,
        ushort v => v,
        uint v => v,
        _ => (ulong)value,
    });
}
