using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;
using Microsoft.CodeAnalysis;

namespace Laminar.Generators.Discovery;

/// <summary>Reads a struct with [StreamAggregate].</summary>
public static class AggregateDiscovery
{
    public static AggregateModel Read(INamedTypeSymbol type, AttributeData attribute)
    {
        string name = Symbols.ConstructorArgument(attribute, 0) is string { Length: > 0 } given ? given : type.Name;
        var model = new AggregateModel(name, Symbols.FullName(type), default, SqlType.Null, false, "") { Visibility = TypeDiscovery.VisibilityOf(type) };
        string problem = TypeProblem(type, model.Visibility);
        if (problem.Length > 0)
        {
            return model with { Problem = problem };
        }

        IMethodSymbol[] add = Methods(type, "Add");
        IMethodSymbol[] merge = Methods(type, "Merge");
        IMethodSymbol[] result = Methods(type, "Result");
        IMethodSymbol[] remove = Methods(type, "Remove");
        problem = add.Length != 1 || !add[0].ReturnsVoid || add[0].Parameters.Length == 0 ? "it needs one 'void Add(...)' with the arguments of a row"
            : merge.Length != 1 || !IsMerge(merge[0], type) ? $"it needs one 'void Merge(in {type.Name} other)'"
            : result.Length != 1 || result[0].ReturnsVoid || result[0].Parameters.Length > 0 ? "it needs one 'Result()' that returns the result"
            : remove.Length > 1 || (remove.Length == 1 && !IsRemove(remove[0], add[0])) ? "its Remove must be 'void' and take what Add takes"
            : add.Concat(merge).Concat(result).Concat(remove).Any(m => m.IsGenericMethod || m.IsAsync || m.ReturnsByRef || m.ReturnsByRefReadonly) ? "its methods can't be generic or async, or return references"
            : "";
        if (problem.Length > 0)
        {
            return model with { Problem = problem };
        }

        var parameters = new List<ClrParameter>();
        foreach (IParameterSymbol parameter in add[0].Parameters)
        {
            if (parameter.RefKind != RefKind.None || parameter.IsParams || FunctionDiscovery.Map(parameter.Type, out bool isNullable) is not { } mapped)
            {
                return model with { Problem = $"the parameter '{parameter.Name}' of its Add is of a type that columns don't have ({parameter.Type.ToDisplayString()})" };
            }

            parameters.Add(new ClrParameter(mapped, isNullable));
        }

        if (parameters.Any(p => p.Nullable != parameters[0].Nullable))
        {
            return model with { Problem = "its Add takes NULL for some arguments and not for others; make all of its parameters nullable or none" };
        }

        return FunctionDiscovery.Map(result[0].ReturnType, out bool nullable) is { } returned
            ? model with { Parameters = new EquatableArray<ClrParameter>(parameters), Result = returned, ResultNullable = nullable, Layout = Layout(type) }
            : model with { Problem = $"its Result returns a type that columns don't have ({result[0].ReturnType.ToDisplayString()})" };
    }

    /// <summary>The type itself, if it has the attribute.</summary>
    public static IEnumerable<AggregateModel> ReadAll(INamedTypeSymbol type)
    {
        if (Symbols.Attribute(type, AttributeNames.StreamAggregate) is { } attribute)
        {
            yield return Read(type, attribute);
        }
    }

    private static string TypeProblem(INamedTypeSymbol type, Visibility visibility) =>
        type.TypeKind != TypeKind.Struct || type.IsRefLikeType ? "it isn't a plain struct"
        : FunctionDiscovery.IsGeneric(type) ? "it is generic"
        : type.IsFileLocal || visibility == Visibility.Private ? "generated code can't see it; make it and the types around it public or internal"
        : Fields(type).FirstOrDefault(f => !f.Type.IsUnmanagedType) is { } managed ? $"its field '{managed.Name}' holds a reference, and state is saved as bytes"
        : Fields(type).FirstOrDefault(f => Symbols.NameOf(f.Type) is "System.DateTime" or "System.DateTimeOffset") is { } time ? $"its field '{time.Name}' has no layout of its own that could be saved; keep ticks"
        : "";

    private static IMethodSymbol[] Methods(INamedTypeSymbol type, string name) => type.GetMembers(name).OfType<IMethodSymbol>()
        .Where(m => !m.IsStatic && m.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal)
        .ToArray();

    private static bool IsMerge(IMethodSymbol method, INamedTypeSymbol type) =>
        method.ReturnsVoid && method.Parameters.Length == 1 && method.Parameters[0].RefKind == RefKind.In && SymbolEqualityComparer.Default.Equals(method.Parameters[0].Type, type);

    private static bool IsRemove(IMethodSymbol remove, IMethodSymbol add) =>
        remove.ReturnsVoid && remove.Parameters.Length == add.Parameters.Length
        && !remove.Parameters.Where((p, i) => p.RefKind != RefKind.None || !SymbolEqualityComparer.IncludeNullability.Equals(p.Type, add.Parameters[i].Type)).Any();

    private static IEnumerable<IFieldSymbol> Fields(INamedTypeSymbol type) => type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic);

    /// <summary>Type and name of each field, those of other structs of the user's inside.</summary>
    private static string Layout(ITypeSymbol type) => string.Concat(Fields((INamedTypeSymbol)type).Select(f =>
        $"{f.Type.ToDisplayString()} {f.Name}{(f.Type is INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } inner && Symbols.NameOf(inner) is var name && !name.StartsWith("System.", System.StringComparison.Ordinal) ? " {" + Layout(inner) + "}" : "")};"));
}
