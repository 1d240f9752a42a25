using System.Runtime.InteropServices;

namespace Laminar.Execution;

/// <summary>The keys of a join that have rows, by their hashes: keys that hash alike share an entry, and are told apart row by row.</summary>
internal sealed class JoinKeys
{
    private readonly Dictionary<uint, int> _entries = [];
    private readonly List<uint> _hashes = [];
    private readonly Stack<int> _free = [];

    public int Find(uint hash) => _entries.TryGetValue(hash, out int entry) ? entry : -1;

    public int FindOrAdd(uint hash)
    {
        ref int entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, hash, out bool isKnown);
        if (!isKnown)
        {
            if (_free.TryPop(out entry))
            {
                _hashes[entry] = hash;
            }
            else
            {
                entry = _hashes.Count;
                _hashes.Add(hash);
            }
        }

        return entry;
    }

    /// <summary>Forgets an entry that no row is left of.</summary>
    public void Remove(int entry)
    {
        _entries.Remove(_hashes[entry]);
        _free.Push(entry);
    }
}
