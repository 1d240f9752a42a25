using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Generators.Model;

/// <summary>A struct with [StreamAggregate]: a <see cref="ClrAggregate"/> compared by value.</summary>
/// <param name="Name">Its SQL name.</param>
/// <param name="Type">The struct, fully qualified.</param>
/// <param name="Parameters">Of Add; none when it has a problem.</param>
/// <param name="Result">Type of the result; NULL's own when it has a problem.</param>
/// <param name="ResultNullable">Whether the result may be NULL.</param>
/// <param name="Layout">Its fields.</param>
public sealed record AggregateModel(string Name, string Type, EquatableArray<ClrParameter> Parameters, SqlType Result, bool ResultNullable, string Layout)
{
    /// <summary>How far it can be seen.</summary>
    public Visibility Visibility { get; init; } = Visibility.Public;

    /// <summary>Why SQL can't use it, as the end of a sentence; empty when it can.</summary>
    public string Problem { get; init; } = "";

    public ClrAggregate ToAggregate() => new(Name, Type, Parameters, Result, ResultNullable, Layout);
}
