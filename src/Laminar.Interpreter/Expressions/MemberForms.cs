using System.Linq.Expressions;
using Laminar.Execution;
using Laminar.Functions;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Interpreter.Expressions;

/// <summary>Between the types that methods in C# take and return (those of row members) and the values of vectors.</summary>
internal static class MemberForms
{
    /// <summary>A value, which isn't NULL where the parameter isn't nullable, as a method's argument.</summary>
    /// <param name="value">Of <see cref="ClrValueTypes.Of"/>.</param>
    /// <param name="isNull">Whether it is NULL.</param>
    /// <param name="parameter">What it is for.</param>
    /// <param name="wanted">The parameter's type.</param>
    public static Expression Argument(Expression value, Expression isNull, ClrParameter parameter, Type wanted)
    {
        Expression bare = parameter.Type.Kind switch
        {
            SqlTypeKind.Date => Expression.Call(typeof(DateOnly), nameof(DateOnly.FromDayNumber), null, value),
            SqlTypeKind.Time => Expression.New(typeof(TimeOnly).GetConstructor([typeof(long)])!, value),
            SqlTypeKind.IntervalDayTime => Expression.New(typeof(TimeSpan).GetConstructor([typeof(long)])!, value),
            SqlTypeKind.Timestamp => Expression.Call(typeof(RowTime), nameof(RowTime.FromTicks), null, value),
            SqlTypeKind.TimestampTz => Expression.New(typeof(DateTimeOffset).GetConstructor([typeof(DateTime)])!, Expression.Call(typeof(RowTime), nameof(RowTime.FromTicks), null, value)),
            _ => value,
        };
        return parameter.Nullable ? Expression.Condition(isNull, Expression.Default(wanted), Expression.Convert(bare, wanted)) : bare;
    }

    /// <summary>What a method returned, as a value; a <c>T?</c> where it may be NULL.</summary>
    public static Expression Result(Expression returned, SqlType type, bool nullable)
    {
        if (!returned.Type.IsValueType)
        {
            return nullable ? returned : Expression.Call(typeof(UserCall), nameof(UserCall.NotNull), [returned.Type], returned);
        }

        if (!nullable || Nullable.GetUnderlyingType(returned.Type) is not { } bare)
        {
            return Value(returned, type);
        }

        ParameterExpression local = Expression.Variable(returned.Type, "returned");
        Type wanted = typeof(Nullable<>).MakeGenericType(ClrValueTypes.Of(type));
        Expression value = Expression.Convert(Value(Expression.Convert(local, bare), type), wanted);
        return Expression.Block([local], Expression.Assign(local, returned), Expression.Condition(Expression.Property(local, "HasValue"), value, Expression.Default(wanted)));
    }

    private static Expression Value(Expression member, SqlType type) => type.Kind switch
    {
        SqlTypeKind.Date => Expression.Property(member, nameof(DateOnly.DayNumber)),
        SqlTypeKind.Time or SqlTypeKind.IntervalDayTime => Expression.Property(member, "Ticks"),
        SqlTypeKind.Timestamp => Expression.Call(typeof(RowTime).GetMethod(nameof(RowTime.ToTicks), [typeof(DateTime)])!, member),
        SqlTypeKind.TimestampTz => Expression.Property(member, nameof(DateTimeOffset.UtcTicks)),
        _ => member,
    };
}
