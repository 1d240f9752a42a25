using System.Collections.Generic;

namespace Laminar.Sql.Catalog;

/// <summary>What names mean. Names match ignoring case and underscores (<see cref="SqlName"/>).</summary>
public interface ICatalog
{
    /// <summary>Every relation in sight, for suggestions.</summary>
    IEnumerable<Relation> Relations { get; }

    /// <summary>The functions in C# that expressions can call.</summary>
    ClrFunctions Functions { get; }

    Relation? Find(string name);
}
