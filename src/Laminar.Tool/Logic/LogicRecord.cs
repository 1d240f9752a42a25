namespace Laminar.Tool.Logic;

/// <summary>One record of a sqllogictest file.</summary>
/// <param name="Line">Where it begins, from 1.</param>
internal abstract record LogicRecord(int Line)
{
    /// <summary>Engines that don't run it (skipif), or, if there are any in <see cref="OnlyIf"/>, those that do.</summary>
    public IReadOnlyList<string> SkipIf { get; init; } = [];

    /// <inheritdoc cref="SkipIf"/>
    public IReadOnlyList<string> OnlyIf { get; init; } = [];
}

/// <summary>Whether something is to work.</summary>
internal enum StatementOutcome
{
    Ok,
    Error,

    /// <summary>Either will do.</summary>
    Maybe,
}

/// <summary><c>statement ok</c>, <c>statement error [regex]</c>, <c>statement maybe</c>.</summary>
/// <param name="Sql">The statement.</param>
/// <param name="Expected">Whether it is to work.</param>
/// <param name="Message">What its error's message has to match; null: anything.</param>
internal sealed record StatementRecord(int Line, string Sql, StatementOutcome Expected, string? Message) : LogicRecord(Line);

/// <summary><c>query TYPES [sort] [label]</c>.</summary>
/// <param name="Sql">The query.</param>
/// <param name="Types">A letter per column: T text, I integer, R real.</param>
/// <param name="Sort">How values are brought into an order before they are compared.</param>
/// <param name="Label">Queries of one label have one result; null: none.</param>
/// <param name="Expected">The lines of the result.</param>
internal sealed record QueryRecord(int Line, string Sql, string Types, LogicSort Sort, string? Label, IReadOnlyList<string> Expected) : LogicRecord(Line);

/// <summary><c>halt</c>: nothing behind it is run.</summary>
internal sealed record HaltRecord(int Line) : LogicRecord(Line);

/// <summary>Something that the file needs and that isn't here (<c>require</c>): nothing behind it is run.</summary>
internal sealed record RequireRecord(int Line, string What) : LogicRecord(Line);

/// <summary><c>loop</c> and <c>foreach</c>: records for each value of a variable, which stands in them as <c>${name}</c>.</summary>
internal sealed record LoopRecord(int Line, string Variable, IReadOnlyList<string> Values, IReadOnlyList<LogicRecord> Body) : LogicRecord(Line);

/// <summary>The order in which values are compared.</summary>
internal enum LogicSort
{
    /// <summary>As they come.</summary>
    None,

    /// <summary>Rows by their text.</summary>
    Rows,

    /// <summary>All values by themselves.</summary>
    Values,
}

/// <summary>A file that can't be read as sqllogictest.</summary>
internal sealed class LogicFormatException(int line, string message) : LaminarException(message)
{
    /// <summary>Where, from 1.</summary>
    public int Line => line;
}
