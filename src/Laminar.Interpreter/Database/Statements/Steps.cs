using Laminar.Interpreter.Database.Catalog;
using Laminar.Sql;
using Laminar.Sql.Syntax;

namespace Laminar.Interpreter.Database.Statements;

/// <summary>One thing that a checked script does.</summary>
/// <param name="Catalog">What there is behind it.</param>
internal abstract record Step(DatabaseCatalog Catalog);

/// <summary>Objects are made, each behind what it reads.</summary>
internal sealed record CreateStep(IReadOnlyList<DatabaseObject> Objects, DatabaseCatalog Catalog) : Step(Catalog);

/// <summary>Objects are dropped, each before what it reads.</summary>
internal sealed record DropStep(IReadOnlyList<DatabaseObject> Objects, DatabaseCatalog Catalog) : Step(Catalog);

/// <summary>A sink gets further feeds.</summary>
internal sealed record FeedStep(SinkObject Sink, IReadOnlyList<CompiledFeed> Feeds, DatabaseCatalog Catalog) : Step(Catalog);

/// <summary>A statement that answers something: SELECT, SHOW, DESCRIBE, EXPLAIN.</summary>
internal sealed record AnswerStep(StatementSyntax Statement, DatabaseCatalog Catalog) : Step(Catalog);

/// <summary>Rows go into a table.</summary>
internal sealed record InsertStep(StreamObject Table, TableInsert Insert, DatabaseCatalog Catalog) : Step(Catalog);
