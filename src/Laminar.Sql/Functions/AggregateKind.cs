namespace Laminar.Sql.Functions;

public enum AggregateKind
{
    /// <summary>COUNT(*): no argument.</summary>
    CountRows,

    /// <summary>COUNT(x): rows whose argument isn't NULL.</summary>
    Count,
    CountDistinct,

    /// <summary>SUM of integers is BIGINT (checked at output), of BIGINT UNSIGNED DECIMAL(28,0), of REAL/DOUBLE DOUBLE, of DECIMAL DECIMAL.</summary>
    Sum,

    /// <summary>AVG of integers and floats is DOUBLE, of DECIMAL DECIMAL.</summary>
    Avg,
    Min,
    Max,

    /// <summary>By event time; ties by arrival. NULL arguments are values like others.</summary>
    FirstValue,
    LastValue,
}
