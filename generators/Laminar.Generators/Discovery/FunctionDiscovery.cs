using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;
using Laminar.Sql.Catalog;
using Laminar.Sql.Functions;
using Laminar.Sql.Types;
using Microsoft.CodeAnalysis;

namespace Laminar.Generators.Discovery;

/// <summary>Reads a method with [StreamFunction].</summary>
public static class FunctionDiscovery
{
    public static FunctionModel Read(IMethodSymbol method, AttributeData attribute)
    {
        string name = Symbols.ConstructorArgument(attribute, 0) is string { Length: > 0 } given ? given : method.Name;
        Visibility visibility = method.DeclaredAccessibility switch
        {
            Accessibility.Public => TypeDiscovery.VisibilityOf(method.ContainingType),
            Accessibility.Internal or Accessibility.ProtectedOrInternal when TypeDiscovery.VisibilityOf(method.ContainingType) != Visibility.Private => Visibility.Internal,
            _ => Visibility.Private,
        };
        var model = new FunctionModel(name, Symbols.FullName(method.ContainingType), NameOf(method), default, SqlType.Null, false) { Visibility = visibility };
        string problem = Problem(method, visibility);
        if (problem.Length > 0)
        {
            return model with { Problem = problem };
        }

        var parameters = new List<ClrParameter>();
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            if (Map(parameter.Type, out bool isNullable) is not { } type)
            {
                return model with { Problem = $"its parameter '{parameter.Name}' is of a type that columns don't have ({parameter.Type.ToDisplayString()})" };
            }

            parameters.Add(new ClrParameter(type, isNullable));
        }

        return Map(method.ReturnType, out bool nullable) is { } result
            ? model with { Parameters = new EquatableArray<ClrParameter>(parameters), Result = result, ResultNullable = nullable }
            : model with { Problem = $"it returns a type that columns don't have ({method.ReturnType.ToDisplayString()})" };
    }

    /// <summary>All methods of a type that have the attribute, in the order of their declaration.</summary>
    public static IEnumerable<FunctionModel> ReadAll(INamedTypeSymbol type) => type.GetMembers().OfType<IMethodSymbol>()
        .Select(method => (Method: method, Attribute: Symbols.Attribute(method, AttributeNames.StreamFunction)))
        .Where(m => m.Attribute is not null)
        .Select(m => Read(m.Method, m.Attribute!));

    /// <summary>The functions of a project: by name, then by place, so that the first of two alike is always the same.</summary>
    public static FunctionSet Collect(IEnumerable<FunctionModel> functions, IEnumerable<AggregateModel> aggregates) => new(
        new EquatableArray<FunctionModel>(functions
            .Where(m => m.Problem.Length == 0 && FunctionNames.TakenBy(m.Name) is null)
            .OrderBy(m => SqlName.Fold(m.Name), System.StringComparer.Ordinal)
            .ThenBy(m => m.DeclaringType + "." + m.Method + m.ToFunction(), System.StringComparer.Ordinal)),
        new EquatableArray<AggregateModel>(aggregates
            .Where(m => m.Problem.Length == 0 && FunctionNames.TakenBy(m.Name) is null)
            .OrderBy(m => SqlName.Fold(m.Name), System.StringComparer.Ordinal)
            .ThenBy(m => m.Type, System.StringComparer.Ordinal)));

    private static string NameOf(IMethodSymbol method) =>
        Microsoft.CodeAnalysis.CSharp.SyntaxFacts.GetKeywordKind(method.Name) == Microsoft.CodeAnalysis.CSharp.SyntaxKind.None ? method.Name : "@" + method.Name;

    private static string Problem(IMethodSymbol method, Visibility visibility) =>
        method.MethodKind != MethodKind.Ordinary || !method.IsStatic ? "it isn't a static method"
        : method.IsAbstract || method.IsVirtual ? "it is a member of an interface that types give a meaning"
        : method.IsGenericMethod || IsGeneric(method.ContainingType) ? "it is generic"
        : method.ContainingType.IsFileLocal || visibility == Visibility.Private ? "generated code can't see it; make it and the types around it public or internal"
        : method.ReturnsVoid ? "it returns nothing"
        : method.IsAsync ? "it is async, and a row waits for nothing"
        : method.ReturnsByRef || method.ReturnsByRefReadonly ? "it returns a reference"
        : method.Parameters.FirstOrDefault(p => p.RefKind != RefKind.None) is { } reference ? $"its parameter '{reference.Name}' is a reference"
        : method.Parameters.FirstOrDefault(p => p.IsParams) is { } many ? $"its parameter '{many.Name}' is params; write an overload for each number of arguments"
        : "";

    /// <summary>Whether it or a type around it has type parameters.</summary>
    public static bool IsGeneric(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.ContainingType)
        {
            if (type.TypeParameters.Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The SQL type of a parameter or result: values of one piece only.</summary>
    public static SqlType? Map(ITypeSymbol type, out bool nullable) =>
        ClrTypeMap.Map(type, out nullable) is { Kind: > SqlTypeKind.Null and <= SqlTypeKind.IntervalDayTime } mapped ? mapped : null;
}
