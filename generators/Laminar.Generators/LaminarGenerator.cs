using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Laminar.Generators.Discovery;
using Laminar.Generators.Emit;
using Laminar.Generators.Model;
using Laminar.Generators.Signatures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Laminar.Generators;

/// <summary>
/// Compiles [StreamSource], [ReferenceTable], [StreamQuery] and [StreamPipeline] into C#. It reports nothing: the analyzers run the same front end and do.
/// Every step hands on values that are compared by content (<see cref="Model"/>), so an edit re-runs what depends on it and nothing else.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class LaminarGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<EquatableArray<SqlFile>> files = Files(context);
        IncrementalValueProvider<ReferencesModel> references = context.CompilationProvider
            .Select(ReferenceDiscovery.Read)
            .WithTrackingName(Steps.References);

        IncrementalValuesProvider<(SourceModel Source, RelationModel Relation)> sources = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeNames.StreamSource,
                static (node, _) => node is TypeDeclarationSyntax,
                static (c, cancellation) => Symbols.Counts(c) ? SourceDiscovery.Read((INamedTypeSymbol)c.TargetSymbol, c.Attributes[0], cancellation) : null)
            .Where(static source => source is not null)
            .Select(static (source, _) => source!)
            .WithTrackingName(Steps.Sources)
            .Select(static (source, _) => (source, SourceRelations.Of(source)))
            .WithTrackingName(Steps.SourceRelations);

        IncrementalValuesProvider<(SourceModel Source, RelationModel Relation)> tables = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeNames.ReferenceTable,
                static (node, _) => node is TypeDeclarationSyntax,
                static (c, cancellation) => Symbols.Counts(c) ? SourceDiscovery.ReadTable((INamedTypeSymbol)c.TargetSymbol, c.Attributes[0], cancellation) : null)
            .Where(static table => table is not null)
            .Select(static (table, _) => table!)
            .WithTrackingName(Steps.Tables)
            .Select(static (table, _) => (table, SourceRelations.Of(table)))
            .WithTrackingName(Steps.TableRelations);

        IncrementalValuesProvider<QueryModel> plainQueries = Queries(context, files, AttributeNames.StreamQuery);
        IncrementalValuesProvider<QueryModel> mappedQueries = Queries(context, files, AttributeNames.StreamQueryOfRow);

        IncrementalValueProvider<EquatableArray<FunctionModel>> functions = Functions(context);
        IncrementalValueProvider<EquatableArray<AggregateModel>> aggregates = Aggregates(context);
        IncrementalValueProvider<FunctionSet> callable = functions
            .Combine(aggregates)
            .Combine(references)
            .Select(static (input, _) => FunctionDiscovery.Collect(input.Left.Left, input.Left.Right).Concat(input.Right.Functions))
            .WithTrackingName(Steps.FunctionSet);

        IncrementalValueProvider<SignatureSet> signatures = sources.Collect()
            .Combine(tables.Collect())
            .Select(static (input, _) => new EquatableArray<RelationModel>(input.Left.Concat(input.Right).Select(s => s.Relation)))
            .Combine(plainQueries.Collect().Combine(mappedQueries.Collect()))
            .Combine(references.Combine(callable))
            .Select(static (input, cancellation) => SignatureResolver.Resolve(
                input.Left.Left, input.Left.Right.Left.Concat(input.Left.Right.Right), input.Right.Left.Exports, input.Right.Right, cancellation))
            .WithTrackingName(Steps.Signatures);

        EmitSources(context, sources, "Source", Steps.SourceCode);
        EmitSources(context, tables, "Table", Steps.TableCode);
        EmitQueries(context, plainQueries, signatures);
        EmitQueries(context, mappedQueries, signatures);
        EmitMappedRows(context, mappedQueries);
        EmitExports(context, signatures, functions, aggregates);
        EmitPipelines(context, files, references, callable);
    }

    private static IncrementalValueProvider<EquatableArray<SqlFile>> Files(IncrementalGeneratorInitializationContext context) => context.AdditionalTextsProvider
        .Where(static file => file.Path.EndsWith(".sql", System.StringComparison.OrdinalIgnoreCase))
        .Select(static (file, cancellation) => new SqlFile(file.Path.Replace('\\', '/'), file.GetText(cancellation)?.ToString() ?? ""))
        .WithTrackingName(Steps.Files)
        .Collect()
        .Select(static (all, _) => new EquatableArray<SqlFile>(all.OrderBy(f => f.Path, System.StringComparer.Ordinal)));

    private static IncrementalValueProvider<EquatableArray<FunctionModel>> Functions(IncrementalGeneratorInitializationContext context) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            AttributeNames.StreamFunction,
            static (node, _) => node is MethodDeclarationSyntax,
            static (c, _) => FunctionDiscovery.Read((IMethodSymbol)c.TargetSymbol, c.Attributes[0]))
        .WithTrackingName(Steps.Functions)
        .Collect()
        .Select(static (all, _) => new EquatableArray<FunctionModel>(all));

    private static IncrementalValueProvider<EquatableArray<AggregateModel>> Aggregates(IncrementalGeneratorInitializationContext context) => context.SyntaxProvider
        .ForAttributeWithMetadataName(
            AttributeNames.StreamAggregate,
            static (node, _) => node is TypeDeclarationSyntax,
            static (c, _) => AggregateDiscovery.Read((INamedTypeSymbol)c.TargetSymbol, c.Attributes[0]))
        .WithTrackingName(Steps.Aggregates)
        .Collect()
        .Select(static (all, _) => new EquatableArray<AggregateModel>(all));

    private static IncrementalValuesProvider<QueryModel> Queries(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<EquatableArray<SqlFile>> files, string attribute)
    {
        IncrementalValuesProvider<QueryModel> queries = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                attribute,
                static (node, _) => node is TypeDeclarationSyntax,
                static (c, cancellation) => Symbols.Counts(c) ? QueryDiscovery.Read((INamedTypeSymbol)c.TargetSymbol, c.Attributes[0], cancellation) : null)
            .Where(static query => query is not null)
            .Select(static (query, _) => query!)
            .WithTrackingName(Steps.Queries);
        return queries
            .Combine(files)
            .Combine(ProjectFolder(context))
            .Select(static (input, _) => SqlFiles.Resolve(input.Left.Left, input.Left.Right, input.Right))
            .WithTrackingName(Steps.QueryTexts);
    }

    private static IncrementalValueProvider<string> ProjectFolder(IncrementalGeneratorInitializationContext context) => context.AnalyzerConfigOptionsProvider
        .Select(static (options, _) => options.GlobalOptions.TryGetValue("build_property.ProjectDir", out string? folder) ? folder.Replace('\\', '/') : "");

    private static void EmitSources(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<(SourceModel Source, RelationModel Relation)> sources, string part, string step)
    {
        IncrementalValuesProvider<GeneratedFile> files = sources
            .Where(static s => s.Source.Row.Problem == TypeProblem.None && (!s.Source.IsTable || SourceRelations.IsKeyed(s.Source)))
            .Select((s, _) => RowTypeEmitter.Emit(s.Source.Row.Type, SourceRelations.ToRow(s.Source, s.Relation), part, s.Source.IsTable ? null : s.Relation))
            .WithTrackingName(step);
        context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.HintName, file.Text));
    }

    private static void EmitQueries(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<QueryModel> queries, IncrementalValueProvider<SignatureSet> signatures)
    {
        IncrementalValuesProvider<GeneratedFile?> files = queries
            .Combine(signatures)
            .Select(static (input, _) => SignatureResolver.Slice(input.Left, input.Right))
            .WithTrackingName(Steps.Slices)
            .Select(static (slice, _) => QueryFileEmitter.Emit(slice))
            .WithTrackingName(Steps.QueryCode);
        context.RegisterSourceOutput(files, static (output, file) => Add(output, file));
    }

    private static void EmitMappedRows(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<QueryModel> queries)
    {
        // Several queries may map onto one type: it is completed once.
        IncrementalValuesProvider<GeneratedFile> files = queries
            .Select(static (query, _) => query.MappedRow)
            .Collect()
            .SelectMany(static (rows, _) => rows
                .OfType<RowTypeModel>()
                .Where(row => !row.IsStreamRow && row.Problem == TypeProblem.None)
                .GroupBy(row => row.Type.FullName)
                .Select(group => group.First())
                .OrderBy(row => row.Type.FullName, System.StringComparer.Ordinal)
                .ToImmutableArray())
            .WithTrackingName(Steps.MappedRows)
            .Select(static (row, _) => RowTypeEmitter.Emit(row.Type, row.ToRow(row.Type.FullName, row.Type.Name), "Row"))
            .WithTrackingName(Steps.MappedRowCode);
        context.RegisterSourceOutput(files, static (output, file) => output.AddSource(file.HintName, file.Text));
    }

    private static void EmitExports(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<SignatureSet> signatures,
        IncrementalValueProvider<EquatableArray<FunctionModel>> functions,
        IncrementalValueProvider<EquatableArray<AggregateModel>> aggregates)
    {
        IncrementalValueProvider<GeneratedFile?> file = signatures
            .Select(static (set, _) => new EquatableArray<RelationModel>(
                set.Relations.Where(r => r.IsOwn && !r.IsBroken && r.Visibility == Visibility.Public)))
            .WithTrackingName(Steps.Exports)
            .Combine(functions.Combine(aggregates).Select(static (all, _) => new EquatableArray<string>(
                all.Left.Where(f => f.Visibility == Visibility.Public && f.Problem.Length == 0).Select(f => f.DeclaringType)
                    .Concat(all.Right.Where(a => a.Visibility == Visibility.Public && a.Problem.Length == 0).Select(a => a.Type))
                    .Distinct()
                    .OrderBy(t => t, System.StringComparer.Ordinal))))
            .Select(static (input, _) => ExportEmitter.Emit(input.Left, input.Right))
            .WithTrackingName(Steps.ExportCode);
        context.RegisterSourceOutput(file, static (output, export) => Add(output, export));
    }

    private static void EmitPipelines(
        IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<EquatableArray<SqlFile>> files,
        IncrementalValueProvider<ReferencesModel> references,
        IncrementalValueProvider<FunctionSet> functions)
    {
        IncrementalValuesProvider<EquatableArray<GeneratedFile>> outputs = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                AttributeNames.StreamPipeline,
                static (node, _) => node is TypeDeclarationSyntax,
                static (c, cancellation) => Symbols.Counts(c) ? PipelineDiscovery.Read((INamedTypeSymbol)c.TargetSymbol, c.Attributes[0], cancellation) : null)
            .Where(static pipeline => pipeline is not null)
            .Select(static (pipeline, _) => pipeline!)
            .WithTrackingName(Steps.Pipelines)
            .Combine(files)
            .Combine(ProjectFolder(context))
            .Select(static (input, _) => SqlFiles.Resolve(input.Left.Left, input.Left.Right, input.Right))
            .WithTrackingName(Steps.PipelineTexts)
            .Combine(functions)
            .Select(static (input, _) => (Pipeline: input.Left, Functions: input.Right.CalledIn(input.Left.Sql)))
            .Combine(references)
            .Select(static (input, _) => PipelineEmitter.Emit(input.Left.Pipeline, input.Right.Connectors, input.Right.HostType, input.Left.Functions))
            .WithTrackingName(Steps.PipelineCode);
        context.RegisterSourceOutput(outputs, static (output, generated) =>
        {
            foreach (GeneratedFile file in generated)
            {
                Add(output, file);
            }
        });
    }

    private static void Add(SourceProductionContext output, GeneratedFile? file)
    {
        if (file is not null)
        {
            output.AddSource(file.HintName, file.Text);
        }
    }

    /// <summary>Tracking names of the steps, for tests of what re-runs.</summary>
    public static class Steps
    {
        public const string Files = "Files";
        public const string References = "References";
        public const string Functions = "Functions";
        public const string Aggregates = "Aggregates";
        public const string FunctionSet = "FunctionSet";
        public const string Sources = "Sources";
        public const string SourceRelations = "SourceRelations";
        public const string SourceCode = "SourceCode";
        public const string Tables = "Tables";
        public const string TableRelations = "TableRelations";
        public const string TableCode = "TableCode";
        public const string Queries = "Queries";
        public const string QueryTexts = "QueryTexts";
        public const string Signatures = "Signatures";
        public const string Slices = "Slices";
        public const string QueryCode = "QueryCode";
        public const string MappedRows = "MappedRows";
        public const string MappedRowCode = "MappedRowCode";
        public const string Exports = "Exports";
        public const string ExportCode = "ExportCode";
        public const string Pipelines = "Pipelines";
        public const string PipelineTexts = "PipelineTexts";
        public const string PipelineCode = "PipelineCode";
    }
}
