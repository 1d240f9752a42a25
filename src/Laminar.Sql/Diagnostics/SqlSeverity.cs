namespace Laminar.Sql.Diagnostics;

public enum SqlSeverity
{
    Info,
    Warning,
    Error,
}
