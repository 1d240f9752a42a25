using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>What a query's aggregates keep of rows, as generated code.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TPane">What they keep; <see cref="NoPane"/> without aggregates.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPaneShape<TIn, TPane>
    where TPane : unmanaged
{
    /// <summary>Whether there are aggregates; what is about panes is called for those alone.</summary>
    static virtual bool Aggregates => false;

    /// <summary>Whether panes can be merged: all that they hold is in them.</summary>
    static virtual bool Merges => false;

    /// <summary>Whether making a result can fail.</summary>
    static virtual bool CanFail => false;

    /// <summary>Of no rows.</summary>
    void Begin(ref TPane pane) => pane = default;

    /// <summary>Adds a row.</summary>
    /// <param name="pane">What it is added to.</param>
    /// <param name="row">The row.</param>
    /// <param name="place">Its place in the partition: of rows the one before has the lesser.</param>
    void Add(ref TPane pane, in TIn row, long place) => throw new NotSupportedException();

    /// <summary>Adds what is kept of rows behind those of the pane.</summary>
    void Merge(ref TPane pane, in TPane later) => throw new NotSupportedException();

    /// <summary>Gives back what a pane has beside itself.</summary>
    void Free(ref TPane pane)
    {
    }

    /// <summary>What panes have beside themselves.</summary>
    long Bytes => 0;

    /// <summary>Writes what panes have beside themselves.</summary>
    void Save(StateWriter state)
    {
    }

    /// <summary>Reads it back.</summary>
    void Load(StateReader state)
    {
    }

    /// <summary>Gives memory back.</summary>
    void Dispose()
    {
    }
}
