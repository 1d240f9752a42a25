using System.Collections.Generic;
using System.Linq;

namespace Laminar.Generators.Model;

/// <summary>A C# type that code is generated into, as text.</summary>
/// <param name="Namespace">Empty for the global namespace.</param>
/// <param name="ContainingTypes">Headers of the types around it, outermost first: <c>partial class Outer</c>.</param>
/// <param name="Header">Its own header: <c>partial record struct Trade</c>. A part may leave out the modifiers that another part states.</param>
/// <param name="Name">Its simple name.</param>
/// <param name="FullName">With <c>global::</c>, as generated code refers to it.</param>
public sealed record TypeModel(string Namespace, EquatableArray<string> ContainingTypes, string Header, string Name, string FullName)
{
    /// <summary>How far it can be seen, the types around it counted.</summary>
    public Visibility Visibility { get; init; }

    /// <summary>Why nothing can be generated into it, or <see cref="TypeProblem.None"/>.</summary>
    public TypeProblem Problem { get; init; }

    /// <summary>The same type, with a problem when it has one of the names of what is generated into it: C# forbids such a member.</summary>
    public TypeModel Without(IEnumerable<string> reserved) =>
        Problem == TypeProblem.None && reserved.Contains(Name) ? this with { Problem = TypeProblem.ReservedName } : this;
}
