using System.ComponentModel;

namespace Laminar.State;

/// <summary>What an aggregation keeps of its groups beside their entries.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IGroupStore
{
    /// <summary>Bytes held.</summary>
    long Bytes { get; }

    /// <summary>Writes what it holds.</summary>
    void Save(StateWriter state);

    /// <summary>Reads it back, into a fresh store.</summary>
    void Load(StateReader state);
}
