namespace Laminar.Functions;

/// <summary>
/// Values of which only SQL knows the type: elements of arrays, keys of maps, fields of rows. They are equal and ordered as everywhere in SQL; NULLs inside
/// them are equal and above all, as in PostgreSQL's order of arrays and rows.
/// </summary>
public static class NestedValues
{
    /// <summary>Equality as that of groups.</summary>
    public static IEqualityComparer<object> Equality { get; } = new Comparer();

    /// <summary>NULLs are equal.</summary>
    public static bool AreEqual(object? a, object? b) => (a, b) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (object?[] x, object?[] y) => x.Length == y.Length && x.Zip(y).All(p => AreEqual(p.First, p.Second)),
        (SqlMap x, SqlMap y) => x.Keys.Length == y.Keys.Length && x.Keys.Select((key, i) => y.Has(key) && AreEqual(x.Values[i], y.Find(key))).All(same => same),
        (SqlMap, _) => false,
        (byte[] x, byte[] y) => SqlCompare.AreEqual(x, y),
        _ => a.Equals(b),
    };

    /// <summary>Below 0, 0 or above; a prefix is below.</summary>
    /// <exception cref="LaminarException">Values of that type have no order.</exception>
    public static int Compare(object? a, object? b)
    {
        switch (a, b)
        {
            case (null, null):
                return 0;
            case (null, _):
                return 1;
            case (_, null):
                return -1;
            case (object?[] x, object?[] y):
                for (int i = 0; i < x.Length && i < y.Length; i++)
                {
                    if (Compare(x[i], y[i]) is not 0 and int order)
                    {
                        return order;
                    }
                }

                return x.Length.CompareTo(y.Length);
            case (string x, string y):
                return SqlCompare.Compare(x, y);
            case (double x, double y):
                return SqlCompare.Compare(x, y);
            case (float x, float y):
                return SqlCompare.Compare(x, y);
            case (byte[] x, byte[] y):
                return SqlCompare.Compare(x, y);
            case (SqlMap x, SqlMap y):
                // An order for lists of different maps; SQL has none.
                return string.CompareOrdinal(NestedText.Key(x), NestedText.Key(y));
            case (IComparable x, _):
                return x.CompareTo(b);
            default:
                throw new LaminarException("Values of that type have no order.");
        }
    }

    /// <summary>Of equal values equal.</summary>
    public static int Hash(object? value)
    {
        var hash = default(HashCode);
        switch (value)
        {
            case null:
                break;
            case object?[] items:
                foreach (object? item in items)
                {
                    hash.Add(Hash(item));
                }

                break;
            case SqlMap map:
                // In whatever order the keys are.
                return map.Keys.Select((key, i) => HashCode.Combine(Hash(key), Hash(map.Values[i]))).Aggregate(map.Keys.Length, (sum, next) => unchecked(sum + next));
            case byte[] bytes:
                hash.AddBytes(bytes);
                break;
            default:
                return value.GetHashCode();
        }

        return hash.ToHashCode();
    }

    private sealed class Comparer : IEqualityComparer<object>
    {
        public new bool Equals(object? a, object? b) => AreEqual(a, b);

        public int GetHashCode(object value) => Hash(value);
    }
}
