using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>Texts with what they are ordered by: a list per pane of items, whose texts lie in cells.</summary>
internal sealed class TextListState : BesideState
{
    private readonly bool _isDistinct;
    private readonly KeptValue _text;
    private readonly List<(KeptValue Value, BoundOrder Order)> _keys;

    /// <param name="key">See <see cref="AggregateState.Key"/>.</param>
    /// <param name="name">The field.</param>
    /// <param name="aggregate">Its one argument is the text; behind DISTINCT the text is its own order.</param>
    public TextListState(string key, string name, BoundAggregate aggregate)
        : base(key, name)
    {
        _isDistinct = aggregate.Distinct;
        _text = new KeptValue(name + "Text", SqlType.Varchar, false);
        _keys = aggregate.OrderBy.Select((o, i) => (_isDistinct ? _text : new KeptValue($"{name}Key{i}", o.Key.Type, o.Key.Nullable), o)).ToList();
    }

    public override IEnumerable<(string Type, string Name)> Fields => [("State::ListHandle", Name)];

    public override bool UsesTime => !_isDistinct;

    public override IEnumerable<BesideStore> Stores =>
        Kept.SelectMany(v => v.Stores)
            .Append(new BesideStore($"State::ValueLists<{Item}>", Lists) { IsUnmanaged = true })
            .Append(new BesideStore("global::System.Text.StringBuilder", Builder) { IsRoom = true });

    private IEnumerable<KeptValue> Kept => _isDistinct ? [_text] : _keys.Select(k => k.Value).Prepend(_text);

    private string Item => Name + "Item";

    private string Lists => $"_lists{Name}";

    private string Builder => $"_builder{Name}";

    private string Local => $"item{Name}";

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row)
    {
        writer.Line($"{Item} {Local} = default;");
        writer.Line($"{Local}.Arrival = {Lists}.Added;");
        _text.WriteSet(writer, Local, row.Value);
        if (!_isDistinct)
        {
            writer.Line($"{Local}.Time = {row.Time};");
            writer.Line($"{Local}.Partition = Partition;");
            for (int i = 0; i < _keys.Count; i++)
            {
                _keys[i].Value.WriteSet(writer, Local, row.Values[1 + i]);
            }
        }

        writer.Line($"{Lists}.Add(ref {pane}.{Name}, {Local});");
    }

    public override void WriteMerge(CodeWriter writer, string pane, string other)
    {
        // What is merged has cells of its own: it is given back before the panes are.
        using (writer.Open($"foreach ({Item} from{Name} in {Lists}.Gather(in {other}.{Name}))"))
        {
            writer.Line($"{Item} {Local} = from{Name};");
            foreach (KeptValue value in Kept.Where(v => v.Stores.Any()))
            {
                writer.Line($"{Local}.{value.Name} = 0;");
                value.WriteSet(writer, Local, value.Read($"from{Name}"));
            }

            writer.Line($"{Lists}.Add(ref {pane}.{Name}, {Local});");
        }
    }

    public override void WriteFree(CodeWriter writer, string pane)
    {
        using (writer.Open($"foreach (ref {Item} {Local} in {Lists}.Gather(in {pane}.{Name}))"))
        {
            foreach (KeptValue value in Kept)
            {
                value.WriteFree(writer, Local);
            }
        }

        writer.Line($"{Lists}.Free(ref {pane}.{Name});");
    }

    public override void WriteMembers(CodeWriter writer)
    {
        writer.Line(StateEmitter.Sequential);
        using (writer.Open($"internal struct {Item}"))
        {
            foreach ((string type, string field) in Kept.SelectMany(v => v.Fields).Concat([("long", "Time"), ("long", "Arrival"), ("int", "Partition")]))
            {
                writer.Line($"public {type} {field};");
            }
        }

        writer.Line();
        (string Type, string Name)[] cells = Kept.SelectMany(v => v.Stores).Select(s => (s.Type, s.Name)).ToArray();
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
        using (writer.Open($"private string Join{Name}(in State::ListHandle list, string separator)"))
        {
            writer.Line($"global::System.Span<{Item}> items = {Lists}.Gather(in list);");
            writer.Line($"global::System.MemoryExtensions.Sort(items, new {Name}Order({string.Join(", ", cells.Select(c => c.Name))}));");
            writer.Line($"{Builder}.Clear();");
            using (writer.Open("for (int i = 0; i < items.Length; i++)"))
            {
                writer.Line($"{Builder}.Append(i == 0 ? \"\" : separator).Append({_text.Read("items[i]").Code});");
            }

            writer.Line($"return {Builder}.ToString();");
        }

        writer.Line();
    }

    public string Join(string pane, string separator) => $"Join{Name}(in {pane}.{Name}, {Identifiers.Literal(separator)})";
}
