using Laminar.State;

namespace Laminar.Interpreter.State;

/// <summary>What aggregates are by definition, over at least one row.</summary>
internal static class Definitions
{
    /// <summary>Of integers of any type.</summary>
    public static object Bits(IReadOnlyList<GroupRow> rows, Func<ulong, ulong, ulong> combine)
    {
        object first = rows[0].Values[0]!;
        ulong bits = rows.Select(r => Word(r.Values[0]!)).Aggregate(combine);
        return unchecked(first switch
        {
            sbyte => (object)(sbyte)bits,
            short => (short)bits,
            int => (int)bits,
            long => (long)bits,
            byte => (byte)bits,
            ushort => (ushort)bits,
            uint => (uint)bits,
            _ => bits,
        });
    }

    public static bool Truth(GroupRow row) => (bool)row.Values[0]!;

    /// <summary>In the order in which rows came, which the last digits depend on.</summary>
    public static Moments Moments(IReadOnlyList<GroupRow> rows)
    {
        Moments moments = default;
        foreach (GroupRow row in rows)
        {
            moments.Add((double)row.Values[0]!);
        }

        return moments;
    }

    /// <inheritdoc cref="Moments"/>
    public static PairMoments Pairs(IReadOnlyList<GroupRow> rows)
    {
        PairMoments moments = default;
        foreach (GroupRow row in rows)
        {
            moments.Add((double)row.Values[0]!, (double)row.Values[1]!);
        }

        return moments;
    }

    private static ulong Word(object value) => unchecked(value switch
    {
        sbyte v => (ulong)v,
        short v => (ulong)v,
        int v => (ulong)v,
        long v => (ulong)v,
        byte v => v,
        ushort v => v,
        uint v => v,
        _ => (ulong)value,
    });
}
