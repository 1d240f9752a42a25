using System.Linq;
using Laminar.Analyzers.Rules;
using Laminar.Sql.Text;

namespace Laminar.Analyzers.Reports;

/// <summary>Whether there is a SQL text at all, and only one.</summary>
internal static class TextReport
{
    public static void Report(AttributeUse use, string sql, string file, bool missing, ProjectState state, Findings findings)
    {
        if (use.Positional is not null && file.Length > 0)
        {
            findings.Add(UsageRules.SqlAndFile, use.LocationOf(use.Named("File")), use.Name);
        }

        if (!missing && sql.Length > 0)
        {
            return;
        }

        if (file.Length == 0)
        {
            findings.Add(UsageRules.NoSql, use.Positional is null ? use.Syntax.GetLocation() : use.LocationOf(use.Positional), use.Name);
        }
        else if (missing)
        {
            string? nearest = NearestName.Of(file, state.Files.Select(f => f.Path.Length > file.Length ? f.Path.Substring(f.Path.LastIndexOf('/', f.Path.Length - file.Length) + 1) : f.Path));
            findings.Add(UsageRules.FileNotFound, use.LocationOf(use.Named("File")), file, nearest is null ? string.Empty : "; did you mean '" + nearest + "'?");
        }
    }
}
