using System.Collections.Generic;
using Laminar.Sql.Diagnostics;

namespace Laminar.Analyzers.Rules;

/// <summary>LAM0xxx: how the attributes are used.</summary>
public static class UsageRules
{
    private static readonly RuleList Rules = new();

    public static readonly SqlRule NotPartial = Rules.Error("LAM0001", "Type is not partial", "'{0}' must be partial, so that code can be generated into it");

    public static readonly SqlRule ContainingTypeNotPartial = Rules.Error("LAM0002", "Containing type is not partial", "'{0}' must be partial, because code is generated into '{1}' inside it");

    public static readonly SqlRule Generic = Rules.Error("LAM0003", "Type is generic", "'{0}' can't have type parameters, nor stand in a type that has; SQL names one type, not a family");

    public static readonly SqlRule FileLocal = Rules.Error("LAM0004", "Type is file-local", "'{0}' can't be a file type, because generated code stands in another file; make it internal");

    public static readonly SqlRule NotConstructible = Rules.Error("LAM0005", "Row type can't be constructed", "'{0}' can't be a row; make it a class, record or struct that is neither abstract nor static nor a ref struct");

    public static readonly SqlRule NoConstructor = Rules.Error("LAM0006", "Row type without a usable constructor", "'{0}' needs a constructor without parameters, or one whose parameters have the names and types of its columns");

    public static readonly SqlRule NoColumns = Rules.Error("LAM0007", "Row type without columns", "'{0}' has no columns; give it public properties or fields of types that SQL knows");

    public static readonly SqlRule ForeignRow = Rules.Error("LAM0008", "Row type of another assembly", "'{0}' is declared in another assembly and isn't a row there; declare the row type in this project");

    public static readonly SqlRule UnsupportedMember = Rules.Warning("LAM0009", "Member of a type that SQL doesn't know", "'{0}' is no column, because SQL has no type for '{1}'; use a type such as long, string or DateTime, or make the member private");

    public static readonly SqlRule MemberNotSettable = Rules.Info("LAM0010", "Member that can't be set", "'{0}' is no column, because nothing can set it; give it a setter or a constructor parameter if it should be one");

    public static readonly SqlRule DuplicateColumn = Rules.Error("LAM0011", "Two columns with one name", "Another member has the same SQL name as '{0}', ignoring case and underscores; rename one, or give it a name with [Column(\"...\")]");

    public static readonly SqlRule NoSql = Rules.Error("LAM0012", "No SQL", "'{0}' has no SQL; write it as the attribute's argument, or name an additional file with File = \"...\"");

    public static readonly SqlRule SqlAndFile = Rules.Error("LAM0013", "SQL and File", "'{0}' has SQL and names a file; keep one, the file is ignored");

    public static readonly SqlRule FileNotFound = Rules.Error("LAM0014", "SQL file not found", "There is no additional file '{0}'{1}; add <AdditionalFiles Include=\"{0}\" /> to the project, or correct the path");

    public static readonly SqlRule DuplicateName = Rules.Error("LAM0015", "Two relations with one name", "The SQL name '{0}' is taken by '{1}'; give one of them another name");

    public static readonly SqlRule CyclicQueries = Rules.Error("LAM0016", "Query reads itself", "'{0}' reads itself through {1}; streams of queries can't go in a circle");

    public static readonly SqlRule PipelineNotStatic = Rules.Error("LAM0017", "Pipeline is not static", "'{0}' must be static; a pipeline has no instances");

    public static readonly SqlRule NotVisibleEnough = Rules.Error("LAM0018", "Query is more visible than a row", "'{0}' can be seen further than '{1}', which its methods take or return; make '{0}' internal, or '{1}' public");

    public static readonly SqlRule NoMemberForColumn = Rules.Error("LAM0019", "Column without a member", "'{0}' has no member for the column '{1}' ({2}); add one, or leave the column out");

    public static readonly SqlRule NoColumnForMember = Rules.Error("LAM0020", "Member without a column", "The query has no column for '{0}.{1}'; add one to the SELECT list, or remove the member");

    public static readonly SqlRule MemberType = Rules.Error("LAM0021", "Member can't hold the column", "'{0}.{1}' can't hold the column '{2}' of type {3}; change the member's type, or CAST the column");

    public static readonly SqlRule MemberNullability = Rules.Error("LAM0022", "Member can't hold NULL", "The column '{2}' can be NULL and '{0}.{1}' can't; make the member nullable, or use COALESCE");

    public static readonly SqlRule NoKindMember = Rules.Error("LAM0023", "Updating query without a kind", "The rows of '{1}' are updates, so '{0}' needs a member 'RowKind Kind'");

    public static readonly SqlRule EventTimeType = Rules.Error("LAM0024", "Event time of a wrong type", "'{0}' can't be the event time; it must be a column of type DateTime, DateTimeOffset or long (milliseconds)");

    public static readonly SqlRule EventTimeLateness = Rules.Error("LAM0025", "Lateness can't be read", "'{0}' is no length of time; write a number and ms, s, m, h or d, such as \"5s\"");

    public static readonly SqlRule TwoWatermarks = Rules.Error("LAM0026", "Two watermarks", "'{0}' has more than one declaration of its watermark; keep one [EventTime] or one Watermark");

    public static readonly SqlRule NoRuntime = Rules.Error("LAM0027", "No runtime referenced", "'{0}' runs by itself, which needs a reference to Laminar.Runtime");

    public static readonly SqlRule ReservedName = Rules.Error("LAM0028", "Class called like a generated member", "'{0}' is also the name of a member that is generated into the class, which C# forbids; give the class another name");

    public static readonly SqlRule BrokenInput = Rules.Info("LAM0029", "Nothing generated over a broken input", "No code is generated for '{0}', because it reads {1}, for which none is generated either; mend that first");

    public static readonly SqlRule FunctionProblem = Rules.Error("LAM0040", "Method that SQL can't call", "SQL can't call '{0}': {1}");

    public static readonly SqlRule FunctionNameTaken = Rules.Error("LAM0041", "Function with a name of SQL's", "'{0}' is {1} of SQL itself, which would be called instead; give it a name of its own, as the attribute's argument");

    public static readonly SqlRule SameFunction = Rules.Error("LAM0042", "Two functions that no call can tell apart", "SQL can't tell '{0}' from {1}, which takes the same types; give one of them another name");

    public static readonly SqlRule ImpureFunction = Rules.Warning("LAM0043", "Function that reads a clock or chance", "{0} is another value each time, and rows are computed again after a crash; give it to '{1}' as an argument");

    public static readonly SqlRule StateInFunction = Rules.Warning("LAM0044", "Function with state that changes", "'{0}' can change between two calls of '{1}', which several cores make and make again after a crash; make it readonly, or an argument");

    public static readonly SqlRule AggregateProblem = Rules.Error("LAM0045", "Struct that is no aggregate", "'{0}' can't be an aggregate of SQL: {1}");

    public static readonly SqlRule TableWithoutKey = Rules.Error("LAM0046", "Reference table without a key", "Nothing says which row of '{0}' another one replaces, or a stream is joined with; put [Key] on a member");

    public static readonly SqlRule KeyProblem = Rules.Error("LAM0047", "Member that can't be a key", "'{0}' can't be a key: {1}");

    public static IReadOnlyList<SqlRule> All => Rules.All;
}
