using System.Diagnostics.CodeAnalysis;

namespace Laminar;

/// <summary>
/// Compiles a SQL script (CREATE SOURCE, CREATE STREAM, CREATE SINK, INSERT INTO) into the static class it stands on: a row type per source
/// and stream, and <c>RunAsync(options, cancellationToken)</c>, which ends when the input ends.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StreamPipelineAttribute : Attribute
{
    /// <summary>A pipeline whose SQL stands in <see cref="File"/>.</summary>
    public StreamPipelineAttribute()
    {
    }

    /// <param name="sql">Statements separated by semicolons. <c>${NAME:-default}</c> inside string literals is expanded when it runs.</param>
    public StreamPipelineAttribute([StringSyntax("sql")] string sql) => Sql = sql;

    /// <summary>The SQL text.</summary>
    public string? Sql { get; }

    /// <summary>An additional file with the SQL, relative to the project.</summary>
    public string? File { get; set; }
}
