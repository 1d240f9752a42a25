using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Laminar.Analyzers.Literals;
using Laminar.Analyzers.Rules;
using Laminar.Generators.Discovery;
using Laminar.Generators.Model;
using Laminar.Generators.Signatures;
using Microsoft.CodeAnalysis;

namespace Laminar.Analyzers.Reports;

/// <summary>A <c>.sql</c> file that queries or pipelines name; several may name one, and then each finding is said once.</summary>
internal static class FileReport
{
    public static void Report(AdditionalText file, ProjectState state, Findings findings, Compilation compilation, CancellationToken cancellation)
    {
        string path = file.Path.Replace('\\', '/');
        SqlPlace place = SqlPlace.In(file.Path, file.GetText(cancellation)?.ToString() ?? string.Empty);
        Findings once = findings.Once();
        foreach (QueryModel query in state.FileQueries.Where(q => IsFile(q.File, path, state)))
        {
            QueryCheck check = QueryReport.Check(query, state);
            QueryReport.Text(check, place, once, compilation, cancellation);
            QueryReport.LateName(query, check, place, state, once);
        }

        foreach (PipelineModel pipeline in state.FilePipelines.Where(p => IsFile(p.File, path, state)))
        {
            PipelineReport.Text(PipelineReport.Check(pipeline, state), place, once);
        }
    }

    private static bool IsFile(string name, string path, ProjectState state) => SqlFiles.Find(state.Files, name, state.ProjectFolder)?.Path == path;
}
