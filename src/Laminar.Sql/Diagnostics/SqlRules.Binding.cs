namespace Laminar.Sql.Diagnostics;

/// <content>LAM2xxx: names and types.</content>
public static partial class SqlRules
{
    public static readonly SqlRule UnknownRelation = Error("LAM2001", "Unknown source or query", "There is no source or query named '{0}'{1}");

    public static readonly SqlRule AmbiguousColumn = Error("LAM2002", "Ambiguous column", "'{0}' could mean more than one column; write which: {1}");

    public static readonly SqlRule UnknownColumn = Error("LAM2003", "Unknown column", "There is no column '{0}' in {1}{2}");

    public static readonly SqlRule UnknownQualifier = Error("LAM2004", "Unknown table name", "'{0}' is not a table of this FROM; use {1}");

    public static readonly SqlRule UnknownFunction = Error("LAM2005", "Unknown function", "There is no function '{0}'{1}");

    public static readonly SqlRule ArgumentCount = Error("LAM2006", "Wrong number of arguments", "{0} takes {1}, not {2}");

    public static readonly SqlRule ArgumentType = Error("LAM2007", "Wrong argument type", "{0} does not take {1} here; it takes {2}");

    public static readonly SqlRule OperatorType = Error("LAM2008", "Wrong operand types", "{0} has no meaning for {1}; {2}");

    public static readonly SqlRule TextWithNumber = Error("LAM2009", "Text used with a number", "Text can't be used with {0} here; write {1}");

    public static readonly SqlRule AliasNotVisible = Error("LAM2010", "Alias not visible here", "'{0}' is an alias of the select list, which {1} can't see; repeat its expression");

    public static readonly SqlRule AggregateNotAllowed = Error("LAM2011", "Aggregate not allowed here", "{0} is an aggregate and can't stand in {1}; {2}");

    public static readonly SqlRule NestedAggregate = Error("LAM2012", "Nested aggregate", "{0} can't stand inside another aggregate; compute it in a query of its own and read that");

    public static readonly SqlRule UngroupedColumn = Error("LAM2013", "Ungrouped column", "'{0}' must be in GROUP BY or inside an aggregate; add it to GROUP BY, or take one of its values, such as MAX({0}){1}");

    public static readonly SqlRule OrdinalOutOfRange = Error("LAM2014", "No such select item", "{0} names no select item; there are {1}");

    public static readonly SqlRule DuplicateOutput = Error("LAM2015", "Duplicate output column", "The output has two columns '{0}'; give one another name with AS");

    public static readonly SqlRule ConditionType = Error("LAM2016", "Condition is not BOOLEAN", "{0} needs a BOOLEAN, not {1}; compare it with something");

    public static readonly SqlRule InvalidLiteral = Error("LAM2017", "Invalid literal", "'{0}' is not a valid {1}; {2}");

    public static readonly SqlRule ConstantFails = Error("LAM2018", "Constant expression fails", "This always fails: {0}");

    public static readonly SqlRule DecimalTooWide = Error("LAM2019", "DECIMAL with too many digits", "The result of {0} needs {1} digits and DECIMAL has 28; CAST an operand to a DECIMAL with fewer digits, or to DOUBLE");

    public static readonly SqlRule UnknownType = Error("LAM2020", "Unknown type", "There is no type '{0}'{1}");

    public static readonly SqlRule InvalidCast = Error("LAM2021", "Impossible CAST", "{0} can't be cast to {1}{2}");

    public static readonly SqlRule StarNotAllowed = Error("LAM2022", "Star not allowed here", "* can only stand by itself in a select list or in COUNT(*); name the column");

    public static readonly SqlRule WindowFunctionPlace = Error("LAM2023", "Group window out of place", "{0} can't stand here; {1}");

    public static readonly SqlRule ConstantRequired = Error("LAM2024", "Constant required", "{0} must be a constant{1}");

    public static readonly SqlRule DuplicateName = Error("LAM2025", "Duplicate name", "'{0}' is already {1}; choose another name");

    public static readonly SqlRule DuplicateColumn = Error("LAM2026", "Duplicate column", "Column '{0}' is given twice (names ignore case and underscores); rename one");

    public static readonly SqlRule InsertColumnCount = Error("LAM2027", "Wrong number of columns", "The query has {0} columns and sink '{1}' takes {2}: {3}");

    public static readonly SqlRule InsertColumnType = Error("LAM2028", "Column of another type", "Column {0} of sink '{1}' is {2} and the query gives {3}; CAST it");

    public static readonly SqlRule UnknownTimeField = Error("LAM2029", "Unknown time field", "'{0}' is not a field of {1}; use {2}");

    public static readonly SqlRule UnknownSink = Error("LAM2030", "Unknown sink", "There is no sink named '{0}'{1}");

    public static readonly SqlRule InvalidTypeParameter = Error("LAM2031", "Invalid type parameter", "{0}; write {1}");

    public static readonly SqlRule MixedTypes = Error("LAM2032", "Values of different types", "The values of {0} must have one type, not {1} and {2}; CAST one of them");

    public static readonly SqlRule FeedlessSink = Error("LAM2033", "Sink without input", "Nothing is written to sink '{0}'; add AS SELECT ..., FROM a stream, or an INSERT INTO {0}");

