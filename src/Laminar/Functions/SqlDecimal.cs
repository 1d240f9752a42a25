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

    /// <summary>a / b rounded half away from zero to <paramref name="scale"/> digits.</summary>
    /// <exception cref="DivideByZeroException">b is 0.</exception>
    public static decimal Divide(decimal a, decimal b, int scale) => Math.Round(a / b, scale, MidpointRounding.AwayFromZero);

    /// <summary>The remainder, with the sign of a.</summary>
    /// <exception cref="DivideByZeroException">b is 0.</exception>
    public static decimal Modulo(decimal a, decimal b) => a % b;

    public static decimal Abs(decimal value) => Math.Abs(value);

    public static decimal Ceil(decimal value) => decimal.Ceiling(value);

    public static decimal Floor(decimal value) => decimal.Floor(value);

    /// <summary>Half away from zero; a negative number of digits rounds before the point.</summary>
    public static decimal Round(decimal value, int digits)
    {
        if (digits >= 0)
        {
            return Math.Round(value, Math.Min(digits, 28), MidpointRounding.AwayFromZero);
        }

        decimal unit = PowerOfTen(-digits);
        return unit == 0 ? 0 : Math.Round(value / unit, MidpointRounding.AwayFromZero) * unit;
    }

    /// <summary>Towards zero; a negative number of digits cuts before the point.</summary>
    public static decimal Trunc(decimal value, int digits)
    {
        if (digits < 0)
        {
            decimal unit = PowerOfTen(-digits);
            return unit == 0 ? 0 : decimal.Truncate(value / unit) * unit;
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

    private static decimal Trim(decimal value) => value / 1.0000000000000000000000000000m;

    private static OverflowException Inexact(string what) => new($"The {what} needs more than 28 digits; CAST an operand to fewer digits.");
}
