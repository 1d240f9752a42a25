using Laminar.Sql.Catalog;

namespace Laminar.Interpreter.Database.Catalog;

/// <summary>All that a database holds, in the order in which it was made. Immutable, so that a script is checked whole before any of it happens.</summary>
internal sealed class DatabaseCatalog(IReadOnlyList<DatabaseObject> objects, ClrFunctions functions) : ICatalog
{
    private readonly Dictionary<string, DatabaseObject> _byName = objects.ToDictionary(o => SqlName.Fold(o.Name));
    private readonly Dictionary<string, (Relation Relation, DatabaseObject Owner)> _relations =
        objects.SelectMany(o => o.Relations.Select(r => (Relation: r, Owner: o))).ToDictionary(r => SqlName.Fold(r.Relation.Name));

    public IReadOnlyList<DatabaseObject> Objects => objects;

    /// <summary>A relation that nothing has made: rows that are at hand.</summary>
    public Relation? Input { get; init; }

    /// <inheritdoc/>
    /// <remarks>The source of a table has a name that nobody is to write.</remarks>
    public IEnumerable<Relation> Relations => _relations.Values.Where(r => r.Owner is not SourceObject { IsOfTable: true }).Select(r => r.Relation);

    public ClrFunctions Functions => functions;

    public Relation? Find(string name) => _relations.TryGetValue(SqlName.Fold(name), out var found) ? found.Relation : Input is { } input && SqlName.Same(input.Name, name) ? input : null;

    public DatabaseObject? Object(string name) => _byName.GetValueOrDefault(SqlName.Fold(name));

    /// <summary>What brings the relation of a name: late rows belong to their stream.</summary>
    public DatabaseObject? OwnerOf(string relation) => _relations.TryGetValue(SqlName.Fold(relation), out var found) ? found.Owner : null;

    public DatabaseCatalog With(IEnumerable<DatabaseObject> added) => new([.. objects, .. added], functions);

    /// <summary>The same with an object in the place of the one of its name.</summary>
    public DatabaseCatalog Replaced(DatabaseObject by) => new([.. objects.Select(o => SqlName.Same(o.Name, by.Name) ? by : o)], functions);

    public DatabaseCatalog Without(IReadOnlyCollection<DatabaseObject> gone) => new([.. objects.Where(o => !gone.Contains(o))], functions);

    /// <summary>What reads an object, at any distance, each before what it reads.</summary>
    public IReadOnlyList<DatabaseObject> DependantsOf(DatabaseObject read)
    {
        var found = new List<DatabaseObject>();
        foreach (DatabaseObject next in objects)
        {
            // Objects stand behind what they read.
            if (next != read && next.Reads.Any(r => OwnerOf(r) is { } owner && (owner == read || found.Contains(owner))))
            {
                found.Add(next);
            }
        }

        found.Reverse();
        return found;
    }

    /// <summary>The base sources below a relation, each once.</summary>
    public IEnumerable<SourceObject> SourcesBelow(DatabaseObject top) => top is SourceObject source
        ? [source]
        : top.Reads.Select(OwnerOf).OfType<DatabaseObject>().SelectMany(SourcesBelow).Distinct();
}
