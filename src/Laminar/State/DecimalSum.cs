using System.ComponentModel;
using Laminar.Functions;

namespace Laminar.State;

/// <summary>
/// The exact sum of DECIMALs: an integer of 256 bits, in units of the last digit of the finest value seen. Adding never fails and never
/// rounds: 2^63 values of 96 bits, in units of 10^-28, take 253 bits. Whether the result fits 28 digits is asked at output. Unmanaged.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct DecimalSum
{
    private const int Digits = DecimalDigits.Most;

    private static readonly UInt128[] Powers = DecimalDigits.Powers;

    // Two's complement, the lowest word first.
    private ulong _word0;
    private ulong _word1;
    private ulong _word2;
    private ulong _word3;

    /// <summary>Digits behind the point of one unit.</summary>
    private int _scale;

    /// <summary>Adds a value.</summary>
    public void Add(decimal value)
    {
        UInt128 units = DecimalDigits.Units(value, out int scale, out bool isNegative);
        ulong low = (ulong)units;
        ulong high = (ulong)(units >> 64);
        ulong top = 0;
        if (scale > _scale)
        {
            Refine(scale);
        }
        else if (scale < _scale)
        {
            // 96 bits by at most 94.
            UInt128 factor = Powers[_scale - scale];
            ulong factorLow = (ulong)factor;
            ulong factorHigh = (ulong)(factor >> 64);
            UInt128 first = (UInt128)low * factorLow;
            UInt128 middle = ((UInt128)low * factorHigh) + ((UInt128)high * factorLow) + (first >> 64);
            top = (ulong)(middle >> 64) + (high * factorHigh);
            low = (ulong)first;
            high = (ulong)middle;
        }

        if (isNegative)
        {
            Subtract(low, high, top);
        }
        else
        {
            Add(low, high, top, 0);
        }
    }

    /// <summary>Adds another sum.</summary>
    public void Merge(in DecimalSum other)
    {
        DecimalSum added = other;
        added.Refine(_scale);
        Refine(added._scale);
        Add(added._word0, added._word1, added._word2, added._word3);
    }

    /// <summary>The sum.</summary>
    /// <param name="whole">Digits that its type has before the point.</param>
    /// <exception cref="OverflowException">It needs more digits than that, or more than 28 in all.</exception>
    public readonly decimal Value(int whole)
    {
        DecimalSum size = Size();
        return size.ToDecimal(IsNegative, whole, _scale);
    }

    /// <summary>The sum divided by the number of values, rounded half away from zero.</summary>
    /// <param name="count">Not 0.</param>
    /// <param name="whole">Digits that its type has before the point.</param>
    /// <param name="scale">Digits behind the point to round to.</param>
    /// <exception cref="OverflowException">It needs more digits than that, or more than 28 in all.</exception>
    public readonly decimal Average(long count, int whole, int scale)
    {
        DecimalSum size = Size();
        bool isHalf = false;
        if (scale >= _scale)
        {
            size.Refine(scale);
        }
        else
        {
            // Powers up to 10^28 as two divisors of at most 64 bits.
            int excess = _scale - scale;
            size.Divide((ulong)Powers[Math.Min(excess, 14)], ref isHalf);
            size.Divide((ulong)Powers[excess - Math.Min(excess, 14)], ref isHalf);
            size._scale = scale;
        }

        size.Divide((ulong)count, ref isHalf);
        if (isHalf)
        {
            size.Add(1, 0, 0, 0);
        }

        return size.ToDecimal(IsNegative, whole, Math.Min(_scale, scale));
    }

    private readonly bool IsNegative => (long)_word3 < 0;

    private void Add(ulong word0, ulong word1, ulong word2, ulong word3)
    {
        UInt128 sum = (UInt128)_word0 + word0;
        _word0 = (ulong)sum;
        sum = (sum >> 64) + _word1 + word1;
        _word1 = (ulong)sum;
        sum = (sum >> 64) + _word2 + word2;
        _word2 = (ulong)sum;
        _word3 = unchecked(_word3 + word3 + (ulong)(sum >> 64));
    }

    private void Subtract(ulong word0, ulong word1, ulong word2)
    {
        // a - b = ~(~a + b)
        Invert();
        Add(word0, word1, word2, 0);
        Invert();
    }

    private void Invert() => (_word0, _word1, _word2, _word3) = (~_word0, ~_word1, ~_word2, ~_word3);

    private readonly DecimalSum Size()
    {
        DecimalSum size = this;
        if (IsNegative)
        {
            size.Invert();
            size.Add(1, 0, 0, 0);
        }

        return size;
    }

    /// <summary>Makes the unit smaller; a scale below the present one changes nothing.</summary>
    private void Refine(int scale)
    {
        while (_scale < scale)
        {
            int step = Math.Min(scale - _scale, 14);
            Multiply((ulong)Powers[step]);
            _scale += step;
        }
    }

    /// <summary>By a small positive number; the same words serve both signs, in two's complement.</summary>
    private void Multiply(ulong factor)
    {
        UInt128 product = (UInt128)_word0 * factor;
        _word0 = (ulong)product;
        product = ((UInt128)_word1 * factor) + (product >> 64);
        _word1 = (ulong)product;
        product = ((UInt128)_word2 * factor) + (product >> 64);
        _word2 = (ulong)product;
        _word3 = unchecked((_word3 * factor) + (ulong)(product >> 64));
    }

    /// <summary>
    /// Divides a size, cutting the rest off. <paramref name="isHalf"/>: whether what was cut off so far is at least half a unit; several
    /// divisions in a row keep it exact.
    /// </summary>
    private void Divide(ulong divisor, ref bool isHalf)
    {
        ulong rest = 0;
        _word3 = Step(_word3, divisor, ref rest);
        _word2 = Step(_word2, divisor, ref rest);
        _word1 = Step(_word1, divisor, ref rest);
        _word0 = Step(_word0, divisor, ref rest);
        ulong missing = divisor - rest;
        isHalf = rest >= missing || (rest + 1 == missing && isHalf);
    }

    private static ulong Step(ulong word, ulong divisor, ref ulong rest)
    {
        (UInt128 quotient, UInt128 left) = UInt128.DivRem(new UInt128(rest, word), divisor);
        rest = (ulong)left;
        return (ulong)quotient;
    }

    /// <summary>A size as DECIMAL, without zeros at the end beyond <paramref name="shown"/> digits behind the point.</summary>
    private readonly decimal ToDecimal(bool isNegative, int whole, int shown)
    {
        UInt128 units = new(_word1, _word0);
        int scale = _scale;
        if ((_word2 | _word3) != 0)
        {
            // More than 128 bits: only zeros at the end can make it fit.
            DecimalSum shorter = this;
            while ((shorter._word2 | shorter._word3) != 0 && scale > 0)
            {
                shorter.DropZero();
                scale--;
            }

            units = (shorter._word2 | shorter._word3) == 0 ? new(shorter._word1, shorter._word0) : throw TooWide();
        }

        while (scale > 0 && (scale > shown || units >= Powers[Digits]) && units % 10 == 0)
        {
            units /= 10;
            scale--;
        }

        if (units >= Powers[Math.Min(Digits, whole + scale)])
        {
            throw TooWide();
        }

        return DecimalDigits.Make(units, scale, isNegative);
    }

    private void DropZero()
    {
        bool isHalf = false;
        ulong before = _word0;
        Divide(10, ref isHalf);
        if (unchecked(_word0 * 10) != before)
        {
            throw TooWide();
        }
    }

    private static OverflowException TooWide() => new("A DECIMAL result needs more than 28 digits.");
}
