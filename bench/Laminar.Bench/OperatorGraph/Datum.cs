using System.Runtime.CompilerServices;

namespace Laminar.Bench.OperatorGraph;

/// <summary>
/// One value of any type, without boxing where it fits 64 bits: integers, times (ticks), booleans and floating point in the number, text and DECIMAL in the
/// reference. The type isn't in it: the plan knows it.
/// </summary>
public readonly struct Datum : IEquatable<Datum>
{
    private static readonly object NullMark = new();

    private readonly object? _reference;
    private readonly long _number;

    private Datum(object? reference, long number)
    {
        _reference = reference;
        _number = number;
    }

    public static Datum Null => new(NullMark, 0);

    public bool IsNull => ReferenceEquals(_reference, NullMark);

    public long Number => _number;

    public double Float => BitConverter.Int64BitsToDouble(_number);

    public bool Truth => _number != 0;

    public string Text => Unsafe.As<string>(_reference)!;

    /// <summary>Boxed: a DECIMAL has 128 bits.</summary>
    public decimal Decimal => (decimal)_reference!;

    /// <summary>Text, a boxed DECIMAL, or what a call has prepared.</summary>
    public object Object => _reference!;

    public static Datum Of(long value) => new(null, value);

    /// <summary>-0.0 and 0.0 are one value.</summary>
    public static Datum Of(double value) => new(null, BitConverter.DoubleToInt64Bits(value + 0.0));

    public static Datum Of(bool value) => new(null, value ? 1 : 0);

    public static Datum Of(decimal value) => new(value, 0);

    /// <summary>Text, or what a call has prepared.</summary>
    public static Datum OfObject(object? value) => value is null ? Null : new Datum(value, 0);

    public bool Equals(Datum other) => _number == other._number && (ReferenceEquals(_reference, other._reference) || (_reference?.Equals(other._reference) ?? false));

    public override bool Equals(object? obj) => obj is Datum other && Equals(other);

    // Fibonacci hashing: numbers that follow each other don't share a bucket of a power of two.
    public override int GetHashCode() => _reference is null ? (int)((ulong)_number * 0x9E3779B97F4A7C15UL >> 32) : _reference.GetHashCode();
}

/// <summary>The values that rows of one group have in common.</summary>
/// <param name="Values">In the order of the keys; not written to while it is a key.</param>
public readonly record struct DatumKey(Datum[] Values)
{
    public bool Equals(DatumKey other) => Values.AsSpan().SequenceEqual(other.Values);

    public override int GetHashCode()
    {
        int hash = 0;
        foreach (ref readonly Datum value in Values.AsSpan())
        {
            hash = (hash * 31) + value.GetHashCode();
        }

        return hash;
    }

    /// <summary>A key that stays: looking up is done with one that is filled anew for each row.</summary>
    public DatumKey Kept() => new((Datum[])Values.Clone());
}
