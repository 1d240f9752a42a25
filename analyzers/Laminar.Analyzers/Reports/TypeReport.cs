using System.Linq;
using System.Threading;
using Laminar.Analyzers.Rules;
using Laminar.Generators.Discovery;
using Laminar.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Laminar.Analyzers.Reports;

/// <summary>Why nothing can be generated into a type, and which of its members are no columns.</summary>
internal static class TypeReport
{
    public static void Problem(TypeProblem problem, INamedTypeSymbol type, Location location, Findings findings, CancellationToken cancellation)
    {
        switch (problem)
        {
            case TypeProblem.NotPartial:
                findings.Add(UsageRules.NotPartial, location, type.Name);
                break;
            case TypeProblem.ContainingTypeNotPartial:
                Containing(type, location, findings, cancellation);
                break;
            case TypeProblem.Generic:
                findings.Add(UsageRules.Generic, location, type.Name);
                break;
            case TypeProblem.FileLocal:
                findings.Add(UsageRules.FileLocal, location, type.Name);
                break;
            case TypeProblem.NotConstructible:
                findings.Add(UsageRules.NotConstructible, location, type.Name);
                break;
            case TypeProblem.NoConstructor:
                findings.Add(UsageRules.NoConstructor, location, type.Name);
                break;
            case TypeProblem.NoColumns:
                findings.Add(UsageRules.NoColumns, location, type.Name);
                break;
            case TypeProblem.ReservedName:
                findings.Add(UsageRules.ReservedName, location, type.Name);
                break;
            case TypeProblem.Foreign:
                findings.Add(UsageRules.ForeignRow, location, type.Name);
                break;
        }
    }

    public static void Members(RowTypeModel row, INamedTypeSymbol type, Findings findings)
    {
        foreach (IgnoredMember ignored in row.Ignored)
        {
            Location location = LocationOf(type, ignored.ClrName);
            switch (ignored.Problem)
            {
                case MemberProblem.UnsupportedType:
                    findings.Add(UsageRules.UnsupportedMember, location, ignored.ClrName, ignored.ClrType);
                    break;
                case MemberProblem.NotSettable:
                    findings.Add(UsageRules.MemberNotSettable, location, ignored.ClrName);
                    break;
                case MemberProblem.DuplicateName:
                    findings.Add(UsageRules.DuplicateColumn, location, ignored.ClrName);
                    break;
            }
        }
    }

    /// <summary>Where a member is declared; the type's own name when that is elsewhere.</summary>
    public static Location LocationOf(INamedTypeSymbol type, string member) =>
        RowTypeDiscovery.ColumnCandidates(type).Where(symbol => symbol.Name == member).SelectMany(symbol => symbol.Locations).FirstOrDefault(location => location.IsInSource)
        ?? type.Locations[0];

    /// <summary>Each type around it that isn't partial, on its own name, so that one fix mends each.</summary>
    private static void Containing(INamedTypeSymbol type, Location location, Findings findings, CancellationToken cancellation)
    {
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            TypeDeclarationSyntax? declaration = outer.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>().FirstOrDefault();
            if (declaration is null || !outer.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).OfType<TypeDeclarationSyntax>().Any(d => d.Modifiers.Any(SyntaxKind.PartialKeyword)))
            {
                findings.Add(UsageRules.ContainingTypeNotPartial, declaration?.Identifier.GetLocation() ?? location, outer.Name, type.Name);
            }
        }
    }
}
