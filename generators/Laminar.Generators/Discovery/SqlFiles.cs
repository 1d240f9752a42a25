using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;

namespace Laminar.Generators.Discovery;

/// <summary>Finds the additional file that an attribute names.</summary>
public static class SqlFiles
{
    /// <summary>The query with its text; unchanged when its SQL stands in the attribute.</summary>
    public static QueryModel Resolve(QueryModel query, IReadOnlyList<SqlFile> files, string projectFolder)
    {
        if (query.Sql.Length > 0 || query.File.Length == 0)
        {
            return query;
        }

        return Find(files, query.File, projectFolder) is { } file ? query with { Sql = file.Text } : query with { IsTextMissing = true };
    }

    /// <inheritdoc cref="Resolve(QueryModel, IReadOnlyList{SqlFile}, string)"/>
    public static PipelineModel Resolve(PipelineModel pipeline, IReadOnlyList<SqlFile> files, string projectFolder)
    {
        if (pipeline.Sql.Length > 0 || pipeline.File.Length == 0)
        {
            return pipeline;
        }

        return Find(files, pipeline.File, projectFolder) is { } file ? pipeline with { Sql = file.Text } : pipeline with { IsTextMissing = true };
    }

    /// <summary>
    /// The file at that path in the project's folder; where the build doesn't tell the folder, the only file whose path ends with it.
    /// </summary>
    /// <param name="files">Additional files, paths with forward slashes.</param>
    /// <param name="name">As the attribute names it.</param>
    /// <param name="projectFolder">With forward slashes, or empty.</param>
    public static SqlFile? Find(IReadOnlyList<SqlFile> files, string name, string projectFolder)
    {
        string wanted = name.Replace('\\', '/').TrimStart('/');
        if (wanted.StartsWith("./", StringComparison.Ordinal))
        {
            wanted = wanted.Substring(2);
        }

        string full = projectFolder.Length == 0 || projectFolder.EndsWith("/", StringComparison.Ordinal) ? projectFolder + wanted : projectFolder + "/" + wanted;
        if (files.FirstOrDefault(f => f.Path == full) is { } exact)
        {
            return exact;
        }

        List<SqlFile> endings = files.Where(f => f.Path == wanted || f.Path.EndsWith("/" + wanted, StringComparison.Ordinal)).ToList();
        return endings.Count == 1 ? endings[0] : null;
    }
}
