using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Laminar.Analyzers.Rules;
using Laminar.Generators.Discovery;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Laminar.Analyzers.Reports;

/// <summary>
/// What makes code that SQL calls give another result for the same arguments: clocks, random numbers, static state that changes. Looks at the code itself, not
/// into the methods that it calls.
/// </summary>
internal static class PurityReport
{
    private static readonly HashSet<string> ChangingTypes = new() { "System.Diagnostics.Stopwatch", "System.Random", "System.TimeProvider", "System.Security.Cryptography.RandomNumberGenerator" };

    private static readonly HashSet<string> ChangingMembers = new()
    {
        "System.DateTime.Now", "System.DateTime.UtcNow", "System.DateTime.Today", "System.DateTimeOffset.Now", "System.DateTimeOffset.UtcNow", "System.Guid.NewGuid", "System.Guid.CreateVersion7",
        "System.Environment.TickCount", "System.Environment.TickCount64", "System.Environment.GetEnvironmentVariable", "System.Environment.CurrentManagedThreadId",
    };

    public static void Report(SyntaxNode code, string function, SemanticModel model, Findings findings, CancellationToken cancellation)
    {
        foreach (SyntaxNode node in code.DescendantNodes().Where(n => n is SimpleNameSyntax or BaseObjectCreationExpressionSyntax && n.FirstAncestorOrSelf<AttributeSyntax>() is null && !IsInNameof(n)))
        {
            if (model.GetSymbolInfo(node, cancellation).Symbol is not { } symbol)
            {
                continue;
            }

            if (Changing(symbol, node) is { } changing)
            {
                findings.Add(UsageRules.ImpureFunction, node is SimpleNameSyntax ? Whole(node).GetLocation() : node.GetLocation(), changing, function);
            }
            else if (IsMutable(symbol))
            {
                findings.Add(UsageRules.StateInFunction, node.GetLocation(), symbol.Name, function);
            }
        }
    }

    private static bool IsInNameof(SyntaxNode node) =>
        node.Ancestors().OfType<InvocationExpressionSyntax>().Any(i => i.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" });

    /// <summary><c>DateTime.UtcNow</c> for <c>UtcNow</c>.</summary>
    private static SyntaxNode Whole(SyntaxNode name) => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;

    private static string? Changing(ISymbol symbol, SyntaxNode node)
    {
        if (symbol is not (IPropertySymbol or IMethodSymbol or IFieldSymbol) || symbol.ContainingType is not { } type)
        {
            return null;
        }

        string owner = Symbols.NameOf(type);

        // A Random that was made somewhere was said there; its making and what is shared by all is what counts.
        bool isOrigin = symbol.IsStatic || node is BaseObjectCreationExpressionSyntax;
        string member = symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "new " + type.Name : type.Name + "." + symbol.Name;
        return (isOrigin && ChangingTypes.Contains(owner)) || ChangingMembers.Contains(owner + "." + symbol.Name) ? member : null;
    }

    private static bool IsMutable(ISymbol symbol) => symbol switch
    {
        IFieldSymbol field => field.IsStatic && !field.IsReadOnly && !field.IsConst,
        IPropertySymbol property => property.IsStatic && property.SetMethod is not null && property.DeclaringSyntaxReferences.Length > 0,
        _ => false,
    };
}
