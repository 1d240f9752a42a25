using Laminar.Sql.Types;
using Microsoft.CodeAnalysis;

namespace Laminar.Generators.Discovery;

/// <summary>Which SQL type a C# member has.</summary>
public static class ClrTypeMap
{
    /// <summary>
    /// DECIMAL without a stated precision. A C# decimal carries its own scale; this is what the schema (Arrow, Parquet) promises, and products of two
    /// still fit the 28 digits that a decimal holds.
    /// </summary>
    public static readonly SqlType DefaultDecimal = SqlType.Decimal(14, 6);

    /// <summary>The SQL type behind a C# type, or null when there is none (yet).</summary>
    /// <param name="type">The member's type, <c>T?</c> included.</param>
    /// <param name="nullable">True for <c>T?</c>, and for references where nullability isn't switched on.</param>
    public static SqlType? Map(ITypeSymbol type, out bool nullable)
    {
        nullable = false;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } wrapped)
        {
            SqlType? inner = Map(wrapped.TypeArguments[0], out _);
            nullable = true;
            return inner;
        }

        if (type.IsReferenceType)
        {
            nullable = type.NullableAnnotation != NullableAnnotation.NotAnnotated;
        }

        if (type is IArrayTypeSymbol { IsSZArray: true, ElementType.SpecialType: SpecialType.System_Byte })
        {
            return SqlType.Bytes;
        }

        return type.SpecialType switch
        {
            SpecialType.System_Boolean => SqlType.Boolean,
            SpecialType.System_SByte => SqlType.TinyInt,
            SpecialType.System_Int16 => SqlType.SmallInt,
            SpecialType.System_Int32 => SqlType.Int,
            SpecialType.System_Int64 => SqlType.BigInt,
            SpecialType.System_Byte => SqlType.UTinyInt,
            SpecialType.System_UInt16 => SqlType.USmallInt,
            SpecialType.System_UInt32 => SqlType.UInt,
            SpecialType.System_UInt64 => SqlType.UBigInt,
            SpecialType.System_Single => SqlType.Real,
            SpecialType.System_Double => SqlType.Double,
            SpecialType.System_Decimal => DefaultDecimal,
            SpecialType.System_String => SqlType.Varchar,
            SpecialType.System_DateTime => SqlType.Timestamp,
            SpecialType.None => MapSystemType(type),
            _ => null,
        };
    }

    private static SqlType? MapSystemType(ITypeSymbol type)
    {
        if (type.ContainingType is not null || type.ContainingNamespace is not { Name: "System", ContainingNamespace.IsGlobalNamespace: true })
        {
            return null;
        }

        return type.Name switch
        {
            "Guid" => SqlType.Uuid,
            "DateTimeOffset" => SqlType.TimestampTz,
            "DateOnly" => SqlType.Date,
            "TimeOnly" => SqlType.Time,
            "TimeSpan" => SqlType.IntervalDayTime,
            _ => null,
        };
    }
}
