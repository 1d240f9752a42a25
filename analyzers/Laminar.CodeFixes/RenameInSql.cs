using System;
using System.Collections.Generic;
using System.Composition;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Laminar.Analyzers;
using Laminar.Analyzers.Literals;
using Laminar.Analyzers.Rules;
using Laminar.Generators.Discovery;
using Laminar.Generators.Model;
using Laminar.Generators.Signatures;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Laminar.CodeFixes;

/// <summary>
/// After a member of a source was renamed, the SQL over it names a column that no longer is. On the member: writes its new name there, in every query, file and
/// watermark of the project. Roslyn lets nobody take part in its own rename inside strings, so this is the second step of two.
/// </summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(RenameInSql))]
[Shared]
public sealed class RenameInSql : CodeRefactoringProvider
{
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        Document document = context.Document;
        SyntaxNode? root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SyntaxNode? node = root?.FindToken(context.Span.Start).Parent;
        string? member = node switch
        {
            ParameterSyntax { Parent.Parent: RecordDeclarationSyntax } parameter => parameter.Identifier.ValueText,
            PropertyDeclarationSyntax property => property.Identifier.ValueText,
            VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } field => field.Identifier.ValueText,
            _ => null,
        };
        if (member is null
            || node!.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration
            || await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model
            || model.GetDeclaredSymbol(declaration, context.CancellationToken) is not INamedTypeSymbol type
            || (Symbols.Attribute(type, AttributeNames.StreamSource) ?? Symbols.Attribute(type, AttributeNames.ReferenceTable)) is not { } attribute)
        {
            return;
        }

        bool isTable = Symbols.Attribute(type, AttributeNames.StreamSource) is null;
        SourceModel source = isTable ? SourceDiscovery.ReadTable(type, attribute, context.CancellationToken) : SourceDiscovery.Read(type, attribute, context.CancellationToken);
        if (source.Row.Members.FirstOrDefault(m => m.ClrName == member) is not { } column)
        {
            return;
        }

        List<(string Name, FileEdit Edit)> places = await Unknown(document.Project, model.Compilation, source, attribute, column.SqlName, context.CancellationToken).ConfigureAwait(false);
        Solution solution = document.Project.Solution;
        foreach (IGrouping<string, (string Name, FileEdit Edit)> name in places.GroupBy(p => SqlName.Fold(p.Name)))
        {
            FileEdit[] edits = name.Select(p => p.Edit).ToArray();
            string count = edits.Length == 1 ? "1 place" : edits.Length.ToString(CultureInfo.InvariantCulture) + " places";
            string title = $"Write '{column.SqlName}' for the unknown column '{name.First().Name}' in SQL ({count})";
            context.RegisterRefactoring(CodeAction.Create(title, cancellation => FileEdits.Apply(solution, edits, cancellation), title));
        }
    }

    /// <summary>Names of columns that the source doesn't have, where SQL reads nothing but that source.</summary>
    private static async Task<List<(string Name, FileEdit Edit)>> Unknown(
        Project project, Compilation compilation, SourceModel source, AttributeData attribute, string column, CancellationToken cancellation)
    {
        ProjectState state = ProjectStates.Of(project, compilation);
        ProjectCatalog catalog = ProjectCatalog.Of(state.Signatures);
        List<(string, FileEdit)> places = new();
        foreach (Document document in project.Documents)
        {
            SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
            SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
            foreach (AttributeArgumentSyntax argument in root?.DescendantNodes().OfType<AttributeArgumentSyntax>() ?? Enumerable.Empty<AttributeArgumentSyntax>())
            {
                if (SqlArgument.Of(argument, model!, cancellation) is { IsScript: false } text)
                {
                    Add(Findings(text.Sql), SqlPlace.In(text.Map));
                }
            }
        }

        foreach (QueryModel query in state.FileQueries)
        {
            if (SqlFiles.Find(state.Files, query.File, state.ProjectFolder) is { } file)
            {
                Add(Findings(file.Text), SqlPlace.In(file.Path, file.Text));
            }
        }

        if (source.Watermark.Length > 0 && attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is AttributeSyntax { ArgumentList: { } list } syntax
            && list.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == "Watermark") is { } watermark)
        {
            LiteralMap map = SqlArgument.MapOf(watermark, source.Watermark, compilation.GetSemanticModel(syntax.SyntaxTree), cancellation);
            Add(WatermarkCompiler.Compile(source.Watermark, SourceRelations.Of(source).Columns.ToArray()).Diagnostics, SqlPlace.In(map));
        }

        return places.Distinct().ToList();

        IReadOnlyList<SqlDiagnostic> Findings(string sql)
        {
            IReadOnlyList<string> reads = SqlCompiler.ReadNames(sql);
            return reads.Count == 1 && SqlName.Same(reads[0], source.Name) ? SqlCompiler.CompileQuery(sql, "q", catalog).Diagnostics : Array.Empty<SqlDiagnostic>();
        }

        void Add(IEnumerable<SqlDiagnostic> findings, SqlPlace place)
        {
            foreach (SqlDiagnostic finding in findings.Where(f => f.Rule == SqlRules.UnknownColumn))
            {
                places.AddRange(finding.AlsoAt.Prepend(finding.Span).Select(span => place.Edit(span, column)).OfType<FileEdit>().Select(edit => (finding.Arguments[0], edit)));
            }
        }
    }
}
