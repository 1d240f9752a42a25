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
        if (FunctionNames.TakenBy(read.Name) is { } taken)
        {
            Location location = syntax.ArgumentList?.Arguments.FirstOrDefault()?.Expression.GetLocation() ?? name;
            findings.Add(UsageRules.FunctionNameTaken, location, read.Name, taken);
        }

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
}
