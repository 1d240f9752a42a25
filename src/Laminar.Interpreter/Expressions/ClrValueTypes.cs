using Laminar.Sql.Types;

namespace Laminar.Interpreter.Expressions;

/// <summary>The CLR type that values of a SQL type have inside the interpreter (and inside generated code).</summary>
internal static class ClrValueTypes
{
    public static Type Of(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Boolean => typeof(bool),
        SqlTypeKind.TinyInt => typeof(sbyte),
        SqlTypeKind.SmallInt => typeof(short),
        SqlTypeKind.Int => typeof(int),
        SqlTypeKind.BigInt => typeof(long),
        SqlTypeKind.UTinyInt => typeof(byte),
        SqlTypeKind.USmallInt => typeof(ushort),
        SqlTypeKind.UInt => typeof(uint),
        SqlTypeKind.UBigInt => typeof(ulong),
        SqlTypeKind.Decimal => typeof(decimal),
        SqlTypeKind.Real => typeof(float),
        SqlTypeKind.Double => typeof(double),
        SqlTypeKind.Varchar or SqlTypeKind.Json or SqlTypeKind.Null => typeof(string),
        SqlTypeKind.Bytes => typeof(byte[]),
        SqlTypeKind.Uuid => typeof(Guid),
        SqlTypeKind.Date or SqlTypeKind.IntervalYearMonth => typeof(int),
        SqlTypeKind.Time or SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz or SqlTypeKind.IntervalDayTime => typeof(long),
        SqlTypeKind.Array or SqlTypeKind.Row => typeof(object?[]),
        SqlTypeKind.Map => typeof(Laminar.Functions.SqlMap),
        SqlTypeKind.Prepared => typeof(LaminarException).Assembly.GetType("Laminar.Functions." + type.Holder, throwOnError: true)!,
        _ => throw new LaminarException($"The interpreter has no values of type {type}."),
    };

    /// <summary><paramref name="open"/> closed over <paramref name="arguments"/>, made with <paramref name="constructor"/>'s arguments.</summary>
    public static object Make(Type open, Type[] arguments, params object?[] constructor) =>
        Activator.CreateInstance(open.MakeGenericType(arguments), constructor)!;
}
