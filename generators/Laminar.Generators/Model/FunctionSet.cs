using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;

namespace Laminar.Generators.Model;

/// <summary>Functions in C# that SQL can call. Those that hide others of the same name and types come first.</summary>
/// <param name="Scalars">By name.</param>
/// <param name="Aggregates">By name.</param>
public sealed record FunctionSet(EquatableArray<FunctionModel> Scalars, EquatableArray<AggregateModel> Aggregates)
{
    public static readonly FunctionSet Empty = new(EquatableArray<FunctionModel>.Empty, EquatableArray<AggregateModel>.Empty);

    private bool IsEmpty => Scalars.Count + Aggregates.Count == 0;

    /// <summary>Those that a text calls, if only by the look of it.</summary>
    /// <param name="sql">One query or script.</param>
    public FunctionSet CalledIn(string sql)
    {
        if (IsEmpty)
        {
            return Empty;
        }

        IReadOnlyList<string> names = Laminar.Sql.SqlCompiler.CalledNames(sql);
        return new(
            new EquatableArray<FunctionModel>(Scalars.Where(f => names.Contains(SqlName.Fold(f.Name)))),
            new EquatableArray<AggregateModel>(Aggregates.Where(a => names.Contains(SqlName.Fold(a.Name)))));
    }

    /// <summary>These, and behind them others.</summary>
    public FunctionSet Concat(FunctionSet others) => new(new EquatableArray<FunctionModel>(Scalars.Concat(others.Scalars)), new EquatableArray<AggregateModel>(Aggregates.Concat(others.Aggregates)));

    public ClrFunctions ToFunctions() => IsEmpty ? ClrFunctions.None : new ClrFunctions(Scalars.Select(f => f.ToFunction()), Aggregates.Select(a => a.ToAggregate()));
}
