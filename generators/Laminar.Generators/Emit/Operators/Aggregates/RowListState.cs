using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>What a list of rows is made into.</summary>
internal enum ListForm
{
    /// <summary>The one argument's texts, joined.</summary>
    Text,

    /// <summary>An array of the one argument.</summary>
    Array,

    /// <summary>A map of two arguments.</summary>
    Map,

    /// <summary>The value at a place.</summary>
    Place,

    /// <summary>The greatest values as an array.</summary>
    Top,
}

/// <summary>What aggregates take of rows, with what it is ordered by: a list per pane of items, whose texts and nested values lie in cells.</summary>
internal sealed class RowListState : BesideState
{
    private readonly ListForm _form;
    private readonly SqlType _type;
    private readonly int _most;
    private readonly List<KeptValue> _values;
    private readonly List<(KeptValue Value, BoundOrder Order)> _keys;
    private readonly bool _isOwnOrder;

    /// <param name="key">See <see cref="AggregateState.Key"/>.</param>
    /// <param name="name">The field.</param>
    /// <param name="aggregate">Whose arguments it keeps; distinct ones are their own order.</param>
    /// <param name="form">What is made of them.</param>
    public RowListState(string key, string name, BoundAggregate aggregate, ListForm form)
        : base(key, name)
    {
        _form = form;
        _type = aggregate.Type;
        _most = form == ListForm.Top ? (int)aggregate.Constant! : 0;
        _values = aggregate.Arguments.Select((a, i) => new KeptValue(name + "Value" + i.ToString(CultureInfo.InvariantCulture), a.Type, i >= aggregate.Counted && a.Nullable)).ToList();
        _isOwnOrder = aggregate.Distinct || form is ListForm.Place or ListForm.Top;
        _keys = _isOwnOrder
            ? [(_values[0], aggregate.OrderBy.Count > 0 ? aggregate.OrderBy[0] : new BoundOrder(aggregate.Argument!, Descending: form == ListForm.Top, NullsFirst: false))]
            : aggregate.OrderBy.Select((o, i) => (new KeptValue(name + "Key" + i.ToString(CultureInfo.InvariantCulture), o.Key.Type, o.Key.Nullable), o)).ToList();
    }

    public override IEnumerable<(string Type, string Name)> Fields => [("State::ListHandle", Name)];

    public override bool UsesTime => !_isOwnOrder;

    public override IEnumerable<BesideStore> Stores
    {
        get
        {
            foreach (BesideStore cells in Kept.SelectMany(v => v.Stores))
            {
                yield return cells;
            }

            yield return new BesideStore($"State::ValueLists<{Item}>", Lists) { IsUnmanaged = true };
            if (_form == ListForm.Text)
            {
                yield return new BesideStore("global::System.Text.StringBuilder", Builder) { IsRoom = true };
            }
        }
    }

    private IEnumerable<KeptValue> Kept => _isOwnOrder ? _values : _values.Concat(_keys.Select(k => k.Value));

    private string Item => Name + "Item";

    private string Lists => $"_lists{Name}";

    private string Builder => $"_builder{Name}";

    private string Local => $"item{Name}";

