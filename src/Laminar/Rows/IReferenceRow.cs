using System.ComponentModel;
using Laminar.Execution;

namespace Laminar;

/// <summary>A row type that is declared as a reference table. Implemented by generated code; connectors read its rows as they read a source's.</summary>
/// <typeparam name="TSelf">The row type itself.</typeparam>
public interface IReferenceRow<TSelf> : ISourceRow<TSelf>
    where TSelf : IReferenceRow<TSelf>
{
    /// <summary>An empty table of such rows.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract ReferenceTable<TSelf> NewTable();
}

/// <summary>The same, with the type of its key: a tuple of several columns; times as ticks, dates as day numbers.</summary>
/// <typeparam name="TSelf">The row type itself.</typeparam>
/// <typeparam name="TKey">Its key, in the form in which queries compute.</typeparam>
public interface IReferenceRow<TSelf, TKey> : IReferenceRow<TSelf>
    where TSelf : IReferenceRow<TSelf, TKey>
    where TKey : notnull
{
    /// <summary>The key of a row.</summary>
    /// <exception cref="RowFormatException">A text in it is null.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract TKey KeyOf(in TSelf row);
}
