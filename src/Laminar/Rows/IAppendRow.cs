namespace Laminar;

/// <summary>A row of a source, or of a query whose output only grows: what was emitted is never taken back.</summary>
public interface IAppendRow;

/// <summary>A row of an updating query: a change to the result.</summary>
public interface IChangelogRow
{
    /// <summary>What this row does to the result.</summary>
    RowKind Kind { get; }
}
