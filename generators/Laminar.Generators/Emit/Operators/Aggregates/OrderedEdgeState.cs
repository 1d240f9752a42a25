using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>The value of the first or last row in an order of its own; ties in the order of time, partition and arrival (<see cref="EdgeOrder"/>).</summary>
internal sealed class OrderedEdgeState : BesideState
{
    private readonly bool _isLast;
    private readonly KeptValue _value;
    private readonly int _firstKey;
    private readonly List<(KeptValue Value, BoundOrder Order)> _keys;

    /// <param name="key">See <see cref="AggregateState.Key"/>.</param>
    /// <param name="name">The stem of the fields' names.</param>
    /// <param name="aggregate">With ORDER BY.</param>
    /// <param name="isLast">The last row and not the first.</param>
    public OrderedEdgeState(string key, string name, BoundAggregate aggregate, bool isLast)
        : base(key, name)
    {
        _isLast = isLast;
        _value = new KeptValue(name, aggregate.Argument!.Type, aggregate.TakesNull && aggregate.Argument.Nullable);
        _firstKey = aggregate.Arguments.Count;
        _keys = aggregate.OrderBy.Select((o, i) => (new KeptValue($"{name}Key{i}", o.Key.Type, o.Key.Nullable), o)).ToList();
    }

    public override IEnumerable<(string Type, string Name)> Fields =>
        Kept.SelectMany(v => v.Fields).Concat([("long", Name + "Time"), ("int", Name + "Partition"), ("bool", Name + "Seen")]);

    public override IEnumerable<BesideStore> Stores => Kept.SelectMany(v => v.Stores);

    public override bool UsesTime => true;

    private IEnumerable<KeptValue> Kept => _keys.Select(k => k.Value).Prepend(_value);

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row)
    {
        WriteBeats(writer, pane, _keys.Select((_, i) => row.Values[_firstKey + i]).ToList(), row.Time, row.Partition);
        using (writer.Open($"if (beats{Name})"))
        {
            _value.WriteSet(writer, pane, row.Value);
            for (int i = 0; i < _keys.Count; i++)
            {
                _keys[i].Value.WriteSet(writer, pane, row.Values[_firstKey + i]);
            }

            WriteSeen(writer, pane, row.Time, row.Partition);
        }
    }

    public override void WriteMerge(CodeWriter writer, string pane, string other)
    {
        using (writer.Open($"if ({other}.{Name}Seen)"))
        {
            WriteBeats(writer, pane, _keys.Select(k => k.Value.Read(other)).ToList(), $"{other}.{Name}Time", $"{other}.{Name}Partition");
            using (writer.Open($"if (beats{Name})"))
            {
                foreach (KeptValue value in Kept)
                {
                    value.WriteSet(writer, pane, value.Read(other));
                }

                WriteSeen(writer, pane, $"{other}.{Name}Time", $"{other}.{Name}Partition");
            }
        }
    }

    public override void WriteFree(CodeWriter writer, string pane)
    {
        foreach (KeptValue value in Kept)
        {
            value.WriteFree(writer, pane);
        }
    }

    /// <summary>What is held; NULL while nothing was seen.</summary>
    public EmittedValue Read(string pane)
    {
        EmittedValue value = _value.Read(pane);
        return value with { Null = value.Null is null ? $"(!{pane}.{Name}Seen)" : $"(!{pane}.{Name}Seen || {value.Null})" };
    }

    private void WriteBeats(CodeWriter writer, string pane, IReadOnlyList<EmittedValue> keys, string time, string partition)
    {
        writer.Line($"bool beats{Name} = !{pane}.{Name}Seen;");
        using (writer.Open($"if (!beats{Name})"))
        {
            writer.Line($"int order{Name} = {OrderCode.Compare(keys[0], _keys[0].Value.Read(pane), _keys[0].Order)};");
            IEnumerable<string> next = keys.Skip(1).Select((k, i) => OrderCode.Compare(k, _keys[i + 1].Value.Read(pane), _keys[i + 1].Order))
                .Concat([$"({time}).CompareTo({pane}.{Name}Time)", $"({partition}).CompareTo({pane}.{Name}Partition)"]);
            foreach (string comparison in next)
            {
                using (writer.Open($"if (order{Name} == 0)"))
                {
                    writer.Line($"order{Name} = {comparison};");
                }
            }

            writer.Line($"beats{Name} = order{Name} {(_isLast ? ">=" : "<")} 0;");
        }
    }

    private void WriteSeen(CodeWriter writer, string pane, string time, string partition)
    {
        writer.Line($"{pane}.{Name}Time = {time};");
        writer.Line($"{pane}.{Name}Partition = {partition};");
        writer.Line($"{pane}.{Name}Seen = true;");
    }
}
