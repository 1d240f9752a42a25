using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Laminar.Generators.Discovery;

/// <summary>Small questions asked of symbols.</summary>
public static class Symbols
{
    private static readonly SymbolDisplayFormat MetadataFormat = new(
        globalNamespaceStyle: SymbolDisplayGlobalNamespaceStyle.Omitted,
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters);

    /// <summary><c>Laminar.IStreamRow&lt;TSelf&gt;</c>, keywords not used.</summary>
    public static string NameOf(ITypeSymbol type) => type.OriginalDefinition.ToDisplayString(MetadataFormat);

    /// <summary>As generated code writes it, <c>global::</c> and <c>?</c> included.</summary>
    public static string FullName(ITypeSymbol type) => type.ToDisplayString(
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));

    public static AttributeData? Attribute(ISymbol symbol, string name) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass is { } type && NameOf(type) == name);

    /// <summary>
    /// Whether the attribute that counts on a type stands on this part of it: C# refuses a second of its kind, which is there while somebody types. Files are named by types, so one counts.
    /// </summary>
    public static bool Counts(GeneratorAttributeSyntaxContext found)
    {
        string? name = found.Attributes[0].AttributeClass is { } type ? NameOf(type) : null;
        return found.TargetSymbol.GetAttributes().FirstOrDefault(a => a.AttributeClass is { } other && NameOf(other) == name)?.ApplicationSyntaxReference is not { } first
            || (first.SyntaxTree == found.TargetNode.SyntaxTree && found.TargetNode.Span.Contains(first.Span));
    }

    public static object? NamedArgument(AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name && argument.Value.Kind is not (TypedConstantKind.Error or TypedConstantKind.Array))
            {
                return argument.Value.Value;
            }
        }

        return null;
    }

    public static object? ConstructorArgument(AttributeData attribute, int index) =>
        attribute.ConstructorArguments.Length > index && attribute.ConstructorArguments[index].Kind is not (TypedConstantKind.Error or TypedConstantKind.Array)
            ? attribute.ConstructorArguments[index].Value
            : null;
}
