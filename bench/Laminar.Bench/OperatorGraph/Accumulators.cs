using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Bench.OperatorGraph;

/// <summary>What a group keeps for one aggregate: an object of its own, asked by a virtual call per row.</summary>
public abstract class Accumulator
{
    /// <param name="value">The argument, not NULL unless the aggregate takes that; of COUNT(*) anything.</param>
    /// <param name="time">The row's event time.</param>
    public abstract void Add(Datum value, long time);

    public abstract Datum Result();
}

/// <summary>An aggregate of a grouping operator: what it evaluates of a row, and how its accumulators are made.</summary>
public sealed class GraphAggregate
{
    private readonly Func<Datum[], Datum>? _filter;
    private readonly Func<Datum[], Datum>? _argument;
    private readonly Func<Accumulator> _make;
    private readonly bool _takesNull;

    /// <exception cref="NotSupportedException">The operator graph doesn't know it.</exception>
    public GraphAggregate(BoundAggregate aggregate)
    {
        if (aggregate.Arguments.Count > 1 || aggregate.OrderBy.Count > 0)
        {
            throw new NotSupportedException($"The operator graph doesn't know {aggregate.Function.Name} of several columns or ordered.");
        }

        _filter = aggregate.Filter is null ? null : Expressions.Compile(aggregate.Filter);
        _argument = aggregate.Argument is null ? null : Expressions.Compile(aggregate.Argument);
        Func<Accumulator> plain = Maker(aggregate);
        _takesNull = aggregate.TakesNull;
        _make = aggregate.Distinct ? () => new DistinctAccumulator(plain()) : plain;
    }

    public Accumulator NewAccumulator() => _make();

    public void Add(Accumulator to, Datum[] row, long time)
    {
        if (_filter is not null && _filter(row) is not { IsNull: false, Truth: true })
        {
            return;
        }

        Datum value = _argument is null ? default : _argument(row);
        if (_takesNull || !value.IsNull)
        {
            to.Add(value, time);
        }
    }

    private static Func<Accumulator> Maker(BoundAggregate aggregate)
    {
        SqlType? type = aggregate.Argument?.Type;
        switch (aggregate.Function.Name)
        {
            case "COUNT":
                return static () => new CountAccumulator();
            case "SUM" when Expressions.IsWhole(type!):
                return static () => new SumAccumulator();
            case "SUM" when Expressions.IsFloat(type!):
                return static () => new FloatAccumulator(isAverage: false);
            case "AVG" when Expressions.IsWhole(type!):
                return static () => new AverageAccumulator();
            case "AVG" when Expressions.IsFloat(type!):
                return static () => new FloatAccumulator(isAverage: true);
            case "MIN" or "MAX":
                Comparison<Datum> order = Expressions.Order(type!);
                int sign = aggregate.Function.Name == "MIN" ? -1 : 1;
                return () => new ExtremeAccumulator(order, sign);
            case "FIRST_VALUE":
                return static () => new EdgeAccumulator(last: false);
            case "LAST_VALUE":
                return static () => new EdgeAccumulator(last: true);
            case "MEDIAN" when Expressions.IsFloat(type!):
                return static () => new MedianAccumulator();
            default:
                throw new NotSupportedException($"The operator graph has no {aggregate.Function.Name} of {type}.");
        }
    }

    private sealed class CountAccumulator : Accumulator
    {
        private long _count;

        public override void Add(Datum value, long time) => _count++;

        public override Datum Result() => Datum.Of(_count);
    }

    private sealed class SumAccumulator : Accumulator
    {
        private Int128 _sum;
        private bool _any;

        public override void Add(Datum value, long time)
        {
            _sum += value.Number;
            _any = true;
        }

        public override Datum Result() => _any ? Datum.Of(checked((long)_sum)) : Datum.Null;
    }

    private sealed class AverageAccumulator : Accumulator
    {
        private Int128 _sum;
        private long _count;

        public override void Add(Datum value, long time)
        {
            _sum += value.Number;
            _count++;
        }

        public override Datum Result() => _count > 0 ? Datum.Of((double)_sum / _count) : Datum.Null;
    }

    private sealed class FloatAccumulator(bool isAverage) : Accumulator
    {
        private double _sum;
        private long _count;

        public override void Add(Datum value, long time)
        {
            _sum += value.Float;
            _count++;
        }

        public override Datum Result() => _count == 0 ? Datum.Null : Datum.Of(isAverage ? _sum / _count : _sum);
    }

    private sealed class ExtremeAccumulator(Comparison<Datum> order, int sign) : Accumulator
    {
        private Datum _best = Datum.Null;

        public override void Add(Datum value, long time)
        {
            if (_best.IsNull || order(value, _best) * sign > 0)
            {
                _best = value;
            }
        }

        public override Datum Result() => _best;
    }

    private sealed class EdgeAccumulator(bool last) : Accumulator
    {
        private Datum _value = Datum.Null;
        private long _time;
        private bool _any;

        public override void Add(Datum value, long time)
        {
            if (!_any || (last ? time >= _time : time < _time))
            {
                _any = true;
                _value = value;
                _time = time;
            }
        }

        public override Datum Result() => _value;
    }

    private sealed class MedianAccumulator : Accumulator
    {
        private readonly List<double> _values = [];

        public override void Add(Datum value, long time) => _values.Add(value.Float);

        public override Datum Result()
        {
            if (_values.Count == 0)
            {
                return Datum.Null;
            }

            _values.Sort();
            double low = _values[(_values.Count - 1) / 2];
            double high = _values[_values.Count / 2];
            return Datum.Of(low + ((high - low) * 0.5));
        }
    }

    private sealed class DistinctAccumulator(Accumulator of) : Accumulator
    {
        private readonly HashSet<Datum> _seen = [];

        public override void Add(Datum value, long time)
        {
            if (_seen.Add(value))
            {
                of.Add(value, time);
            }
        }

        public override Datum Result() => of.Result();
    }
}
