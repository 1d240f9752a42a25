using System;

namespace Laminar.Sql.Types;

/// <summary>DECIMAL values at build time, as <c>SqlCast.ToDecimal</c> treats them at run time.</summary>
internal static class DecimalConstants
{
    /// <summary>Rounds half away from zero to the type's scale; false when the digits before the point don't fit.</summary>
    public static bool TryFit(decimal value, SqlType type, out decimal fitted)
    {
        fitted = Math.Round(value, type.Scale, MidpointRounding.AwayFromZero);
        decimal limit = 1m;
        for (int i = 0; i < type.Precision - type.Scale; i++)
        {
            limit *= 10m;
        }

        return type.Open || Math.Abs(fitted) < limit;
    }
}
