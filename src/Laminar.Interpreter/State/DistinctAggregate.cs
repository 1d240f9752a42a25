using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.State;

/// <summary>DISTINCT in front of another aggregate, which gets each combination of the arguments once: from the first row that has it.</summary>
internal sealed class DistinctAggregate(BoundAggregate aggregate, Aggregate behind) : Aggregate
{
    private readonly BoxedValues[] _types = [.. aggregate.Arguments.Select(a => BoxedValues.Of(a.Type))];
    private readonly Pairs _first = new();
    private readonly long[] _noTimes = new long[1];
    private Dictionary<string, object[]>[] _seen = [];

    public override void Update(Vector[] arguments, long[] times, Pairs pairs, int from, int to)
    {
        _first.Clear();
        for (int k = from; k < to; k++)
        {
            int row = pairs.Rows[k];
            object?[] values = [.. _types.Select((t, i) => t.Read(arguments[i], row))];
            if (!values.Contains(null) && Add(pairs.Slots[k], values!))
            {
                _first.Add(row, pairs.Slots[k]);
            }
        }

        behind.Update(arguments, times, _first, 0, _first.Count);
    }

    public override void Results(ReadOnlySpan<int> slots, Vector target, int at, ChunkErrors errors) => behind.Results(slots, target, at, errors);

    public override void Merge(int slot, int later)
    {
        Vector[] arguments = [.. _types.Select(t => t.NewVector())];
        foreach (object[] values in _seen[later].Values)
        {
            if (Add(slot, values))
            {
                for (int i = 0; i < _types.Length; i++)
                {
                    _types[i].Write(arguments[i], 0, values[i]);
                }

                _first.Clear();
                _first.Add(0, slot);
                behind.Update(arguments, _noTimes, _first, 0, 1);
            }
        }
    }

    public override void Reset(int slot)
    {
        _seen[slot] = new Dictionary<string, object[]>(StringComparer.Ordinal);
        behind.Reset(slot);
    }

    public override void Resize(int capacity)
    {
        Array.Resize(ref _seen, capacity);
        behind.Resize(capacity);
    }

    public override void Save(BinaryWriter writer, int slot)
    {
        writer.Write(_seen[slot].Count);
        foreach (object[] values in _seen[slot].Values)
        {
            for (int i = 0; i < _types.Length; i++)
            {
                _types[i].Save(writer, values[i]);
            }
        }

        behind.Save(writer, slot);
    }

    public override void Load(BinaryReader reader, int slot)
    {
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            Add(slot, [.. _types.Select(t => t.Load(reader)!)]);
        }

        behind.Load(reader, slot);
    }

    public override Vector NewVector() => behind.NewVector();

    // Lengths tell ("a", "bc") from ("ab", "c").
    private bool Add(int slot, object[] values) => _seen[slot].TryAdd(
        string.Concat(values.Select((v, i) => Text(_types[i].Key(v)) is var text ? $"{text.Length}:{text}" : string.Empty)), values);

    private static string Text(object key) => key is decimal number ? (number / 1.0000000000000000000000000000m).ToString(System.Globalization.CultureInfo.InvariantCulture)
        : Convert.ToString(key, System.Globalization.CultureInfo.InvariantCulture)!;
}
