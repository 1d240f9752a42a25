using System.Collections.Concurrent;

namespace Laminar.Functions;

/// <summary>What was made of arguments that aren't constant: at most <see cref="Max"/> are kept, and at the limit all are forgotten.</summary>
/// <param name="make">Makes one; what it throws is the caller's, and nothing is kept.</param>
internal sealed class PreparedCache<TKey, TValue>(Func<TKey, TValue> make)
    where TKey : notnull
{
    private const int Max = 256;

    private readonly ConcurrentDictionary<TKey, TValue> _known = new();

    public TValue Get(TKey key)
    {
        if (_known.TryGetValue(key, out TValue? known))
        {
            return known;
        }

        if (_known.Count >= Max)
        {
            _known.Clear();
        }

        return _known.GetOrAdd(key, make);
    }
}
