using System.Collections.Generic;
using Laminar.Sql.Diagnostics;

namespace Laminar.Analyzers.Rules;

/// <summary>LAM51xx: connector clauses of pipelines, checked against the connectors that are referenced.</summary>
public static class ConnectorRules
{
    private static readonly RuleList Rules = new();

    public static readonly SqlRule UnknownConnector = Rules.Error("LAM5101", "Unknown connector", "No referenced assembly brings a connector '{0}'; {1}");

    public static readonly SqlRule NoConnector = Rules.Error("LAM5102", "Source without a connector", "'{0}' names no connector, and a pipeline runs by itself; add WITH (connector = '...'); {1}");

    public static readonly SqlRule CannotRead = Rules.Error("LAM5103", "Connector can't read", "The connector '{0}' has no source; use it in a sink");

    public static readonly SqlRule CannotAppend = Rules.Error("LAM5104", "Connector can't append", "The connector '{0}' has no sink for append-only rows");

    public static readonly SqlRule CannotUpdate = Rules.Error("LAM5105", "Connector can't update", "The connector '{0}' has no sink for updating rows; write EMIT ON WINDOW CLOSE, so that rows are final");

    public static readonly SqlRule UnknownKey = Rules.Error("LAM5106", "Unknown option", "There is no option '{0}' here; {1}");

    public static readonly SqlRule DuplicateKey = Rules.Error("LAM5107", "Option given twice", "The option '{0}' is given twice; keep one");

    public static readonly SqlRule BadValue = Rules.Error("LAM5108", "Option of a wrong value", "'{0}' is no value for this option; {1}");

    public static readonly SqlRule MissingKey = Rules.Error("LAM5109", "Required option missing", "The connector needs the option '{0}'; add it to WITH");

    // LAM5110 said that several queries couldn't feed one sink; ids are never reused.
    public static readonly SqlRule TakenName = Rules.Error("LAM5111", "Name taken in C#", "'{0}' becomes a C# type whose name is taken in this class; give it another name");

    public static readonly SqlRule UnreadSource = Rules.Warning("LAM5112", "Source that nothing reads", "No stream or sink reads '{0}'; its rows are read and dropped");

    public static readonly SqlRule UnreadStream = Rules.Warning("LAM5113", "Stream that nothing reads", "No sink or stream reads '{0}', so the pipeline doesn't run it; add CREATE SINK ... AS SELECT * FROM {0}, or remove it");

    public static readonly SqlRule OpenVariable = Rules.Error("LAM5114", "Variable without an end", "'{0}' begins a variable and has no '}}'; write ${{NAME}} or ${{NAME:-default}}");

    public static readonly SqlRule TakenTarget = Rules.Error("LAM5115", "Two sinks write to one place", "Another sink writes to '{0}', and they would overwrite each other; give each its own");

    public static readonly SqlRule AtLeastOnce = Rules.Info("LAM5116", "Sink that is at least once", "'{0}' gets rows at least once: what it has shown can't be taken back, so rows may come twice after a crash; write to a file or folder for exactly once");

    public static readonly SqlRule UnreadColumn = Rules.Info("LAM5117", "Column that nothing uses", "No reader of the stream uses its column '{0}'; remove it, and it isn't computed and kept");

    public static IReadOnlyList<SqlRule> All => Rules.All;
}
