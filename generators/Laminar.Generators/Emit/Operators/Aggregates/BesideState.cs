using System.Collections.Generic;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>A state that has a store of its own beside the panes, which must be made, saved and emptied.</summary>
internal abstract class BesideState(string key, string name) : AggregateState(key, name)
{
    public override bool IsKeptBeside => true;

    /// <summary>Fields of the operator: type and name.</summary>
    public abstract IEnumerable<(string Type, string Name)> Stores { get; }

    /// <summary>Gives back what a pane holds there.</summary>
    public abstract void WriteFree(CodeWriter writer, string pane);
}
