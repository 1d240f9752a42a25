using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;

namespace Laminar.Generators.Model;

/// <summary>Functions in C# that SQL can call. Those that hide others of the same name and types come first.</summary>
/// <param name="Scalars">By name.</param>
public sealed record FunctionSet(EquatableArray<FunctionModel> Scalars)
{
    public static readonly FunctionSet Empty = new(EquatableArray<FunctionModel>.Empty);

    /// <summary>Those that a text calls, if only by the look of it.</summary>
    /// <param name="sql">One query or script.</param>
    public FunctionSet CalledIn(string sql)
    {
        if (Scalars.Count == 0)
        {
            return Empty;
        }

        IReadOnlyList<string> names = Laminar.Sql.SqlCompiler.CalledNames(sql);
        return new(new EquatableArray<FunctionModel>(Scalars.Where(f => names.Contains(SqlName.Fold(f.Name)))));
    }

    /// <summary>These, and behind them others.</summary>
    public FunctionSet Concat(FunctionSet others) => new(new EquatableArray<FunctionModel>(Scalars.Concat(others.Scalars)));

    public ClrFunctions ToFunctions() => Scalars.Count == 0 ? ClrFunctions.None : new ClrFunctions(Scalars.Select(f => f.ToFunction()));
}
