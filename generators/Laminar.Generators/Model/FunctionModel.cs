using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Generators.Model;

/// <summary>A method with [StreamFunction]: a <see cref="ClrFunction"/> compared by value.</summary>
/// <param name="Name">Its SQL name.</param>
/// <param name="DeclaringType">The class, fully qualified.</param>
/// <param name="Method">Its name there, as C# writes it.</param>
/// <param name="Parameters">In order; none when it has a problem.</param>
/// <param name="Result">Type of the result; NULL's own when it has a problem.</param>
/// <param name="ResultNullable">Whether a call may return NULL.</param>
public sealed record FunctionModel(string Name, string DeclaringType, string Method, EquatableArray<ClrParameter> Parameters, SqlType Result, bool ResultNullable)
{
    /// <summary>How far it can be seen.</summary>
    public Visibility Visibility { get; init; } = Visibility.Public;

    /// <summary>Why SQL can't call it, as the end of a sentence; empty when it can.</summary>
    public string Problem { get; init; } = "";

    public ClrFunction ToFunction() => new(Name, DeclaringType, Method, Parameters, Result, ResultNullable);
}