    private string Result => _form == ListForm.Array || _form == ListForm.Top ? "object?[]" : ClrForm.Of(_type);

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row)
    {
        writer.Line($"{Item} {Local} = default;");
        writer.Line($"{Local}.Arrival = {Lists}.Added;");
        for (int i = 0; i < _values.Count; i++)
        {
            _values[i].WriteSet(writer, Local, row.Values[i]);
        }

        if (!_isOwnOrder)
        {
            writer.Line($"{Local}.Time = {row.Time};");
            writer.Line($"{Local}.Partition = {row.Partition};");
            for (int i = 0; i < _keys.Count; i++)
            {
                _keys[i].Value.WriteSet(writer, Local, row.Values[_values.Count + i]);
            }
        }

        WriteAdd(writer, pane);
    }

    public override void WriteMerge(CodeWriter writer, string pane, string other)
    {
        // What is merged has cells of its own: it is given back before the panes are. Of the gathered ones a copy, since a full list gathers too.
        string items = $"{Lists}.Gather(in {other}.{Name})" + (_most > 0 ? ".ToArray()" : "");
        using (writer.Open($"foreach ({Item} from{Name} in {items})"))
        {
            writer.Line($"{Item} {Local} = from{Name};");
            foreach (KeptValue value in Kept.Where(v => v.Stores.Any()))
            {
                writer.Line($"{Local}.{value.Name} = 0;");
                value.WriteSet(writer, Local, value.Read($"from{Name}"));
            }

            WriteAdd(writer, pane);
        }
    }

    public override void WriteFree(CodeWriter writer, string pane)
    {
        if (Kept.Any(v => v.Stores.Any()))
        {
            using (writer.Open($"foreach (ref {Item} {Local} in {Lists}.Gather(in {pane}.{Name}))"))
            {
                foreach (KeptValue value in Kept)
                {
                    value.WriteFree(writer, Local);
                }
            }
        }

        writer.Line($"{Lists}.Free(ref {pane}.{Name});");
    }

    public override void WriteMembers(CodeWriter writer)
    {
        using (writer.Open($"internal struct {Item}"))
        {
            foreach ((string type, string field) in Kept.SelectMany(v => v.Fields).Concat([("long", "Time"), ("long", "Arrival"), ("int", "Partition")]))
            {
                writer.Line($"public {type} {field};");
            }
        }

        writer.Line();
        (string Type, string Name)[] cells = Kept.SelectMany(v => v.Stores).Select(s => (s.Type, s.Name)).ToArray();
        WriteOrder(writer, cells);
        using (writer.Open($"private global::System.Span<{Item}> Sorted{Name}(in State::ListHandle list)"))
        {
            writer.Line($"global::System.Span<{Item}> items = {Lists}.Gather(in list);");
            writer.Line($"global::System.MemoryExtensions.Sort(items, new {Name}Order({string.Join(", ", cells.Select(c => c.Name))}));");
            writer.Line("return items;");
        }

        writer.Line();
        string parameter = _form switch { ListForm.Text => ", string separator", ListForm.Place => ", decimal fraction, bool isDescending", _ => "" };
        using (writer.Open($"private {Result} Of{Name}(in State::ListHandle list{parameter})"))
        {
            writer.Line($"global::System.Span<{Item}> items = Sorted{Name}(in list);");
            WriteResult(writer);
        }

        writer.Line();
        if (_most > 0)
        {
            WriteTrim(writer);
        }
    }

    /// <summary>The result of a list that holds something.</summary>
    public string Of(string pane, params string[] parameters) => $"Of{Name}(in {pane}.{Name}{string.Concat(parameters.Select(p => ", " + p))})";

    private void WriteAdd(CodeWriter writer, string pane)
    {
        writer.Line($"{Lists}.Add(ref {pane}.{Name}, {Local});");
        if (_most > 0)
        {
            // Twice as many before most of them are dropped: a row costs the logarithm of that.
            using (writer.Open($"if ({pane}.{Name}.Count >= {2 * _most})"))
            {
                writer.Line($"Trim{Name}(ref {pane}.{Name});");
            }
        }
    }

    private void WriteTrim(CodeWriter writer)
    {
        using (writer.Open($"private void Trim{Name}(ref State::ListHandle list)"))
        {
            writer.Line($"global::System.Span<{Item}> items = Sorted{Name}(in list);");
            if (_values[0].Stores.Any())
            {
                using (writer.Open($"foreach (ref {Item} item in items.Slice({_most}))"))
                {
                    _values[0].WriteFree(writer, "item");
                }
            }

            writer.Line($"{Lists}.Free(ref list);");
            using (writer.Open($"foreach ({Item} item in items.Slice(0, {_most}))"))
            {
                writer.Line($"{Lists}.Add(ref list, item);");
            }
        }

        writer.Line();
    }

    private void WriteOrder(CodeWriter writer, (string Type, string Name)[] cells)
    {
        using (writer.Open($"private readonly struct {Name}Order({string.Join(", ", cells.Select(c => $"{c.Type} {c.Name}"))}) : global::System.Collections.Generic.IComparer<{Item}>"))
        using (writer.Open($"public int Compare({Item} a, {Item} b)"))
        {
            // Of a partition rows arrive in order; in which order partitions meet mustn't show.
            IEnumerable<string> comparisons = _keys.Select(k => OrderCode.Compare(k.Value.Read("a"), k.Value.Read("b"), k.Order))
                .Concat(["a.Time.CompareTo(b.Time)", "a.Partition.CompareTo(b.Partition)"]);
            writer.Line("int order;");
            foreach (string comparison in comparisons)
            {
                writer.Line($"order = {comparison};");
                using (writer.Open("if (order != 0)"))
                {
                    writer.Line("return order;");
                }
            }

            writer.Line("return a.Arrival.CompareTo(b.Arrival);");
        }

        writer.Line();
    }

    private void WriteResult(CodeWriter writer)
    {
        switch (_form)
        {
            case ListForm.Text:
                writer.Line($"{Builder}.Clear();");
                using (writer.Open("for (int i = 0; i < items.Length; i++)"))
                {
                    writer.Line($"{Builder}.Append(i == 0 ? \"\" : separator).Append({_values[0].Read("items[i]").Code});");
                }

                writer.Line($"return {Builder}.ToString();");
                break;
            case ListForm.Place:
                writer.Line($"return {_values[0].Read("items[State::Quantiles.Index(items.Length, fraction, isDescending)]").Code};");
                break;
            case ListForm.Map:
                WriteItems(writer, "(object?, object?)", "items.Length", $"({Boxed(0)}, {Boxed(1)})");
                writer.Line("return Functions::SqlMap.Of(values);");
                break;
            default:
                WriteItems(writer, "object?", _most > 0 ? $"global::System.Math.Min({_most}, items.Length)" : "items.Length", Boxed(0));
                writer.Line("return values;");
                break;
        }
    }

    private static void WriteItems(CodeWriter writer, string type, string count, string value)
    {
        writer.Line($"var values = new {type}[{count}];");
        using (writer.Open("for (int i = 0; i < values.Length; i++)"))
        {
            writer.Line($"values[i] = {value};");
        }

        writer.Line();
    }

    private string Boxed(int value)
    {
        EmittedValue read = _values[value].Read("items[i]");
        return read.Null is null ? read.Code : $"{read.Null} ? null : (object?){read.Code}";
    }
}
