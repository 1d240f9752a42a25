using System.ComponentModel;

namespace Laminar.State;

/// <summary>Results that are the values of a set, which come sorted upwards and may be put into another order.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DistinctLists
{
    /// <summary>ARRAY_AGG(DISTINCT x).</summary>
    /// <param name="values">None of them NULL.</param>
    /// <param name="descending">The greatest first.</param>
    /// <param name="hasNull">There were NULLs, which count as one value.</param>
    /// <param name="nullsFirst">Where it stands.</param>
    public static object?[] Of(object?[] values, bool descending, bool hasNull, bool nullsFirst)
    {
        if (descending)
        {
            Array.Reverse(values);
        }

        return !hasNull ? values : nullsFirst ? [null, .. values] : [.. values, null];
    }

    /// <summary>TOPK(DISTINCT x, k): the greatest first.</summary>
    public static object?[] Greatest(object?[] values, int count)
    {
        Array.Reverse(values);
        return values.Length <= count ? values : values[..count];
    }
}
