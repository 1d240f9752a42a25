using Laminar.Interpreter.Database.Connectors;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Text;

namespace Laminar.Interpreter.Database.Catalog;

/// <summary>What a CREATE statement has made. Never changed: a change of the catalog is another catalog.</summary>
/// <param name="Name">The SQL name.</param>
/// <param name="Text">The statement, and for a sink the INSERT INTO behind it: what makes it anew.</param>
internal abstract record DatabaseObject(string Name, string Text)
{
    /// <summary>How messages call it.</summary>
    public abstract string What { get; }

    /// <summary>Where its name stands in the script that made it.</summary>
    public abstract TextSpan NameSpan { get; }

    /// <summary>What FROM can name of it.</summary>
    public abstract IEnumerable<Relation> Relations { get; }

    /// <summary>The names that it reads, as they stand in FROM.</summary>
    public abstract IEnumerable<string> Reads { get; }
}

/// <inheritdoc/>
internal sealed record SourceObject(CompiledSource Compiled, string Text) : DatabaseObject(Compiled.Name, Text)
{
    /// <summary>The connector that reads it; null: it is pushed into.</summary>
    public ConnectorChoice? Connector { get; init; }

    /// <summary>It is there for a table, whose statement makes it.</summary>
    public bool IsOfTable { get; init; }

    public override string What => "source";

    public override TextSpan NameSpan => Compiled.NameSpan;

    public override IEnumerable<Relation> Relations => [Compiled.Relation];

    public override IEnumerable<string> Reads => [];
}

/// <inheritdoc/>
internal sealed record StreamObject(CompiledStream Compiled, string Text) : DatabaseObject(Compiled.Name, Text)
{
    /// <summary>What CREATE TABLE has said; null: it isn't a table.</summary>
    public TableDefinition? Table { get; init; }

    public override string What => Table is not null ? "table" : Compiled.View is null ? "stream" : "materialized view";

    public override TextSpan NameSpan => Compiled.NameSpan;

    public override IEnumerable<Relation> Relations => Compiled.Late is { } late ? [Compiled.Relation, late] : [Compiled.Relation];

    public override IEnumerable<string> Reads => Compiled.Plan.Reads.Select(r => r.Name);
}

/// <inheritdoc/>
internal sealed record SinkObject(CompiledSink Compiled, string Text) : DatabaseObject(Compiled.Name, Text)
{
    /// <summary>The connector that writes it; null while nothing feeds it.</summary>
    public ConnectorChoice? Connector { get; init; }

    /// <summary>Whether what feeds it changes.</summary>
    public bool IsUpdating { get; init; }

    public override string What => "sink";

    public override TextSpan NameSpan => Compiled.NameSpan;

    public override IEnumerable<Relation> Relations => [];

    public override IEnumerable<string> Reads => Compiled.Feeds.SelectMany(f => f.Stream is { } stream ? [stream] : f.Plan!.Reads.Select(r => r.Name));
}
