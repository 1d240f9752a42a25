using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>What a query says about groups of rows that change, as generated code: static where it can be, so that loops are specialised for it.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TPane">What the aggregates of a group keep; <see cref="NoPane"/> without aggregates.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IGroupChangeShape<TIn, TOut, TPane> : IPartitionShape<TIn>, IPaneShape<TIn, TPane>
    where TPane : unmanaged
{
    /// <summary>Whether rows have to be kept: what is made of them can't always be told without the one that goes.</summary>
    static virtual bool KeepsRows => false;

    /// <summary>Whether two rows are equal in all columns; asked where rows are kept.</summary>
    static virtual bool IsSameRow(in TIn a, in TIn b) => true;

    /// <summary>Equal for rows that are equal in all columns; asked where rows are kept.</summary>
    static virtual uint HashRow(in TIn row) => 0;

    /// <summary>Groups come to an end: with their window, or with the input.</summary>
    static virtual bool Ends => false;

    /// <summary>When the window of a row's group ends, in the unit of the event time; asked where groups end.</summary>
    static virtual long End(in TIn row) => long.MaxValue;

    /// <summary>Groups are told when they end, and until then not at all.</summary>
    static virtual bool IsToldAtEnd => false;

    /// <summary>How long behind its end a group takes rows, in the unit of the event time.</summary>
    static virtual long Lateness => 0;

    /// <summary>What lies between a window's end and its window_time.</summary>
    static virtual long Gap => 0;

    /// <summary>How many groups there are even of no rows, when the input ends: the grouping sets without keys.</summary>
    static virtual int EmptyGroups => 0;

    /// <summary>A row of one of those, which has its key and nothing else.</summary>
    static virtual TIn Empty(int number) => default!;

    /// <summary>Where windows lie; null: groups have none.</summary>
    WindowLine? Line => null;

    /// <summary>Takes a row out that was added.</summary>
    /// <returns>False: the aggregates must be made anew of the rows that are left.</returns>
    bool TryRetract(ref TPane pane, in TIn row) => true;

    /// <summary>The result of a group.</summary>
    /// <param name="some">One of its rows.</param>
    /// <param name="pane">The aggregates.</param>
    /// <param name="kind">What it does to the query's content.</param>
    TOut Make(in TIn some, ref TPane pane, RowKind kind);

    /// <summary>Whether two results are equal in all columns.</summary>
    static abstract bool IsSame(in TOut a, in TOut b);

    /// <summary>A row that does something else.</summary>
    static abstract TOut As(in TOut row, RowKind kind);
}
