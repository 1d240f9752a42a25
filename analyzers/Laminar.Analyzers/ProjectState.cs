using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Laminar.Generators.Discovery;
using Laminar.Generators.Model;
using Laminar.Generators.Signatures;
using Laminar.Sql.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Laminar.Analyzers;

/// <summary>Everything that SQL of a compilation can name, found once per compilation by the same code as the generator's.</summary>
internal sealed class ProjectState
{
    private readonly Dictionary<string, string> _firstByName = new(StringComparer.Ordinal);

    private ProjectState(IReadOnlyList<SqlFile> files, string projectFolder, ReferencesModel references, IReadOnlyList<SourceModel> sources, IReadOnlyList<QueryModel> queries, FunctionSet functions, CancellationToken cancellation)
    {
        OwnFunctions = functions;
        Files = files;
        ProjectFolder = projectFolder;
        References = references;
        Signatures = SignatureResolver.Resolve(sources.Select(SourceRelations.Of), queries, references.Exports, functions.Concat(references.Functions), cancellation);

        // The same order as the resolver's, so that the name that counts there is the one that isn't blamed here.
        IEnumerable<(string Name, string Type)> names = sources.OrderBy(s => s.Row.Type.FullName, StringComparer.Ordinal).Select(s => (s.Name, s.Row.Type.FullName))
            .Concat(queries.OrderBy(q => q.Type.FullName, StringComparer.Ordinal).Select(q => (q.Name, q.Type.FullName)));
        foreach ((string name, string type) in names)
        {
            string key = SqlName.Fold(name);
            if (!_firstByName.ContainsKey(key))
            {
                _firstByName.Add(key, type);
            }
        }
    }

    /// <summary>Additional files with SQL, paths with forward slashes.</summary>
    public IReadOnlyList<SqlFile> Files { get; }

    /// <summary>With forward slashes, or empty.</summary>
    public string ProjectFolder { get; }

    public ReferencesModel References { get; }

    /// <summary>Queries whose text stands in a file, with their texts.</summary>
    public IReadOnlyList<QueryModel> FileQueries { get; private set; } = Array.Empty<QueryModel>();

    /// <summary>Pipelines whose text stands in a file, with their texts.</summary>
    public IReadOnlyList<PipelineModel> FilePipelines { get; private set; } = Array.Empty<PipelineModel>();

    public SignatureSet Signatures { get; }

    /// <summary>Functions in C# of this project.</summary>
    public FunctionSet OwnFunctions { get; }

    public static ProjectState Of(Compilation compilation, ImmutableArray<AdditionalText> additionalFiles, string projectFolder, CancellationToken cancellation)
    {
        List<SqlFile> files = additionalFiles
            .Where(file => IsSql(file.Path))
            .Select(file => new SqlFile(file.Path.Replace('\\', '/'), file.GetText(cancellation)?.ToString() ?? string.Empty))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .ToList();
        List<SourceModel> sources = new();
        List<QueryModel> queries = new();
        List<FunctionModel> functions = new();
        List<AggregateModel> aggregates = new();
        List<QueryModel> fileQueries = new();
        List<PipelineModel> filePipelines = new();
        Stack<INamespaceOrTypeSymbol> open = new();
        open.Push(compilation.Assembly.GlobalNamespace);
        while (open.Count > 0)
        {
            INamespaceOrTypeSymbol symbol = open.Pop();
            // Types only: the other members of a type need not be known.
            IEnumerable<INamespaceOrTypeSymbol> members = symbol is INamespaceSymbol space ? space.GetMembers() : symbol.GetTypeMembers();
            foreach (INamespaceOrTypeSymbol member in members)
            {
                if (!IsGenerated(member))
                {
                    open.Push(member);
                }
            }

            if (symbol is INamedTypeSymbol holder && HasFunctions(holder, cancellation))
            {
                functions.AddRange(FunctionDiscovery.ReadAll(holder));
            }

            foreach (AttributeData attribute in symbol is INamedTypeSymbol ? symbol.GetAttributes() : ImmutableArray<AttributeData>.Empty)
            {
                INamedTypeSymbol type = (INamedTypeSymbol)symbol;
                switch (attribute.AttributeClass is { } attributeClass ? Symbols.NameOf(attributeClass) : string.Empty)
                {
                    case AttributeNames.StreamSource:
                        sources.Add(SourceDiscovery.Read(type, attribute, cancellation));
                        break;
                    case AttributeNames.ReferenceTable:
                        sources.Add(SourceDiscovery.ReadTable(type, attribute, cancellation));
                        break;
                    case LaminarAnalyzer.QueryName or LaminarAnalyzer.MappedQueryName:
                        QueryModel query = QueryDiscovery.Read(type, attribute, cancellation);
                        queries.Add(SqlFiles.Resolve(query, files, projectFolder));
                        if (query.Sql.Length == 0 && query.File.Length > 0)
                        {
                            fileQueries.Add(queries[queries.Count - 1]);
                        }

                        break;
                    case AttributeNames.StreamAggregate:
                        aggregates.Add(AggregateDiscovery.Read(type, attribute));
                        break;
                    case AttributeNames.StreamPipeline:
                        PipelineModel pipeline = PipelineDiscovery.Read(type, attribute, cancellation);
                        if (pipeline.Sql.Length == 0 && pipeline.File.Length > 0)
                        {
                            filePipelines.Add(SqlFiles.Resolve(pipeline, files, projectFolder));
                        }

                        break;
                }
            }
        }

        return new ProjectState(files, projectFolder, ReferenceDiscovery.Read(compilation, cancellation), sources, queries, FunctionDiscovery.Collect(functions, aggregates), cancellation)
        {
            FileQueries = fileQueries,
            FilePipelines = filePipelines,
        };
    }

    public static bool IsSql(string path) => path.EndsWith(".sql", StringComparison.OrdinalIgnoreCase);

    /// <summary>Our generator's own work holds nothing that SQL can name, and is most of a project with many queries.</summary>
    private static bool IsGenerated(INamespaceOrTypeSymbol symbol) =>
        symbol is INamedTypeSymbol { DeclaringSyntaxReferences: [{ SyntaxTree.FilePath: { } path }] } && path.Contains("Laminar.Generators.LaminarGenerator");

    /// <summary>By the look of it: attributes of each method of a project would take long to find.</summary>
    private static bool HasFunctions(INamedTypeSymbol type, CancellationToken cancellation) => type.DeclaringSyntaxReferences
        .Select(reference => reference.GetSyntax(cancellation))
        .OfType<TypeDeclarationSyntax>()
        .SelectMany(declaration => declaration.Members.OfType<MethodDeclarationSyntax>())
        .Any(method => method.AttributeLists.Count > 0);

    /// <summary>The type that has this SQL name and counts.</summary>
    public string OwnerOf(string name) => _firstByName.TryGetValue(SqlName.Fold(name), out string? type) ? type : string.Empty;
}
