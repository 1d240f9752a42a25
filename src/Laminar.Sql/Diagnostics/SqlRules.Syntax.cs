namespace Laminar.Sql.Diagnostics;

/// <content>LAM1xxx: the text itself.</content>
public static partial class SqlRules
{
    public static readonly SqlRule UnexpectedToken = Error("LAM1001", "Unexpected token", "Unexpected {0}; expected {1}");

    public static readonly SqlRule MisspeltKeyword = Error("LAM1002", "Misspelt keyword", "'{0}' is not a keyword here; did you mean {1}?");

    public static readonly SqlRule InvalidCharacter = Error("LAM1003", "Invalid character", "The character {0} has no meaning in SQL; remove it");

    public static readonly SqlRule Unterminated = Error("LAM1004", "Unterminated text", "The {0} that starts here never ends; close it with {1}");

    public static readonly SqlRule InvalidNumber = Error("LAM1005", "Invalid number", "'{0}' is not a number; write digits, with at most one point and one exponent, and a space before what follows");

    public static readonly SqlRule InvalidEscape = Error("LAM1006", "Invalid escape", "'{0}' is not valid in {1}; {2}");

    public static readonly SqlRule NestedTooDeep = Error("LAM1007", "Nested too deep", "This is nested deeper than {0} levels; split the expression with a subquery, or a long OR with IN");

    public static readonly SqlRule TextTooLong = Error("LAM1008", "Text too long", "The SQL text has {0} characters and may have {1}; split it");

    public static readonly SqlRule ClauseOutOfOrder = Error("LAM1009", "Clause out of order", "{0} must stand before {1}; move it there");

    public static readonly SqlRule RepeatedClause = Error("LAM1010", "Repeated clause", "{0} is given twice; keep one");

    public static readonly SqlRule ChainedComparison = Error("LAM1011", "Chained comparison", "Comparisons can't be chained; write both with AND between them, or parentheses to compare the truth values");

    public static readonly SqlRule ForeignOperator = Error("LAM1012", "Operator of another language", "'{0}' is not an SQL operator; write {1}");

    public static readonly SqlRule ReservedName = Error("LAM1013", "Reserved word as a name", "'{0}' is a reserved word; put it in double quotes to use it as a name");

    public static readonly SqlRule UnknownTableFunction = Error("LAM1014", "Unknown table function", "'{0}' can't stand in FROM as a function; the table functions are TUMBLE, HOP, SLIDE, SESSION, CUMULATE and UNNEST");

    public static readonly SqlRule NothingAfterComma = Error("LAM1015", "Nothing after a comma", "Nothing follows this comma; remove it or write the next item");

    public static readonly SqlRule EmptyText = Error("LAM1016", "No SQL", "There is no SQL here; write {0}");

    public static readonly SqlRule OneQueryOnly = Error("LAM1017", "More than a query", "Only one query can stand here; {0}");

    public static readonly SqlRule UnknownUnit = Error("LAM1018", "Unknown unit of time", "'{0}' is not a unit of time; use YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND, MILLISECOND or MICROSECOND");

    public static readonly SqlRule OptionNotLiteral = Error("LAM1019", "Option value is not a literal", "The value of an option must be a literal; write {0}");

    /// <summary>Part of the language, but nothing executes it yet. Reported from the tree, and by the binder for functions.</summary>
    public static readonly SqlRule NotSupportedYet = Error("LAM1900", "Not supported yet", "not supported yet: {0}");
}
