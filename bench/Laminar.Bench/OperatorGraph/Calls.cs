using System.Linq.Expressions;
using System.Reflection;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Bench.OperatorGraph;

/// <summary>Calls of functions: of the methods that generated code calls too, each through one delegate that takes the arguments out of their values.</summary>
public static class Calls
{
    /// <exception cref="NotSupportedException">There is no such method, or a type that values don't have.</exception>
    public static Func<Datum[], Datum> Compile(BoundCall call)
    {
        Func<Datum[], Datum>[] arguments = [.. call.Arguments.Select(Expressions.Compile)];
        if (call.Function.Clr is { } clr)
        {
            return Invoke(clr.Target!, arguments, [.. clr.Parameters.Select(p => !p.Nullable)]);
        }

        Type[] types = [.. call.Arguments.Select(a => TypeOf(a.Type))];
        MethodInfo method = Find(call.Function.Method, types);
        if (call.Type.Kind == SqlTypeKind.Prepared && call.Arguments.All(a => a is BoundLiteral))
        {
            Datum prepared = Datum.OfObject(method.Invoke(null, [.. call.Arguments.Select(a => ((BoundLiteral)a).Value)]));
            return _ => prepared;
        }

        return Invoke(method, arguments, [.. types.Select(_ => call.Function.Strict)]);
    }

    private static Func<Datum[], Datum> Invoke(MethodInfo method, Func<Datum[], Datum>[] arguments, bool[] needed)
    {
        ParameterExpression values = Expression.Parameter(typeof(Datum[]), "values");
        Expression[] taken = [.. method.GetParameters().Select((p, i) => Take(Expression.ArrayIndex(values, Expression.Constant(i)), p.ParameterType))];
        Expression called = Put(Expression.Call(method, taken), method.ReturnType);
        Func<Datum[], Datum> invoke = Expression.Lambda<Func<Datum[], Datum>>(called, values).Compile();
        return row =>
        {
            var of = new Datum[arguments.Length];
            for (int i = 0; i < of.Length; i++)
            {
                of[i] = arguments[i](row);
                if (needed[i] && of[i].IsNull)
                {
                    return Datum.Null;
                }
            }

            return invoke(of);
        };
    }

    private static Expression Take(Expression datum, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Expression.Condition(Expression.Property(datum, nameof(Datum.IsNull)), Expression.Default(type), Expression.Convert(Take(datum, inner), type));
        }

        return type switch
        {
            _ when type == typeof(bool) => Expression.Property(datum, nameof(Datum.Truth)),
            _ when type == typeof(double) => Expression.Property(datum, nameof(Datum.Float)),
            _ when type == typeof(decimal) => Expression.Property(datum, nameof(Datum.Decimal)),
            { IsPrimitive: true } => Expression.Convert(Expression.Property(datum, nameof(Datum.Number)), type),
            { IsValueType: false } => Expression.Condition(
                Expression.Property(datum, nameof(Datum.IsNull)), Expression.Default(type), Expression.Convert(Expression.Property(datum, nameof(Datum.Object)), type)),
            _ => throw new NotSupportedException($"The operator graph hands no {type.Name} to a function."),
        };
    }

    private static Expression Put(Expression value, Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Expression.Condition(Expression.Property(value, "HasValue"), Put(Expression.Convert(value, inner), inner), Expression.Property(null, typeof(Datum), nameof(Datum.Null)));
        }

        Type taken = type == typeof(bool) || type == typeof(double) || type == typeof(decimal) ? type
            : type == typeof(float) ? typeof(double)
            : type.IsPrimitive ? typeof(long)
            : !type.IsValueType ? typeof(object)
            : throw new NotSupportedException($"The operator graph takes no {type.Name} from a function.");
        string name = taken == typeof(object) ? nameof(Datum.OfObject) : nameof(Datum.Of);
        return Expression.Call(typeof(Datum).GetMethod(name, [taken])!, Expression.Convert(value, taken));
    }

    private static MethodInfo Find(string name, Type[] types)
    {
        int dot = name.LastIndexOf('.');
        Type? owner = typeof(LaminarException).Assembly.GetType("Laminar.Functions." + name[..dot]);
        return owner?.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(m => m.Name == name[(dot + 1)..] && !m.IsGenericMethodDefinition && Takes(m, types))
            .OrderByDescending(m => m.GetParameters().Zip(types).Count(p => p.First.ParameterType == p.Second))
            .FirstOrDefault() ?? throw new NotSupportedException($"The operator graph has no function {name}({string.Join(", ", types.Select(t => t.Name))}).");
    }

    private static bool Takes(MethodInfo method, Type[] types)
    {
        ParameterInfo[] parameters = method.GetParameters();
        return parameters.Length == types.Length && parameters.Zip(types).All(p => (Nullable.GetUnderlyingType(p.First.ParameterType) ?? p.First.ParameterType) == p.Second);
    }

    private static Type TypeOf(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Boolean => typeof(bool),
        SqlTypeKind.TinyInt => typeof(sbyte),
        SqlTypeKind.SmallInt => typeof(short),
        SqlTypeKind.Int or SqlTypeKind.Date or SqlTypeKind.IntervalYearMonth => typeof(int),
        SqlTypeKind.BigInt or SqlTypeKind.Time or SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz or SqlTypeKind.IntervalDayTime => typeof(long),
        SqlTypeKind.Decimal => typeof(decimal),
        SqlTypeKind.Double => typeof(double),
        SqlTypeKind.Varchar => typeof(string),
        SqlTypeKind.Prepared => typeof(LaminarException).Assembly.GetType("Laminar.Functions." + type.Holder, throwOnError: true)!,
        _ => throw new NotSupportedException($"The operator graph hands no {type} to a function."),
    };
}