    public static readonly SqlRule CircularStreams = Error("LAM2034", "Streams read each other", "'{0}' reads itself through {1}; break the circle");

    public static readonly SqlRule AliasColumnCount = Error("LAM2035", "Wrong number of column aliases", "'{0}' has {1} columns and {2} aliases; give one per column");

    public static readonly SqlRule SinkNotReadable = Error("LAM2036", "Sink in FROM", "'{0}' is a sink and can't be read; read the stream that feeds it");

    public static readonly SqlRule NotAnAggregate = Error("LAM2037", "Not an aggregate", "{0} is not an aggregate, so {1} has no meaning with it; remove it");

    public static readonly SqlRule IntegerDivision = Info("LAM2038", "Integer division", "Division of integers drops the fraction{0}; write {1}");

    public static readonly SqlRule NullComparison = Warning("LAM2039", "Comparison with NULL", "A comparison with NULL is never TRUE; {0}");

    public static readonly SqlRule ConstantCondition = Warning("LAM2040", "Condition with one outcome", "This is always {0}, because {1}; {2}");

    public static readonly SqlRule InvalidPattern = Error("LAM2050", "Invalid pattern", "This is not {0}: {1}");

    public static readonly SqlRule UnknownTimeZone = Error("LAM2051", "Unknown time zone", "There is no time zone '{0}'{1}");

    public static readonly SqlRule AmbiguousCall = Error("LAM2060", "Call that fits two functions", "This call of {0} fits {1} alike; CAST an argument");
    public static readonly SqlRule ValuesColumnCount = Error("LAM2067", "Rows of VALUES with different numbers of values", "This row of VALUES has {0} value(s), the first one {1}; they must have equally many, NULL where there is none");
    public static readonly SqlRule StarOfNothing = Error("LAM2068", "* without FROM", "There is no FROM whose columns * could stand for; add one, as in SELECT * FROM {0}, or name what to select");
    public static readonly SqlRule UnionColumnCount = Error("LAM2061", "Parts of a UNION with different numbers of columns", "The first of these queries has {0} column(s), this one {1}; give both the same columns, NULL where one has nothing");
    public static readonly SqlRule ComputedCircle = Error("LAM2070", "Computed columns in a circle", "A column can't be computed from itself: {0}");
    public static readonly SqlRule ComputedColumnType = Error("LAM2062", "Computed column of another type", "Column {0} is declared {1}, and what it is computed from is {2}; CAST it");

    public static readonly SqlRule OverMissing = Error("LAM2063", "Function without OVER", "{0} looks at the rows around its own; say which with OVER (PARTITION BY ... ORDER BY ...)");
    public static readonly SqlRule OverNotAllowed = Error("LAM2064", "OVER not allowed here", "{0} looks at rows around its own and can't stand in {1}; {2}");
    public static readonly SqlRule QualifyWithoutOver = Error("LAM2066", "QUALIFY without OVER", "QUALIFY keeps rows by functions with OVER, and this query has none; put the condition into WHERE or HAVING");
    public static readonly SqlRule SubqueryColumns = Error("LAM2091", "Number of a subquery's columns", "{0} takes {1} column(s) here, and this subquery has {2}");
    public static readonly SqlRule EmptyFrame = Error("LAM2090", "Frame that ends before it begins", "This frame ends before it begins, so that no row is ever in it; turn its bounds around");
    public static readonly SqlRule UnknownNamedWindow = Error("LAM2065", "Unknown named window", "There is no window '{0}' in this query's WINDOW clause{1}");

    public static readonly SqlRule TableWithoutKey = Error("LAM2100", "Reference table without PRIMARY KEY", "Nothing says which row of '{0}' another one replaces, or a stream is joined with; add PRIMARY KEY to a column, or PRIMARY KEY (...) to the list");
    public static readonly SqlRule TableAlone = Error("LAM2101", "Reference table without a stream", "'{0}' is a reference table: it has rows and no stream of them; {1}");
    public static readonly SqlRule LookupKey = Error("LAM2102", "Join that doesn't give the key", "A reference table is looked up by its whole key, and nothing here says what {1} of '{0}' is equal to; add it to ON");
    public static readonly SqlRule LookupSide = Error("LAM2103", "Outer join on the side of a reference table", "{0} would put out rows of '{1}' that no row of the stream meets, and no time comes at which that is known; {2}");
    public static readonly SqlRule TableClause = Error("LAM2104", "Reference table in time", "'{0}' is a reference table, whose rows have no time of their own: {1}");
    public static readonly SqlRule KeyType = Error("LAM2105", "Column that can't be a key", "Column '{0}' of type {1} can't be in a PRIMARY KEY; use numbers, text, times or UUID");

    public static readonly SqlRule InvalidFormat = Error("LAM2052", "Invalid time format", "This is not a format of times: {0}");
    public static readonly SqlRule InvalidNumberFormat = Error("LAM2080", "Invalid number format", "This is not a format of numbers: {0}");
    public static readonly SqlRule UnusedQuery = Warning("LAM2081", "Common table expression that nothing reads", "Nothing reads '{0}', so that it isn't even checked; remove it, or read it in FROM");
}
