using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;
using Laminar.Sql.Catalog;
using Laminar.Sql.Syntax;

namespace Laminar.Generators.Emit;

/// <summary>What stands in for a pipeline with a mistake: its entry points and row types compile, and running it throws.</summary>
public static class PipelineStubEmitter
{
    /// <param name="pipeline">The class and its text.</param>
    /// <param name="remark">Lines to start with; empty for none.</param>
    public static GeneratedFile Emit(PipelineModel pipeline, string remark = "")
    {
        var writer = new CodeWriter();
        TypeScope.WriteHeader(writer);
        if (remark.Length > 0)
        {
            writer.Line(remark);
        }

        string message = $"throw new Laminar::LaminarException({Identifiers.Literal($"The pipeline {pipeline.Type.Name} did not compile; see the messages of the build.")})";
        using (TypeScope.Around(writer, pipeline.Type))
        using (writer.Open(pipeline.Type.Header))
        {
            foreach ((string row, IEnumerable<string> columns) in Rows(pipeline))
            {
                StubRow.Write(writer, row, columns, message);
            }

            writer.Line($"public static void AddTo(Laminar::ILaminarRuntime laminar) => {message};");
            writer.Line("public static global::System.Threading.Tasks.Task RunAsync(");
            writer.Line("    Laminar::LaminarOptions? options = null,");
            writer.Line($"    global::System.Threading.CancellationToken cancellationToken = default) => {message};");
        }

        return new GeneratedFile(HintName.Of(pipeline.Type.FullName, "Pipeline"), writer.ToString());
    }

    private static IEnumerable<(string Row, IEnumerable<string> Columns)> Rows(PipelineModel pipeline)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal) { pipeline.Type.Name, "AddTo", "RunAsync" };
        foreach (StatementSyntax statement in SqlParser.ParseScript(pipeline.Sql).Root.Statements)
        {
            (string name, IEnumerable<string> columns) = statement switch
            {
                CreateRelationStatement source => (source.Name.Text, source.Columns.Select(c => c.Name.Text)),
                CreateStreamStatement stream => (stream.Name.Text, StubRow.ColumnNames(stream.Query)),
                _ => ("", Enumerable.Empty<string>()),
            };
            string row = SqlName.ToPascalCase(name);
            if (name.Length > 0 && taken.Add(row))
            {
                yield return (row, columns.Where(c => c.Length > 0));
            }
        }
    }
}
