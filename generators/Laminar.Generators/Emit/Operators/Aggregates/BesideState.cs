using System.Collections.Generic;
using System.Linq;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>A field of the operator that keeps what a state has beside its panes.</summary>
/// <param name="Type">Saves itself to a StateWriter, loads itself from a StateReader, and says how many bytes it holds.</param>
/// <param name="Name">Of the field.</param>
internal sealed record BesideStore(string Type, string Name)
{
    /// <summary>Must be disposed of.</summary>
    public bool IsUnmanaged { get; init; }

    /// <summary>Holds nothing between rows: it is neither saved nor counted.</summary>
    public bool IsRoom { get; init; }
}

/// <summary>A state that may have stores of its own beside the panes, which must be made, saved and emptied.</summary>
internal abstract class BesideState(string key, string name) : AggregateState(key, name)
{
    public override bool IsKeptBeside => Stores.Any();

    /// <summary>Fields of the operator.</summary>
    public abstract IEnumerable<BesideStore> Stores { get; }

    /// <summary>Members of the operator that results are read off with.</summary>
    public virtual void WriteMembers(CodeWriter writer)
    {
    }

    /// <summary>Gives back what a pane holds there.</summary>
    public abstract void WriteFree(CodeWriter writer, string pane);
}
