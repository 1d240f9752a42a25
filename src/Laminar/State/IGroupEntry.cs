using System.ComponentModel;

namespace Laminar.State;

/// <summary>An entry of grouped state as generated code lays it out: key, panes. Unmanaged, so that a snapshot is a copy of memory.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IGroupEntry<TSelf>
    where TSelf : unmanaged, IGroupEntry<TSelf>
{
    /// <summary>The hash of the key, as at insertion.</summary>
    static abstract uint HashOf(in TSelf entry);

    /// <summary>A text key, by its number among the text keys.</summary>
    static virtual TextHandle TextOf(in TSelf entry, int number) => default;

    /// <summary>Puts another handle in the place of what <see cref="TextOf"/> tells. Only entries that move between blocks are asked to.</summary>
    static virtual void SetText(ref TSelf entry, int number, TextHandle handle)
    {
    }

    /// <summary>Adds the groups that a block has even of no rows: that of an aggregation without keys, and those of grouping sets without any.</summary>
    static virtual void AddOnly(GroupTable<TSelf> groups, GroupBlock<TSelf> block)
    {
    }
}
