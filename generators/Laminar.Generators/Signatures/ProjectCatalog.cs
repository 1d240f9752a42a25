using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;
using Laminar.Sql.Catalog;

namespace Laminar.Generators.Signatures;

/// <summary>Relations by name, ignoring case and underscores. Of equal names the first counts.</summary>
public sealed class ProjectCatalog : ICatalog
{
    private readonly Dictionary<string, RelationModel> _byName = new(StringComparer.Ordinal);
    private readonly List<Relation> _relations = new();

    public ProjectCatalog(IEnumerable<RelationModel> relations)
    {
        foreach (RelationModel relation in relations)
        {
            Add(relation);
        }
    }

    /// <summary>All that SQL of a project can name.</summary>
    public static ProjectCatalog Of(SignatureSet signatures) => new(signatures.Relations) { Functions = signatures.Functions.ToFunctions() };

    public ClrFunctions Functions { get; init; } = ClrFunctions.None;

    public IEnumerable<Relation> Relations => _relations;

    public void Add(RelationModel relation)
    {
        string key = SqlName.Fold(relation.Name);
        if (!_byName.ContainsKey(key))
        {
            _byName.Add(key, relation);
            _relations.Add(relation.ToRelation());
        }
    }

    public RelationModel? FindModel(string name) => _byName.TryGetValue(SqlName.Fold(name), out RelationModel? found) ? found : null;

    public Relation? Find(string name) => FindModel(name) is { } model ? _relations.FirstOrDefault(r => SqlName.Same(r.Name, model.Name)) : null;
}
