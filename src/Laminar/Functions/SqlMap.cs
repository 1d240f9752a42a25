namespace Laminar.Functions;

/// <summary>
/// A MAP: keys, each once and never NULL, in the order in which they came, and the value of each. Maps are equal that have the same keys and values,
/// in whatever order.
/// </summary>
public sealed class SqlMap
{
    private readonly Dictionary<object, int> _places;

    /// <param name="keys">Distinct.</param>
    /// <param name="values">As many.</param>
    private SqlMap(object[] keys, object?[] values, Dictionary<object, int> places)
    {
        Keys = keys;
        Values = values;
        _places = places;
    }

    /// <summary>The keys.</summary>
    public object[] Keys { get; }

    /// <summary>The values, null for NULL.</summary>
    public object?[] Values { get; }

    /// <summary>A map of pairs; of pairs with one key the last counts.</summary>
    /// <exception cref="LaminarException">A key is NULL.</exception>
    public static SqlMap Of(IEnumerable<(object? Key, object? Value)> pairs)
    {
        var places = new Dictionary<object, int>(NestedValues.Equality);
        var keys = new List<object>();
        var values = new List<object?>();
        foreach ((object? key, object? value) in pairs)
        {
            if (key is null)
            {
                throw new LaminarException("A key of a map is NULL.");
            }

            if (places.TryGetValue(key, out int place))
            {
                values[place] = value;
                continue;
            }

            places.Add(key, keys.Count);
            keys.Add(key);
            values.Add(value);
        }

        return new SqlMap([.. keys], [.. values], places);
    }

    /// <summary>The value of a key, or null.</summary>
    public object? Find(object key) => _places.TryGetValue(key, out int place) ? Values[place] : null;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => NestedValues.AreEqual(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => NestedValues.Hash(this);

    /// <summary>Whether there is a key.</summary>
    public bool Has(object key) => _places.ContainsKey(key);
}
