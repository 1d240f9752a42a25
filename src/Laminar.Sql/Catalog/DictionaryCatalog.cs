using System;
using System.Collections.Generic;

namespace Laminar.Sql.Catalog;

/// <summary>A catalog in memory. The first relation of a name wins; <see cref="Add"/> says whether it was taken.</summary>
public sealed class DictionaryCatalog : ICatalog
{
    private readonly Dictionary<string, Relation> _byName = new(StringComparer.Ordinal);
    private readonly List<Relation> _relations = new();

    public DictionaryCatalog(params Relation[] relations)
        : this((IEnumerable<Relation>)relations)
    {
    }

    public DictionaryCatalog(IEnumerable<Relation> relations)
    {
        foreach (Relation relation in relations)
        {
            Add(relation);
        }
    }

    public IEnumerable<Relation> Relations => _relations;

    /// <inheritdoc/>
    public ClrFunctions Functions { get; init; } = ClrFunctions.None;

    public Relation? Find(string name) => _byName.TryGetValue(SqlName.Fold(name), out Relation? relation) ? relation : null;

    /// <summary>False when a relation of this name is there already; then nothing changes.</summary>
    public bool Add(Relation relation)
    {
        string key = SqlName.Fold(relation.Name);
        if (_byName.ContainsKey(key))
        {
            return false;
        }

        _byName.Add(key, relation);
        _relations.Add(relation);
        return true;
    }
}
