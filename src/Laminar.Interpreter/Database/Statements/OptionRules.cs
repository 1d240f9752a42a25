using Laminar.Sql.Diagnostics;

namespace Laminar.Interpreter.Database.Statements;

/// <summary>What a connector clause can be wrong about: the ids and meanings of the rules that the analyzers report at build.</summary>
internal static class OptionRules
{
    public static readonly SqlRule UnknownConnector = Error("LAM5101", "Unknown connector", "There is no connector '{0}'; {1}");

    public static readonly SqlRule CannotRead = Error("LAM5103", "Connector can't read", "The connector '{0}' has no source; use it in a sink");

    public static readonly SqlRule CannotAppend = Error("LAM5104", "Connector can't append", "The connector '{0}' has no sink for append-only rows");

    public static readonly SqlRule CannotUpdate = Error("LAM5105", "Connector can't update", "The connector '{0}' has no sink for updating rows; write EMIT ON WINDOW CLOSE, so that rows are final");

    public static readonly SqlRule UnknownKey = Error("LAM5106", "Unknown option", "There is no option '{0}' here; {1}");

    public static readonly SqlRule DuplicateKey = Error("LAM5107", "Option given twice", "The option '{0}' is given twice; keep one");

    public static readonly SqlRule BadValue = Error("LAM5108", "Option of a wrong value", "'{0}' is no value for this option; {1}");

    public static readonly SqlRule MissingKey = Error("LAM5109", "Required option missing", "The connector needs the option '{0}'; add it to WITH");

    private static SqlRule Error(string id, string title, string message) => new(id, title, message, SqlSeverity.Error);
}
