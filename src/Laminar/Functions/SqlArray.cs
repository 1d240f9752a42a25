using System.Text;

namespace Laminar.Functions;

/// <summary>Arrays, held as objects, null for NULL. Nobody writes into one: what changes an array makes another.</summary>
public static class SqlArray
{
    public static int Length(object?[] array) => array.Length;

    /// <summary>The element at a place from 1; null beyond.</summary>
    public static object? Get(object?[] array, long place) => place >= 1 && place <= array.Length ? array[place - 1] : null;

    /// <summary>As many places, from 1; none of a number below that.</summary>
    public static object?[] Places(long count)
    {
        var places = new object?[Math.Max(0, count)];
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = i + 1L;
        }

        return places;
    }

    public static bool Contains(object?[] array, object value) => Place(array, value) > 0;

    /// <summary>The first place of a value, from 1; null where it isn't. NULL is found too.</summary>
    public static int? Position(object?[]? array, object? value) => array is null || Place(array, value) is not (> 0 and int place) ? null : place;

    /// <summary>With one element more; of no array an array of that element, as in PostgreSQL.</summary>
    public static object?[] Append(object?[]? array, object? value) => [.. array ?? [], value];

    /// <inheritdoc cref="Append"/>
    public static object?[] Prepend(object? value, object?[]? array) => [value, .. array ?? []];

    /// <summary>One behind the other; null counts as empty, and two nulls are null.</summary>
    public static object?[]? Concat(object?[]? a, object?[]? b) => a is null ? b : b is null ? a : [.. a, .. b];

    /// <summary>Each value once, where it first stood; NULL is a value.</summary>
    public static object?[] Distinct(object?[] array)
    {
        var seen = new HashSet<object>(NestedValues.Equality);
        bool nullSeen = false;
        var kept = new List<object?>(array.Length);
        foreach (object? item in array)
        {
            bool isNew = item is null ? !nullSeen : seen.Add(item);
            nullSeen |= item is null;
            if (isNew)
            {
                kept.Add(item);
            }
        }

        return [.. kept];
    }

    /// <summary>The texts with another between them; NULLs are left out.</summary>
    /// <exception cref="LaminarException">The result is too long.</exception>
    public static string Join(object?[] texts, string between) => Joined(texts.Where(t => t is not null), between);

    /// <summary>The texts with another between them, and one in the place of NULLs.</summary>
    /// <exception cref="LaminarException">The result is too long.</exception>
    public static string Join(object?[] texts, string between, string ofNull) => Joined(texts.Select(t => t ?? ofNull), between);

    /// <summary>From one place to another, both from 1 and included; below 0 from the end; what is beyond is left out.</summary>
    public static object?[] Slice(object?[] array, long from, long to)
    {
        long start = Math.Max(1, from < 0 ? array.Length + 1 + from : from);
        long end = Math.Min(array.Length, to < 0 ? array.Length + 1 + to : to);
        return start > end ? [] : array[(int)(start - 1)..(int)end];
    }

    /// <summary>Ascending, NULLs last.</summary>
    public static object?[] Sort(object?[] array) => Sort(array, false, false);

    /// <summary>NULLs where they are above all values.</summary>
    public static object?[] Sort(object?[] array, bool descending) => Sort(array, descending, descending);

    public static object?[] Sort(object?[] array, bool descending, bool nullsFirst)
    {
        object?[] values = [.. array.Where(v => v is not null).OrderBy(v => v, Comparer<object?>.Create((a, b) => descending ? NestedValues.Compare(b, a) : NestedValues.Compare(a, b)))];
        var nulls = new object?[array.Length - values.Length];
        return nullsFirst ? [.. nulls, .. values] : [.. values, .. nulls];
    }

    /// <summary>The least value; null where there is none.</summary>
    public static object? Min(object?[] array) => Extreme(array, -1);

    /// <summary>The greatest value; null where there is none.</summary>
    public static object? Max(object?[] array) => Extreme(array, 1);

    private static int Place(object?[] array, object? value)
    {
        for (int i = 0; i < array.Length; i++)
        {
            if (NestedValues.AreEqual(array[i], value))
            {
                return i + 1;
            }
        }

        return 0;
    }

    private static object? Extreme(object?[] array, int sign)
    {
        object? best = null;
        foreach (object? item in array)
        {
            if (item is not null && (best is null || NestedValues.Compare(item, best) * sign > 0))
            {
                best = item;
            }
        }

        return best;
    }

    private static string Joined(IEnumerable<object?> texts, string between)
    {
        var joined = new StringBuilder();
        bool isFirst = true;
        foreach (string text in texts.Cast<string>())
        {
            _ = isFirst ? joined : joined.Append(between);
            isFirst = false;
            if (joined.Append(text).Length > SqlText.MaxLength)
            {
                throw new LaminarException($"The text is longer than {SqlText.MaxLength} characters.");
            }
        }

        return joined.ToString();
    }
}
