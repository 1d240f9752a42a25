using System.Reflection;
using Laminar.Sql;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Tests.Functions;

/// <summary>
/// Runs one SQL expression over one row, calling the methods that generated code calls. Small on purpose: it knows literals, columns,
/// casts that C# does, calls, CASE, COALESCE, ||, NOT and comparisons of text.
/// </summary>
public static class SqlExpression
{
    /// <summary>The value in its CLR form, and the type. Columns x (VARCHAR), d (DOUBLE), n (BIGINT), m (DECIMAL(18,6)) and t (TIMESTAMP) can be used.</summary>
    public static (object? Value, SqlType Type) Evaluate(string sql, params (string Name, object? Value)[] row)
    {
        RelationColumn[] columns =
        [
            new("x", "X", SqlType.Varchar, true), new("d", "D", SqlType.Double, true), new("n", "N", SqlType.BigInt, true),
            new("m", "M", SqlType.Decimal(18, 6), true), new("t", "T", SqlType.Timestamp, true), new("i", "I", SqlType.Int, true),
        ];
        CompiledQuery compiled = SqlCompiler.CompileQuery($"SELECT {sql} AS v FROM r", "q", new DictionaryCatalog(new Relation("r", RelationKind.Source, "", columns)));
        if (compiled.Plan is null)
        {
            throw new ArgumentException(sql + ": " + string.Join("; ", compiled.Diagnostics));
        }

        BoundExpression expression = ((ProjectNode)compiled.Plan.Root).Expressions[0];
        object?[] values = [.. columns.Select(c => row.FirstOrDefault(r => r.Name == c.Name).Value)];
        return (Run(expression, values), expression.Type);
    }

    /// <summary>The method that a call means; null when there is none for the arguments' types.</summary>
    public static MethodInfo? Method(BoundCall call)
    {
        string[] name = call.Function.Method.Split('.');
        Type? owner = typeof(LaminarException).Assembly.GetType("Laminar.Functions." + name[0]);
        Type[] types = [.. call.Arguments.Select(a => call.Function.Strict ? Clr(a.Type) : Nullable(Clr(a.Type)))];
        return owner?.GetMethod(name[1], BindingFlags.Public | BindingFlags.Static, types) ?? Generic(owner, name[1], types);
    }

    public static Type Clr(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Boolean => typeof(bool),
        SqlTypeKind.TinyInt => typeof(sbyte),
        SqlTypeKind.SmallInt => typeof(short),
        SqlTypeKind.Int or SqlTypeKind.Date or SqlTypeKind.IntervalYearMonth => typeof(int),
        SqlTypeKind.BigInt or SqlTypeKind.Time or SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz or SqlTypeKind.IntervalDayTime => typeof(long),
        SqlTypeKind.UTinyInt => typeof(byte),
        SqlTypeKind.USmallInt => typeof(ushort),
        SqlTypeKind.UInt => typeof(uint),
        SqlTypeKind.UBigInt => typeof(ulong),
        SqlTypeKind.Decimal => typeof(decimal),
        SqlTypeKind.Real => typeof(float),
        SqlTypeKind.Double => typeof(double),
        SqlTypeKind.Varchar => typeof(string),
        SqlTypeKind.Bytes => typeof(byte[]),
        SqlTypeKind.Uuid => typeof(Guid),
        _ => throw new ArgumentException(type.ToString()),
    };

    private static MethodInfo? Generic(Type? owner, string name, Type[] types) => types is not [{ IsValueType: true } type, ..] ? null : owner?.GetMethods()
        .Where(m => m.Name == name && m.IsGenericMethodDefinition).Select(m => m.MakeGenericMethod(System.Nullable.GetUnderlyingType(type) ?? type))
        .FirstOrDefault(m => m.GetParameters().Select(p => p.ParameterType).SequenceEqual(types));

    private static Type Nullable(Type type) => type.IsValueType ? typeof(Nullable<>).MakeGenericType(type) : type;

    private static object? Run(BoundExpression expression, object?[] row)
    {
        switch (expression)
        {
            case BoundLiteral literal:
                return literal.Value;
            case BoundColumn column:
                return row[column.Ordinal];
            case BoundCast cast:
                return Run(cast.Operand, row) is { } value ? Convert.ChangeType(value, Clr(cast.Type), System.Globalization.CultureInfo.InvariantCulture) : null;
            case BoundCoalesce coalesce:
                return coalesce.Arguments.Select(a => Run(a, row)).FirstOrDefault(v => v is not null);
            case BoundIsNull isNull:
                return Run(isNull.Operand, row) is null != isNull.Negated;
            case BoundUnary { Operator: UnaryOperator.Not } not:
                return Run(not.Operand, row) is bool b ? !b : null;
            case BoundUnary { Operator: UnaryOperator.Negate } negate:
                return Run(negate.Operand, row) switch { long l => -l, int i => -i, double d => -d, decimal m => -m, _ => null };
            case BoundBinary { Operator: BinaryOperator.Concat } concat:
                return Run(concat.Left, row) is string left && Run(concat.Right, row) is string right ? left + right : null;
            case BoundBinary { Operator: BinaryOperator.Equal } equal:
                return Run(equal.Left, row) is { } a && Run(equal.Right, row) is { } c ? a.Equals(c) : null;
            case BoundCase @case:
                BoundWhen? when = @case.Whens.FirstOrDefault(w => Run(w.Condition, row) is true);
                return when is not null ? Run(when.Result, row) : @case.Else is null ? null : Run(@case.Else, row);
            case BoundCall call:
                object?[] arguments = [.. call.Arguments.Select(x => Run(x, row))];
                if (call.Function.Strict && arguments.Contains(null))
                {
                    return null;
                }

                MethodInfo method = Method(call) ?? throw new MissingMethodException(call.Function.Method + "(" + string.Join(", ", call.Arguments.Select(x => x.Type)) + ")");
                try
                {
                    return method.Invoke(null, arguments);
                }
                catch (TargetInvocationException e)
                {
                    throw e.InnerException!;
                }

            default:
                throw new NotSupportedException(ExpressionPrinter.Print(expression));
        }
    }
}
