using Laminar.Sql.Types;
using Microsoft.CodeAnalysis;

namespace Laminar.Generators.Discovery;

/// <summary>Which SQL type a C# member has.</summary>
public static class ClrTypeMap
{
    /// <summary>The SQL type behind a C# type, or null when there is none (yet).</summary>
    /// <param name="type">The member's type, <c>T?</c> included.</param>
    /// <param name="nullable">True for <c>T?</c>, and for references where nullability isn't switched on.</param>
    /// <param name="depth">How many types are around it.</param>
    public static SqlType? Map(ITypeSymbol type, out bool nullable, int depth = 0)
    {
        nullable = false;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } wrapped)
        {
            SqlType? inner = Map(wrapped.TypeArguments[0], out _, depth);
            nullable = true;
            return inner;
        }

        if (type.IsReferenceType)
        {
            nullable = type.NullableAnnotation != NullableAnnotation.NotAnnotated;
        }

        return (MetadataName(type) is { } name ? ClrTypes.FromClr(name) : null) ?? NestedTypes.Map(type, depth);
    }

    private static string? MetadataName(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { IsSZArray: true } array => MetadataName(array.ElementType) + "[]",
        INamedTypeSymbol { ContainingType: null, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => "System." + type.MetadataName,
        _ => null,
    };
}
