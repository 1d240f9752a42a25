using System.Linq;
using System.Threading;
using Laminar.Analyzers.Rules;
using Laminar.Generators.Discovery;
using Laminar.Generators.Model;
using Laminar.Sql.Catalog;
using Laminar.Sql.Functions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Laminar.Analyzers.Reports;

/// <summary>A method with [StreamFunction].</summary>
internal static class FunctionReport
{
    public static void Report(
        IMethodSymbol method, MethodDeclarationSyntax declaration, AttributeData attribute, AttributeSyntax syntax, SemanticModel model, ProjectState state, Findings findings, CancellationToken cancellation)
    {
        FunctionModel read = FunctionDiscovery.Read(method, attribute);
        Location name = declaration.Identifier.GetLocation();
        Name(read.Name, syntax, name, findings);
        if (read.Problem.Length > 0)
        {
            findings.Add(UsageRules.FunctionProblem, name, method.Name, read.Problem);
            return;
        }

        // Of several the first counts, as it does for whoever calls.
        ClrFunction function = read.ToFunction();
        FunctionModel? first = state.OwnFunctions.Scalars.FirstOrDefault(f => SqlName.Same(f.Name, function.Name) && f.ToFunction().TakesTheSameAs(function));
        if (first is not null && first != read)
        {
            findings.Add(UsageRules.SameFunction, name, function.ToString(), first.ToFunction().FullMethod.Replace("global::", string.Empty));
        }

        PurityReport.Report(declaration, method.Name, model, findings, cancellation);
    }

    /// <summary>A struct with [StreamAggregate].</summary>
    public static void Report(AttributeUse use, ProjectState state, Findings findings, CancellationToken cancellation)
    {
        AggregateModel read = AggregateDiscovery.Read(use.Type, use.Attribute);
        Name(read.Name, use.Syntax, use.NameLocation, findings);
        if (read.Problem.Length > 0)
        {
            findings.Add(UsageRules.AggregateProblem, use.NameLocation, use.Name, read.Problem);
            return;
        }

        string? other = state.OwnFunctions.Aggregates.FirstOrDefault(a => SqlName.Same(a.Name, read.Name) && a.Type != read.Type)?.Type;
        if (other is not null && string.CompareOrdinal(other, read.Type) < 0)
        {
            findings.Add(UsageRules.SameFunction, use.NameLocation, read.ToAggregate().ToString(), other.Replace("global::", string.Empty));
        }

        foreach (MethodDeclarationSyntax method in use.Declaration.Members.OfType<MethodDeclarationSyntax>())
        {
            PurityReport.Report(method, use.Name + "." + method.Identifier.ValueText, use.Model, findings, cancellation);
        }
    }

    private static void Name(string name, AttributeSyntax syntax, Location otherwise, Findings findings)
    {
        if (FunctionNames.TakenBy(name) is { } taken)
        {
            findings.Add(UsageRules.FunctionNameTaken, syntax.ArgumentList?.Arguments.FirstOrDefault()?.Expression.GetLocation() ?? otherwise, name, taken);
        }
    }
}
