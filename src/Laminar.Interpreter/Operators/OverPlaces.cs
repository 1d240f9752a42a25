using Laminar.Interpreter.State;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Interpreter.Operators;

/// <summary>The order of rows in partitions, and where frames begin and end.</summary>
internal sealed class OverPlaces
{
    private readonly OverNode _node;
    private readonly BoxedValues[] _values;
    private readonly (int Ordinal, bool Descending, bool NullsFirst)[] _order;
    private readonly (int Ordinal, bool Descending, bool NullsFirst)[] _all;

    public OverPlaces(OverNode node, BoxedValues[] values)
    {
        _node = node;
        _values = values;
        _order = [.. node.OrderBy.Select(o => (o.Ordinal, o.Descending, o.NullsFirst))];
        int[] rest = [.. Enumerable.Range(0, node.Input.Columns.Count).Where(o => !node.Input.Columns[o].Type.IsNested && !node.PartitionBy.Contains(o) && node.OrderBy.All(k => k.Ordinal != o))];
        _all = [.. node.PartitionBy.Select(o => (o, false, false)), .. _order, .. rest.Select(o => (o, false, false))];
    }

    /// <summary>The order inside a partition; 0 for peers.</summary>
    public int Order(object?[] a, object?[] b) => Compare(_order, a, b);

    /// <summary>An order of all rows, whatever their arrival.</summary>
    public int OrderOfAll(object?[] a, object?[] b) => Compare(_all, a, b);

    /// <summary>Equal for rows of one partition.</summary>
    public string Key(object?[] row) => string.Concat(_node.PartitionBy.Select(o => row[o] is { } value ? Told(_values[o].Key(value).ToString()!) : "-"));

    /// <summary>The frame of a row, whose peers are all there.</summary>
    public (int From, int To) Frame(List<object?[]> rows, int index)
    {
        OverFrame frame = _node.Frame!;
        int peers = index;
        int peersEnd = index + 1;
        while (frame.Unit == FrameUnit.Range && peers > 0 && Order(rows[peers - 1], rows[index]) == 0)
        {
            peers--;
        }

        while (frame.Unit == FrameUnit.Range && peersEnd < rows.Count && Order(rows[peersEnd], rows[index]) == 0)
        {
            peersEnd++;
        }

        if (frame.Unit == FrameUnit.Rows)
        {
            int first = frame.From is { } before ? (int)Math.Clamp(index + before, 0, rows.Count) : 0;
            int end = frame.To is { } behind ? (int)Math.Clamp(index + behind + 1, 0, rows.Count) : rows.Count;
            return (Math.Min(first, end), end);
        }

        bool Holds(int other, long? bound, bool isFrom)
        {
            if (bound is null)
            {
                return true;
            }

            bool isPeer = other >= peers && other < peersEnd;
            object? own = rows[index][_order[0].Ordinal];
            object? its = rows[other][_order[0].Ordinal];
            if (bound == 0 || own is null || its is null)
            {
                return isPeer || (isFrom ? other > index : other < index);
            }

            Int128 distance = Whole(its) - Whole(own);
            distance = _order[0].Descending ? -distance : distance;
            return isFrom ? distance >= bound.Value : distance <= bound.Value;
        }

        int[] held = [.. Enumerable.Range(0, rows.Count).Where(i => Holds(i, frame.From, true) && Holds(i, frame.To, false))];
        return held.Length == 0 ? (0, 0) : (held[0], held[^1] + 1);
    }

    private static Int128 Whole(object value) => value is ulong large ? large : (Int128)Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);

    private static string Told(string text) => $"{text.Length}:{text}";

    private int Compare((int Ordinal, bool Descending, bool NullsFirst)[] keys, object?[] a, object?[] b)
    {
        foreach ((int ordinal, bool descending, bool nullsFirst) in keys)
        {
            int order = Compare(ordinal, descending, nullsFirst, a, b);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private int Compare(int ordinal, bool descending, bool nullsFirst, object?[] a, object?[] b)
    {
        if (a[ordinal] is null || b[ordinal] is null)
        {
            return (a[ordinal] is null) == (b[ordinal] is null) ? 0 : (a[ordinal] is null) == nullsFirst ? -1 : 1;
        }

        int order = _node.Input.Columns[ordinal].Type.IsNested && _node.PartitionBy.Contains(ordinal)
            ? string.CompareOrdinal((string)_values[ordinal].Key(a[ordinal]!), (string)_values[ordinal].Key(b[ordinal]!))
            : _values[ordinal].Compare(a[ordinal]!, b[ordinal]!);
        return descending ? -order : order;
    }
}
