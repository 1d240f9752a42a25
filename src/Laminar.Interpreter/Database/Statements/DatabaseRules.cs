using Laminar.Sql.Diagnostics;

namespace Laminar.Interpreter.Database.Statements;

/// <summary>What only SQL at run time can be wrong about. Each has a page in <c>analyzers/rules</c>, which says so, and no analyzer.</summary>
internal static class DatabaseRules
{
    public static readonly SqlRule UnknownObject = Error("LAM2110", "Unknown name", "There is no {0} '{1}' here{2}");

    public static readonly SqlRule HasReaders = Error("LAM2111", "Something reads it", "'{0}' is read by {1}; drop what reads it first, or all at once with CASCADE");

    public static readonly SqlRule KeepsNoRows = Error("LAM2112", "SELECT over what keeps no rows", "'{0}' is a {1} and keeps no rows; SELECT reads materialized views and what a connector can read again: CREATE MATERIALIZED VIEW v AS SELECT ... FROM {0}");

    public static readonly SqlRule ChangesAreGone = Error("LAM2113", "Earlier changes are gone", "The rows of '{0}' change, and nobody has kept what they were before now; make it a MATERIALIZED VIEW, or create both in one script");

    public static readonly SqlRule OtherKind = Error("LAM2114", "Another kind of thing", "'{0}' is a {1}, not a {2}");

    public static readonly SqlRule MissingParameter = Error("LAM2115", "Parameter without a value", "The parameter {0} has no value; give it one with the query, by its name without the first character");

    public static readonly SqlRule SinkColumns = Error("LAM2116", "Columns of a sink in use", "The sink '{0}' is being written with other columns ({1}); declare them in CREATE SINK {0} (...)");

    public static readonly SqlRule WrongOrder = Error("LAM2117", "ORDER BY of something else", "ORDER BY can name columns of the result only here, by name or number");

    public static readonly SqlRule NotAtRunTime = Error("LAM2118", "Not at run time", "{0} isn't available in a database: {1}");

    public static readonly SqlRule ConnectorRefuses = Error("LAM2119", "The connector refuses", "The connector of '{0}' says: {1}");

    private static SqlRule Error(string id, string title, string message) => new(id, title, message, SqlSeverity.Error);
}
