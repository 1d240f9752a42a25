using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Laminar.Generators.Discovery;

/// <summary>Reads an enum that a column is of.</summary>
public static class EnumDiscovery
{
    /// <summary>The enum behind a type, <c>T?</c> included; null where it is none, or where generated code couldn't name it.</summary>
    public static EnumModel? Read(ITypeSymbol type)
    {
        ITypeSymbol inner = type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } wrapped ? wrapped.TypeArguments[0] : type;
        if (inner is not INamedTypeSymbol { TypeKind: TypeKind.Enum } named || named.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected)
        {
            return null;
        }

        var seen = new HashSet<object?>();
        EnumValue[] values = named.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue).Select(f => new EnumValue(f.Name, Text(f), seen.Add(f.ConstantValue))).ToArray();
        return new EnumModel(named.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), new EquatableArray<EnumValue>(values));
    }

    private static string Text(IFieldSymbol value) =>
        Symbols.Attribute(value, "System.Runtime.Serialization.EnumMemberAttribute") is { } attribute && Symbols.NamedArgument(attribute, "Value") is string { Length: > 0 } text ? text : value.Name;
}
