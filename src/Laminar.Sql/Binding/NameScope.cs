using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;

namespace Laminar.Sql.Binding;

/// <summary>The columns of FROM.</summary>
/// <param name="Columns">In the order of <c>*</c>.</param>
internal sealed record NameScope(IReadOnlyList<ScopeColumn> Columns)
{
    public static readonly NameScope Empty = new(new ScopeColumn[0]);

    /// <summary>What can be called besides the language's own functions.</summary>
    public ClrFunctions Functions { get; init; } = ClrFunctions.None;

    /// <summary>The columns of the query around a subquery: what isn't found here is looked for there.</summary>
    public NameScope? Outer { get; init; }

    public IEnumerable<string> Tables => Columns.Select(c => c.Table).Concat(Outer?.Tables ?? Enumerable.Empty<string>()).Distinct();

    public bool HasTable(string name) => Columns.Any(c => SqlName.Same(c.Table, name)) || Outer?.HasTable(name) == true;

    /// <summary>Every column that the name can mean; a spelling that is equal but for case beats one that is equal but for underscores.</summary>
    public IReadOnlyList<ScopeColumn> Find(string? table, string name)
    {
        List<ScopeColumn> found = Columns.Where(c => (table is null || SqlName.Same(c.Table, table)) && SqlName.Same(c.Name, name)).ToList();
        if (found.Count > 1)
        {
            List<ScopeColumn> exact = found.Where(c => string.Equals(c.Name, name, System.StringComparison.OrdinalIgnoreCase)).ToList();
            found = exact.Count > 0 ? exact : found;
        }

        if (found.Count > 1 && found.Any(c => c.Part is not null))
        {
            found = found.Where(c => c.Part is not null).ToList();
        }

        return found.Count == 0 && Outer is not null ? Outer.Find(table, name) : found;
    }
}
