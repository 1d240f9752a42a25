using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Laminar.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Laminar.Generators.Discovery;

/// <summary>Describes a type that code is generated into.</summary>
public static class TypeDiscovery
{
    public static TypeModel Read(INamedTypeSymbol type, CancellationToken cancellation)
    {
        var containing = new List<string>();
        TypeProblem problem = OwnProblem(type, cancellation);
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            containing.Insert(0, Header(outer));
            if (problem == TypeProblem.None)
            {
                problem = OwnProblem(outer, cancellation) switch
                {
                    TypeProblem.NotPartial => TypeProblem.ContainingTypeNotPartial,
                    var other => other,
                };
            }
        }

        string ns = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted));
        return new TypeModel(ns, new EquatableArray<string>(containing), Header(type), type.Name, Symbols.FullName(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated)))
        {
            Visibility = VisibilityOf(type),
            Problem = problem,
        };
    }

    /// <summary>How far a type can be seen, the types around it counted.</summary>
    public static Visibility VisibilityOf(ITypeSymbol type)
    {
        var visibility = Visibility.Public;
        for (ITypeSymbol? current = type; current is not null; current = current.ContainingType)
        {
            Visibility own = current.DeclaredAccessibility switch
            {
                Accessibility.Public => Visibility.Public,
                Accessibility.Internal or Accessibility.ProtectedOrInternal => Visibility.Internal,
                _ => Visibility.Private,
            };
            visibility = own < visibility ? own : visibility;
        }

        return visibility;
    }

    private static TypeProblem OwnProblem(INamedTypeSymbol type, CancellationToken cancellation)
    {
        if (type.IsFileLocal)
        {
            return TypeProblem.FileLocal;
        }

        if (type.TypeParameters.Length > 0)
        {
            return TypeProblem.Generic;
        }

        bool isPartial = type.DeclaringSyntaxReferences
            .Select(reference => reference.GetSyntax(cancellation))
            .OfType<TypeDeclarationSyntax>()
            .Any(declaration => declaration.Modifiers.Any(SyntaxKind.PartialKeyword));
        return isPartial ? TypeProblem.None : TypeProblem.NotPartial;
    }

    private static string Header(INamedTypeSymbol type)
    {
        string kind = (type.TypeKind, type.IsRecord) switch
        {
            (TypeKind.Struct, true) => "record struct",
            (TypeKind.Struct, false) => "struct",
            (TypeKind.Interface, _) => "interface",
            (_, true) => "record",
            _ => "class",
        };
        string name = type.ToDisplayString(new SymbolDisplayFormat(miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers));
        return $"partial {kind} {name}";
    }
}
