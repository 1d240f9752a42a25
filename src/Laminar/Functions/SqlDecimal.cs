namespace Laminar.Functions;

/// <summary>DECIMAL where C#'s own operators round silently: results that would be inexact raise <see cref="OverflowException"/>.</summary>
public static class SqlDecimal
{
    /// <summary>a + b, for operands without declared digits.</summary>
    /// <exception cref="OverflowException">The result doesn't fit 28 digits exactly.</exception>
    public static decimal Add(decimal a, decimal b)
    {
        decimal sum = a + b;
        return sum.Scale >= Math.Max(a.Scale, b.Scale) || sum - b == a ? sum : throw Inexact("sum");
    }

    /// <summary>a - b, for operands without declared digits.</summary>
    /// <exception cref="OverflowException">The result doesn't fit 28 digits exactly.</exception>
    public static decimal Subtract(decimal a, decimal b)
    {
        decimal difference = a - b;
        return difference.Scale >= Math.Max(a.Scale, b.Scale) || difference + b == a ? difference : throw Inexact("difference");
    }

    /// <summary>a * b, for operands without declared digits.</summary>
    /// <exception cref="OverflowException">The result doesn't fit 28 digits exactly.</exception>
    public static decimal Multiply(decimal a, decimal b)
    {
        decimal product = a * b;
        if (product.Scale == a.Scale + b.Scale)
        {
            return product;
        }

        // C# cut digits; when they were zeros nothing is lost: then the factors without their trailing zeros fit.
        decimal x = Trim(a), y = Trim(b);
        product = x * y;
        return product.Scale == x.Scale + y.Scale ? product : throw Inexact("product");
    }

    /// <summary>
    /// The exact quotient, rounded once, half away from zero, to <paramref name="scale"/> digits behind the point. (C#'s <c>/</c> rounds to 28 digits by
    /// itself; rounding that again can be a unit off.) An exact quotient keeps no zeros beyond the scale of a.
    /// </summary>
    /// <exception cref="DivideByZeroException">b is 0.</exception>
    /// <exception cref="OverflowException">The result doesn't fit 28 digits.</exception>
    public static decimal Divide(decimal a, decimal b, int scale)
    {
        UInt128 x = DecimalDigits.Units(a, out int xScale, out bool xNegative);
        UInt128 y = DecimalDigits.Units(b, out int yScale, out bool yNegative);
        if (y == 0)
        {
            throw new DivideByZeroException();
        }

        // How many powers of ten x / y lacks to be in units of the result.
        int missing = scale + yScale - xScale;
        if (missing < 0)
        {
            UInt128 factor = DecimalDigits.Powers[-missing];
            if (y > UInt128.MaxValue / factor)
            {
                // A divisor of 128 bits, a dividend of 96: far below half a unit.
                return DecimalDigits.Make(0, scale, false);
            }

            y *= factor;
            missing = 0;
        }

        // Long division, nine digits at a time: a rest is below 2^96, and nine digits more are below 2^126.
        (UInt128 units, UInt128 rest) = UInt128.DivRem(x, y);
        while (missing > 0 && rest != 0 && units < DecimalDigits.Powers[DecimalDigits.Most])
        {
            int digits = Math.Min(missing, 9);
            (UInt128 next, rest) = UInt128.DivRem(rest * DecimalDigits.Powers[digits], y);
            units = (units * DecimalDigits.Powers[digits]) + next;
            missing -= digits;
        }

        units += RoundsUp(rest, y, missing) ? 1u : 0u;
        return Shortest(units, scale - missing, rest == 0 ? Math.Max(0, xScale - yScale) : scale, xNegative != yNegative);
    }

    /// <summary>The remainder, with the sign of a.</summary>
    /// <exception cref="DivideByZeroException">b is 0.</exception>
    public static decimal Modulo(decimal a, decimal b) => a % b;

    public static decimal Abs(decimal value) => Math.Abs(value);

    public static decimal Ceil(decimal value) => decimal.Ceiling(value);

    public static decimal Floor(decimal value) => decimal.Floor(value);

    /// <summary>Half away from zero; a negative number of digits rounds before the point.</summary>
    /// <exception cref="OverflowException">The result is above every DECIMAL.</exception>
    public static decimal Round(decimal value, int digits)
    {
        if (digits >= 0)
        {
            return Math.Round(value, Math.Min(digits, 28), MidpointRounding.AwayFromZero);
        }

        decimal unit = PowerOfTen(-digits);

        // What is behind the point can't matter, and without it the quotient is exact.
        return unit == 0 ? 0 : Math.Round(decimal.Truncate(value) / unit, MidpointRounding.AwayFromZero) * unit;
    }

    /// <summary>Towards zero; a negative number of digits cuts before the point.</summary>
    public static decimal Trunc(decimal value, int digits)
    {
        if (digits < 0)
        {
            decimal unit = PowerOfTen(-digits);
            return unit == 0 ? 0 : decimal.Truncate(decimal.Truncate(value) / unit) * unit;
        }

        return digits >= value.Scale ? value : Math.Round(value, digits, MidpointRounding.ToZero);
    }

    // 10^n, or 0 when it is above every DECIMAL.
    private static decimal PowerOfTen(int n)
    {
        if (n > 28)
        {
            return 0;
        }

        decimal power = 1;
        for (int i = 0; i < n; i++)
        {
            power *= 10;
        }

        return power;
    }

    /// <summary>
    /// Whether what follows the units already found, rounded to <paramref name="missing"/> digits more, is one unit and not zero. Digits are missing only
    /// when all 28 are taken: then it must be one of both.
    /// </summary>
    private static bool RoundsUp(UInt128 rest, UInt128 divisor, int missing)
    {
        if (missing == 0 || rest == 0)
        {
            return rest >= divisor - rest;
        }

        // rest / divisor is below half of 10^-missing, or above 1 less that much. A divisor is below 2^96, so below 10^29.
        UInt128 power = missing <= DecimalDigits.Most ? DecimalDigits.Powers[missing] : UInt128.MaxValue;
        if (rest * 2 <= (divisor - 1) / power)
        {
            return false;
        }

        return (divisor - rest) * 2 <= divisor / power ? true : throw TooWide();
    }

    /// <summary>Units at a scale, maybe negative, without zeros at the end beyond <paramref name="shown"/> digits behind the point, or beyond 28 in all.</summary>
    private static decimal Shortest(UInt128 units, int scale, int shown, bool isNegative)
    {
        if (scale < 0)
        {
            if (units >= DecimalDigits.Powers[DecimalDigits.Most + scale])
            {
                throw TooWide();
            }

            units *= DecimalDigits.Powers[-scale];
            scale = 0;
        }

        while (scale > 0 && (scale > shown || units >= DecimalDigits.Powers[DecimalDigits.Most]) && units % 10 == 0)
        {
            units /= 10;
            scale--;
        }

        return units < DecimalDigits.Powers[DecimalDigits.Most] ? DecimalDigits.Make(units, scale, isNegative) : throw TooWide();
    }

    private static OverflowException TooWide() => new("The quotient needs more than 28 digits; CAST an operand to fewer digits.");

    private static decimal Trim(decimal value) => value / 1.0000000000000000000000000000m;

    private static OverflowException Inexact(string what) => new($"The {what} needs more than 28 digits; CAST an operand to fewer digits.");
}
