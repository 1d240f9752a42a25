using System;
using System.Collections.Generic;
using System.Linq;

namespace Laminar.Sql.Catalog;

/// <summary>The functions in C# that SQL can call. Of overloads that take the same types the first counts.</summary>
public sealed class ClrFunctions
{
    /// <summary>None.</summary>
    public static readonly ClrFunctions None = new(Array.Empty<ClrFunction>());

    private readonly Dictionary<string, List<ClrFunction>> _scalars = new(StringComparer.Ordinal);

    /// <param name="scalars">Scalar functions; those that hide others come first.</param>
    public ClrFunctions(IEnumerable<ClrFunction> scalars)
    {
        foreach (ClrFunction function in scalars)
        {
            string key = SqlName.Fold(function.Name);
            if (!_scalars.TryGetValue(key, out List<ClrFunction>? overloads))
            {
                overloads = new List<ClrFunction>();
                _scalars.Add(key, overloads);
            }

            if (!overloads.Any(o => o.TakesTheSameAs(function)))
            {
                overloads.Add(function);
            }
        }
    }

    /// <summary>Names of scalar functions, each once, as declared.</summary>
    public IEnumerable<string> ScalarNames => _scalars.Values.Select(overloads => overloads[0].Name);

    /// <summary>The overloads of a name; none when there is no such function.</summary>
    public IReadOnlyList<ClrFunction> Find(string name) => _scalars.TryGetValue(SqlName.Fold(name), out List<ClrFunction>? overloads) ? overloads : Array.Empty<ClrFunction>();
}
