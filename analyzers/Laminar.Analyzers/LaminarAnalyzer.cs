using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Laminar.Analyzers.Reports;
using Laminar.Analyzers.Rules;
using Laminar.Generators.Discovery;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Laminar.Analyzers;

/// <summary>
/// Runs the SQL front end over every [StreamSource], [ReferenceTable], [StreamQuery] and [StreamPipeline] and reports what it finds on the exact characters, inside the string or
/// in the <c>.sql</c> file; and says where the attributes are used wrongly. The generator reports nothing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LaminarAnalyzer : DiagnosticAnalyzer
{
    internal const string QueryName = AttributeNames.StreamQuery;
    internal const string MappedQueryName = "Laminar.StreamQueryAttribute<TRow>";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(Start);
    }

    private static void Start(CompilationStartAnalysisContext context)
    {
        if (context.Compilation.GetTypeByMetadataName(AttributeNames.StreamSource) is null)
        {
            return;
        }

        Compilation compilation = context.Compilation;
        AnalyzerOptions options = context.Options;
        string folder = options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.ProjectDir", out string? found) ? found.Replace('\\', '/') : string.Empty;

        // Found when the first attribute asks; without a token, because the result outlives the question.
        Lazy<ProjectState> state = new(() => ProjectState.Of(compilation, options.AdditionalFiles, folder, CancellationToken.None));
        context.RegisterSyntaxNodeAction(node => Analyze(node, state), SyntaxKind.Attribute);
        context.RegisterAdditionalFileAction(file => AnalyzeFile(file, state));
    }

    private static void Analyze(SyntaxNodeAnalysisContext context, Lazy<ProjectState> state)
    {
        AttributeSyntax syntax = (AttributeSyntax)context.Node;
        if (syntax.Parent?.Parent is MethodDeclarationSyntax method)
        {
            AnalyzeFunction(context, syntax, method, state);
            return;
        }

        if (syntax.Parent?.Parent is not TypeDeclarationSyntax declaration
            || context.SemanticModel.GetSymbolInfo(syntax, context.CancellationToken).Symbol?.ContainingType is not { } attributeType
            || attributeType.ContainingNamespace is not { Name: "Laminar", ContainingNamespace.IsGlobalNamespace: true }
            || context.SemanticModel.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } type)
        {
            return;
        }

        AttributeData? attribute = type.GetAttributes().FirstOrDefault(a => a.ApplicationSyntaxReference is { } reference && reference.SyntaxTree == syntax.SyntaxTree && reference.Span == syntax.Span);
        if (attribute is null)
        {
            return;
        }

        Findings findings = new(context.ReportDiagnostic);
        AttributeUse use = new(type, declaration, attribute, syntax, context.SemanticModel, context.Compilation);
        switch (Symbols.NameOf(attributeType))
        {
            case AttributeNames.StreamSource:
                SourceReport.Report(use, state.Value, findings, context.CancellationToken);
                break;
            case AttributeNames.ReferenceTable:
                TableReport.Report(use, state.Value, findings, context.CancellationToken);
                break;
            case QueryName or MappedQueryName:
                QueryReport.Report(use, state.Value, findings, context.CancellationToken);
                break;
            case AttributeNames.StreamAggregate:
                FunctionReport.Report(use, state.Value, findings, context.CancellationToken);
                break;
            case AttributeNames.StreamPipeline:
                PipelineReport.Report(use, state.Value, findings, context.CancellationToken);
                break;
        }
    }

    private static void AnalyzeFunction(SyntaxNodeAnalysisContext context, AttributeSyntax syntax, MethodDeclarationSyntax declaration, Lazy<ProjectState> state)
    {
        if (syntax.Name.ToString().Contains("StreamFunction")
            && context.SemanticModel.GetDeclaredSymbol(declaration, context.CancellationToken) is { } method
            && Symbols.Attribute(method, AttributeNames.StreamFunction) is { } attribute)
        {
            FunctionReport.Report(method, declaration, attribute, syntax, context.SemanticModel, state.Value, new Findings(context.ReportDiagnostic), context.CancellationToken);
        }
    }

    private static void AnalyzeFile(AdditionalFileAnalysisContext context, Lazy<ProjectState> state)
    {
        if (ProjectState.IsSql(context.AdditionalFile.Path))
        {
            FileReport.Report(context.AdditionalFile, state.Value, new Findings(context.ReportDiagnostic), context.Compilation, context.CancellationToken);
        }
    }
}
