using System;

namespace Laminar.Sql.Types;

/// <summary>Ranges, digits and common types of numbers.</summary>
internal static class NumericTypes
{
    /// <summary>The most digits a value of an integer type has.</summary>
    public static int Digits(SqlTypeKind kind) => kind switch
    {
        SqlTypeKind.TinyInt or SqlTypeKind.UTinyInt => 3,
        SqlTypeKind.SmallInt or SqlTypeKind.USmallInt => 5,
        SqlTypeKind.Int or SqlTypeKind.UInt => 10,
        SqlTypeKind.BigInt => 19,
        _ => 20,
    };

    /// <summary>The least value of an integer type.</summary>
    public static decimal Min(SqlTypeKind kind) => kind switch
    {
        SqlTypeKind.TinyInt => sbyte.MinValue,
        SqlTypeKind.SmallInt => short.MinValue,
        SqlTypeKind.Int => int.MinValue,
        SqlTypeKind.BigInt => long.MinValue,
        _ => 0,
    };

    /// <summary>The greatest value of an integer type.</summary>
    public static decimal Max(SqlTypeKind kind) => kind switch
    {
        SqlTypeKind.TinyInt => sbyte.MaxValue,
        SqlTypeKind.SmallInt => short.MaxValue,
        SqlTypeKind.Int => int.MaxValue,
        SqlTypeKind.BigInt => long.MaxValue,
        SqlTypeKind.UTinyInt => byte.MaxValue,
        SqlTypeKind.USmallInt => ushort.MaxValue,
        SqlTypeKind.UInt => uint.MaxValue,
        _ => ulong.MaxValue,
    };

    /// <summary>An integer of the CLR type that belongs to <paramref name="kind"/>; the value must fit.</summary>
    public static object Box(decimal value, SqlTypeKind kind) => kind switch
    {
        SqlTypeKind.TinyInt => (sbyte)value,
        SqlTypeKind.SmallInt => (short)value,
        SqlTypeKind.Int => (int)value,
        SqlTypeKind.BigInt => (long)value,
        SqlTypeKind.UTinyInt => (byte)value,
        SqlTypeKind.USmallInt => (ushort)value,
        SqlTypeKind.UInt => (uint)value,
        _ => (ulong)value,
    };

    /// <summary>
    /// The smallest type that holds both. Signed with unsigned: the next wider signed type, and DECIMAL(20,0) for BIGINT UNSIGNED. REAL with any
    /// other number is DOUBLE, as in PostgreSQL. A DECIMAL may come out wider than 28 digits: the caller decides whether that is an error.
    /// </summary>
    public static SqlType Common(SqlType a, SqlType b)
    {
        if (a == b)
        {
            return a;
        }

        if (a.IsFloat || b.IsFloat)
        {
            return SqlType.Double;
        }

        if (a.Kind == SqlTypeKind.Decimal || b.Kind == SqlTypeKind.Decimal)
        {
            (SqlType x, SqlType y) = (AsDecimal(a), AsDecimal(b));
            int scale = Math.Max(x.Scale, y.Scale);
            if (x.Open || y.Open)
            {
                return OpenDecimal(scale);
            }

            return new SqlType(SqlTypeKind.Decimal, Math.Max(x.Precision - x.Scale, y.Precision - y.Scale) + scale, scale);
        }

        if (a.IsUnsigned == b.IsUnsigned)
        {
            return a.Kind > b.Kind ? a : b;
        }

        (SqlType signed, SqlType unsigned) = a.IsUnsigned ? (b, a) : (a, b);
        SqlType wide = unsigned.Kind switch
        {
            SqlTypeKind.UTinyInt => SqlType.SmallInt,
            SqlTypeKind.USmallInt => SqlType.Int,
            SqlTypeKind.UInt => SqlType.BigInt,
            _ => SqlType.Decimal(20, 0),
        };
        return wide.Kind == SqlTypeKind.Decimal || wide.Kind > signed.Kind ? wide : signed;
    }

    /// <summary>A DECIMAL without declared digits.</summary>
    public static SqlType OpenDecimal(int scale) => new(SqlTypeKind.Decimal, 28, Math.Min(28, Math.Max(ClrTypes.ClrDecimal.Scale, scale))) { Open = true };

    /// <summary>An integer type as the DECIMAL that holds it; a DECIMAL as it is.</summary>
    public static SqlType AsDecimal(SqlType type) => type.Kind == SqlTypeKind.Decimal ? type : SqlType.Decimal(Digits(type.Kind), 0);

    /// <summary>Whether every value of one number type is one of the other (integers count as DOUBLEs, as in every SQL).</summary>
    public static bool Widens(SqlType from, SqlType to)
    {
        if (from == to)
        {
            return true;
        }

        if (from.IsInteger && to.IsInteger)
        {
            return Min(from.Kind) >= Min(to.Kind) && Max(from.Kind) <= Max(to.Kind);
        }

        if (to.Kind == SqlTypeKind.Decimal && !from.IsFloat)
        {
            SqlType exact = AsDecimal(from);
            return to.Open || (exact.Scale <= to.Scale && exact.Precision - exact.Scale <= to.Precision - to.Scale);
        }

        return to.Kind == SqlTypeKind.Double || (to.Kind == SqlTypeKind.Real && from.IsInteger && Digits(from.Kind) <= 5);
    }
}
