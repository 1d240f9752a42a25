using System.ComponentModel;
using Laminar.Functions;

namespace Laminar;

/// <summary>Arrays and dictionaries of row members, to and from the form in which expressions hold them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class NestedRows
{
    /// <summary>The elements of an array.</summary>
    /// <param name="items">The member.</param>
    /// <param name="box">An element in the form in which expressions hold it.</param>
    /// <exception cref="LaminarException">The member is null, which C# allows where it is declared not to be.</exception>
    public static object?[] Items<T>(T[]? items, Func<T, object?> box)
    {
        var boxed = new object?[(items ?? throw Missing()).Length];
        for (int i = 0; i < boxed.Length; i++)
        {
            boxed[i] = box(items[i]);
        }

        return boxed;
    }

    /// <summary>The keys and values of a dictionary.</summary>
    /// <inheritdoc cref="Items{T}"/>
    public static SqlMap Map<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>>? pairs, Func<TKey, object?> key, Func<TValue, object?> value) =>
        SqlMap.Of((pairs ?? throw Missing()).Select(p => (key(p.Key), value(p.Value))));

    /// <summary>A member of elements.</summary>
    public static T[] Array<T>(object?[] items, Func<object?, T> unbox)
    {
        var array = new T[items.Length];
        for (int i = 0; i < array.Length; i++)
        {
            array[i] = unbox(items[i]);
        }

        return array;
    }

    /// <summary>A member of keys and values.</summary>
    public static Dictionary<TKey, TValue> Dictionary<TKey, TValue>(SqlMap map, Func<object?, TKey> key, Func<object?, TValue> value)
        where TKey : notnull
    {
        var dictionary = new Dictionary<TKey, TValue>(map.Keys.Length);
        for (int i = 0; i < map.Keys.Length; i++)
        {
            dictionary[key(map.Keys[i])] = value(map.Values[i]);
        }

        return dictionary;
    }

    private static LaminarException Missing() => new("A nested member is null, though it is declared not to be.");
}
