using System;
using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>What a row brings to the states of one input.</summary>
/// <param name="Values">Of its arguments; code without side effects.</param>
/// <param name="Time">The row's event time.</param>
/// <param name="Op">What stands before the members of the operator: nothing inside it.</param>
internal readonly record struct RowValues(IReadOnlyList<EmittedValue> Values, string Time, string Op = "")
{
    /// <summary>Of the first argument.</summary>
    public EmittedValue Value => Values[0];

    /// <summary>The partition that the row comes from.</summary>
    public string Partition => Op + "Partition";
}

/// <summary>
/// One piece of what is kept per group and pane. Aggregates share pieces: AVG(x) is the SUM(x) and COUNT(x) that may be asked for anyway.
/// All codes take the name of a pane variable; fields of unmanaged types lie in the pane, texts in cells beside it.
/// </summary>
internal abstract class AggregateState
{
    protected AggregateState(string key, string name)
    {
        Key = key;
        Name = name;
    }

    /// <summary>States with one key are one.</summary>
    public string Key { get; }

    /// <summary>The stem of the fields' names.</summary>
    public string Name { get; }

    /// <summary>Fields of the pane: C# type and name.</summary>
    public virtual IEnumerable<(string Type, string Name)> Fields => Array.Empty<(string, string)>();

    /// <summary>True when something of it lies outside the pane, so that partial results can't travel as plain rows.</summary>
    public virtual bool IsKeptBeside => false;

    /// <summary>Whether a row's event time matters beyond its pane.</summary>
    public virtual bool UsesTime => false;

    /// <summary>Whether a row can be taken out again.</summary>
    public virtual Retraction Retraction => Retraction.Never;

    /// <summary>Takes a row's values out, or returns false from the code around where it can't; see <see cref="Retraction"/>.</summary>
    public virtual void WriteRetract(CodeWriter writer, string pane, RowValues row) => throw new NotSupportedException($"{GetType().Name} takes no row out.");

    /// <summary>What a fresh pane needs besides zeros.</summary>
    public virtual void WriteInitial(CodeWriter writer, string pane)
    {
    }

    /// <summary>Adds a row's values, which are in scope already. Not called for rows that don't count.</summary>
    public abstract void WriteUpdate(CodeWriter writer, string pane, RowValues row);

    /// <summary>Adds another pane, which comes later in time or order.</summary>
    public abstract void WriteMerge(CodeWriter writer, string pane, string other);
}

/// <summary>Whether a row can be taken out of what is kept.</summary>
internal enum Retraction
{
    /// <summary>What is left has to be added up anew.</summary>
    Never,

    /// <summary>Unless it is the very row that what is kept goes by.</summary>
    Mostly,

    /// <summary>Always: nothing but itself is lost.</summary>
    Always,
}
