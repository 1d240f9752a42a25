using Laminar.Execution;

namespace Laminar.Runtime.Flow;

/// <summary>Says which instance owns a row.</summary>
internal interface IRouter<TRow>
{
    /// <returns>The receiving instance's index.</returns>
    int Route(in TRow row);
}

/// <summary>Key hash to key group to instance; groups are spread in contiguous ranges.</summary>
internal sealed class KeyRouter<TRow, TOut> : IRouter<TRow>
{
    private readonly Stage<TRow, TOut> _stage;
    private readonly int[] _owners;

    /// <param name="stage">Knows the key.</param>
    /// <param name="keyGroups">Key groups, at least one.</param>
    /// <param name="instances">Receiving instances.</param>
    public KeyRouter(Stage<TRow, TOut> stage, int keyGroups, int instances)
    {
        _stage = stage;
        _owners = new int[keyGroups];
        for (int group = 0; group < keyGroups; group++)
        {
            _owners[group] = (int)((long)group * instances / keyGroups);
        }
    }

    public int Route(in TRow row) => _owners[_stage.KeyHash(in row) % (uint)_owners.Length];
}
