namespace Laminar.Functions;

/// <content>Angles are in radians. What has no real result is an error, as in PostgreSQL.</content>
public static partial class SqlMath
{
    private static readonly double RadiansPerDegree = Math.PI / 180;

    public static double Degrees(double radians) => radians / RadiansPerDegree;

    public static double Radians(double degrees) => degrees * RadiansPerDegree;

    /// <exception cref="LaminarException">The value is infinite.</exception>
    public static double Sin(double value) => Math.Sin(Finite(value, "SIN"));

    /// <inheritdoc cref="Sin"/>
    public static double Cos(double value) => Math.Cos(Finite(value, "COS"));

    /// <inheritdoc cref="Sin"/>
    public static double Tan(double value) => Math.Tan(Finite(value, "TAN"));

    /// <exception cref="LaminarException">The value isn't between -1 and 1.</exception>
    public static double Asin(double value) => Math.Asin(Cosine(value, "ASIN"));

    /// <inheritdoc cref="Asin"/>
    public static double Acos(double value) => Math.Acos(Cosine(value, "ACOS"));

    public static double Atan(double value) => Math.Atan(value);

    /// <summary>The angle of the point (x, y).</summary>
    public static double Atan2(double y, double x) => Math.Atan2(y, x);

    public static double Sinh(double value) => Math.Sinh(value);

    public static double Cosh(double value) => Math.Cosh(value);

    public static double Tanh(double value) => Math.Tanh(value);

    private static double Finite(double value, string function) => double.IsInfinity(value) ? throw new LaminarException($"{function} of an infinite number.") : value;

    private static double Cosine(double value, string function) => Math.Abs(value) > 1 ? throw new LaminarException($"{function} takes a number from -1 to 1.") : value;
}
