using System.Diagnostics.CodeAnalysis;

namespace Laminar;

/// <summary>
/// Compiles a SQL query into the class it stands on: a nested <c>Row</c>, <c>Create(sink)</c> to use it by itself, <c>AddTo(runtime)</c> to
/// run it on cores, <c>Info</c> with the plan. The class is <c>partial</c>; other queries read it by its name (<c>FROM vwap</c>).
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public class StreamQueryAttribute : Attribute
{
    /// <summary>A query whose SQL stands in <see cref="File"/>.</summary>
    public StreamQueryAttribute()
    {
    }

    /// <param name="sql">One SELECT statement.</param>
    public StreamQueryAttribute([StringSyntax("sql")] string sql) => Sql = sql;

    /// <summary>The SQL text.</summary>
    public string? Sql { get; }

    /// <summary>An additional file with the SQL, relative to the project: <c>"queries/vwap.sql"</c>.</summary>
    public string? File { get; set; }

    /// <summary>The name by which other queries read this one; null for the class's name.</summary>
    public string? Name { get; set; }
}

/// <summary>A <see cref="StreamQueryAttribute"/> whose rows are of the user's own type <typeparamref name="TRow"/>, matched by column name at build.</summary>
/// <typeparam name="TRow">A partial record, class or struct with one member per output column.</typeparam>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StreamQueryAttribute<TRow> : StreamQueryAttribute
{
    /// <inheritdoc cref="StreamQueryAttribute()"/>
    public StreamQueryAttribute()
    {
    }

    /// <inheritdoc cref="StreamQueryAttribute(string)"/>
    public StreamQueryAttribute([StringSyntax("sql")] string sql)
        : base(sql)
    {
    }
}
