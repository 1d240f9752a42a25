using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using NUnit.Framework;

namespace Laminar.Analyzers.Tests;

/// <summary>Runs a refactoring at the place that <c>$$</c> marks, in a project that has the sources of <see cref="Verify"/>.</summary>
internal static class Refactor
{
    private const string Usings = "using System;\nusing Laminar;\n";

    /// <summary>The code after it; null when nothing is offered.</summary>
    /// <param name="provider">The refactoring.</param>
    /// <param name="marked">C# with <c>$$</c>; <c>using System; using Laminar;</c> are added.</param>
    /// <param name="title">Part of the title of the action to take; the first one when null.</param>
    /// <param name="language">Version of C#.</param>
    public static async Task<string?> Code(CodeRefactoringProvider provider, string marked, string? title = null, LanguageVersion language = LanguageVersion.Preview)
    {
        string code = Usings + marked;
        int at = code.IndexOf("$$", StringComparison.Ordinal);
        using AdhocWorkspace workspace = new();
        Document document = Project(workspace, language).AddDocument("User.cs", code.Remove(at, 2), filePath: Verify.Path);
        Solution? changed = await Apply(provider, document, at, title);
        return changed is null ? null : (await changed.GetDocument(document.Id)!.GetTextAsync()).ToString()[Usings.Length..];
    }

    /// <summary>The same in a <c>.sql</c> file.</summary>
    public static async Task<string?> Sql(CodeRefactoringProvider provider, string sql)
    {
        using AdhocWorkspace workspace = new();
        TextDocument file = Project(workspace, LanguageVersion.Preview).AddAdditionalDocument("q.sql", sql, filePath: "/project/q.sql");
        Solution? changed = await Apply(provider, file, 0, null);
        return changed is null ? null : (await changed.GetAdditionalDocument(file.Id)!.GetTextAsync()).ToString();
    }

    public static Project Project(AdhocWorkspace workspace, LanguageVersion language) => workspace.AddProject("User", LanguageNames.CSharp)
        .WithParseOptions(new CSharpParseOptions(language))
        .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
        .AddMetadataReferences(Verify.Contract)
        .AddDocument("Trade.cs", Verify.Sources, filePath: "/project/Trade.cs").Project;

    private static async Task<Solution?> Apply(CodeRefactoringProvider provider, TextDocument document, int at, string? title)
    {
        List<CodeAction> actions = [];
        await provider.ComputeRefactoringsAsync(new CodeRefactoringContext(document, new TextSpan(at, 0), actions.Add, CancellationToken.None));
        CodeAction? action = actions.FirstOrDefault(a => title is null || a.Title.Contains(title, StringComparison.Ordinal));
        return action is null ? null : (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }
}
