using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;

namespace Laminar.Sql.Scripts;

/// <summary>The script's own relations before those around it; knows which streams failed, so that their readers stay silent.</summary>
internal sealed class ScriptCatalog : ICatalog
{
    private readonly DictionaryCatalog _own = new();
    private readonly ICatalog _outer;
    private readonly HashSet<string> _broken = new();

    public ScriptCatalog(ICatalog outer) => _outer = outer;

    public IEnumerable<Relation> Relations => _own.Relations.Concat(_outer.Relations);

    public ClrFunctions Functions => _outer.Functions;

    public Relation? Find(string name) => _own.Find(name) ?? (IsBroken(name) ? null : _outer.Find(name));

    public void Add(Relation relation) => _own.Add(relation);

    public void Break(string name) => _broken.Add(SqlName.Fold(name));

    public bool IsBroken(string name) => _broken.Contains(SqlName.Fold(name));
}
