using System.Runtime.CompilerServices;
using System.Threading;
using Laminar.Analyzers;
using Microsoft.CodeAnalysis;

namespace Laminar.CodeFixes;

/// <summary>What the SQL of a project can name, found once per compilation.</summary>
internal static class ProjectStates
{
    private static readonly ConditionalWeakTable<Compilation, ProjectState> States = new();

    public static ProjectState Of(Project project, Compilation compilation) => States.GetValue(compilation, c =>
    {
        string folder = project.AnalyzerOptions.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.ProjectDir", out string? found) ? found.Replace('\\', '/') : string.Empty;
        return ProjectState.Of(c, project.AnalyzerOptions.AdditionalFiles, folder, CancellationToken.None);
    });
}
