using System.Linq.Expressions;
using System.Reflection;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Catalog;
using Laminar.Sql.Functions;

namespace Laminar.Interpreter.Expressions;

/// <summary>
/// Binds static methods of <c>Laminar.Functions</c>, once per call site: the delegate reads typed vectors and writes a typed vector, so that a
/// call boxes nothing.
/// </summary>
internal static class FunctionBinder
{
    /// <param name="method">Class and method, such as <c>SqlText.Upper</c>.</param>
    /// <param name="types">The CLR forms of the arguments.</param>
    /// <exception cref="LaminarException">There is no such method.</exception>
    public static MethodInfo Find(string method, Type[] types)
    {
        int dot = method.LastIndexOf('.');
        Type? owner = typeof(LaminarException).Assembly.GetType("Laminar.Functions." + method[..dot]);
        IEnumerable<MethodInfo> named = owner?.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.Name == method[(dot + 1)..]).Select(m => Close(m, types)).OfType<MethodInfo>() ?? [];
        return named.FirstOrDefault(m => Takes(m, types, exactly: true))
            ?? named.FirstOrDefault(m => Takes(m, types, exactly: false))
            ?? throw new LaminarException($"There is no function {method}({string.Join(", ", types.Select(t => t.Name))}).");
    }

    /// <param name="method">What to call.</param>
    /// <param name="arguments">The kernels of its arguments.</param>
    /// <param name="types">The CLR forms of their values.</param>
    /// <param name="result">The CLR form of the result.</param>
    /// <param name="function">How it is called.</param>
    public static Kernel Bind(MethodInfo method, Kernel[] arguments, Type[] types, Type result, ScalarFunction function)
    {
        bool strict = function.Strict;
        ParameterExpression values = Expression.Parameter(typeof(Vector[]), "values");
        ParameterExpression row = Expression.Parameter(typeof(int), "row");
        Type outVector = typeof(Vector<>).MakeGenericType(result);
        ParameterExpression target = Expression.Parameter(outVector, "target");
        Expression call = Expression.Call(method, Arguments(method, values, row, types, strict));
        Expression body = Expression.Call(function.Unboxes ? typeof(FunctionBinder).GetMethod(nameof(StoreObject))!.MakeGenericMethod(result) : StoreMethod(method.ReturnType, result), target, row, call);
        LambdaExpression lambda = Expression.Lambda(typeof(Action<,,>).MakeGenericType(typeof(Vector[]), typeof(int), outVector), body, values, row, target);
        return (Kernel)ClrValueTypes.Make(typeof(CallKernel<>), [result], arguments, lambda.Compile(), strict);
    }

    /// <summary>A call of a function in C#.</summary>
    /// <param name="function">What to call.</param>
    /// <param name="arguments">The kernels of its arguments.</param>
    /// <exception cref="LaminarException">The plan was made without loading the function.</exception>
    public static Kernel Bind(ClrFunction function, Kernel[] arguments)
    {
        MethodInfo method = function.Target
            ?? throw new LaminarException($"The function {function.FullMethod} isn't loaded: compile the query with a catalog whose functions are of FunctionLibrary.");
        ParameterExpression values = Expression.Parameter(typeof(Vector[]), "values");
        ParameterExpression row = Expression.Parameter(typeof(int), "row");
        Type result = ClrValueTypes.Of(function.Result);
        Type outVector = typeof(Vector<>).MakeGenericType(result);
        ParameterExpression target = Expression.Parameter(outVector, "target");
        Expression[] taken = [.. method.GetParameters().Select((p, i) =>
        {
            Expression vector = Expression.ArrayIndex(values, Expression.Constant(i));
            Expression typed = Expression.Convert(vector, typeof(Vector<>).MakeGenericType(ClrValueTypes.Of(function.Parameters[i].Type)));
            Expression value = Expression.ArrayIndex(Expression.Property(typed, nameof(Vector<int>.Values)), row);
            return MemberForms.Argument(value, Expression.Call(vector, nameof(Vector.IsNull), null, row), function.Parameters[i], p.ParameterType);
        })];
        Expression returned = MemberForms.Result(Expression.Call(method, taken), function.Result, function.ResultNullable);
        Expression body = Expression.Call(StoreMethod(returned.Type, result), target, row, returned);
        LambdaExpression lambda = Expression.Lambda(typeof(Action<,,>).MakeGenericType(typeof(Vector[]), typeof(int), outVector), body, values, row, target);
        bool[] needed = [.. function.Parameters.Select(p => !p.Nullable)];
        return (Kernel)ClrValueTypes.Make(typeof(UserCallKernel<>), [result], function.Name, arguments, needed, lambda.Compile());
    }

    public static void Store<T>(Vector<T> target, int row, T value) => target.Values[row] = value;

    public static void StoreObject<T>(Vector<T> target, int row, object? value)
    {
        if (value is null)
        {
            target.SetNull(row);
        }
        else
        {
            target.Values[row] = (T)value;
        }
    }

    public static void StoreReference<T>(Vector<T> target, int row, T? value)
        where T : class
    {
        if (value is null)
        {
            target.SetNull(row);
        }
        else
        {
            target.Values[row] = value;
        }
    }

    public static void StoreNullable<T>(Vector<T> target, int row, T? value)
        where T : struct
    {
        if (value is null)
        {
            target.SetNull(row);
        }
        else
        {
            target.Values[row] = value.Value;
        }
    }

    /// <summary>A generic method for the type of the first argument: some are written once for all value types. Null when it isn't for this one.</summary>
    private static MethodInfo? Close(MethodInfo method, Type[] types) =>
        !method.IsGenericMethodDefinition ? method : types is [{ IsValueType: true } type, ..] ? method.MakeGenericMethod(type) : null;

    private static bool Takes(MethodInfo method, Type[] types, bool exactly)
    {
        ParameterInfo[] parameters = method.GetParameters();
        return parameters.Length == types.Length
            && parameters.Zip(types).All(p => p.First.ParameterType == p.Second
                || (!exactly && (Nullable.GetUnderlyingType(p.First.ParameterType) == p.Second || p.First.ParameterType == typeof(object))));
    }

    private static Expression[] Arguments(MethodInfo method, Expression values, Expression row, Type[] types, bool strict) =>
        [.. method.GetParameters().Select((p, i) => Argument(values, i, row, types[i], p.ParameterType, strict))];

    private static Expression Argument(Expression values, int index, Expression row, Type type, Type wanted, bool strict)
    {
        Expression vector = Expression.ArrayIndex(values, Expression.Constant(index));
        Expression typed = Expression.Convert(vector, typeof(Vector<>).MakeGenericType(type));
        Expression value = Expression.ArrayIndex(Expression.Property(typed, nameof(Vector<int>.Values)), row);
        if (wanted != type)
        {
            value = Expression.Convert(value, wanted);
        }

        return strict || (wanted.IsValueType && Nullable.GetUnderlyingType(wanted) is null)
            ? value
            : Expression.Condition(Expression.Call(vector, nameof(Vector.IsNull), null, row), Expression.Default(wanted), value);
    }

    private static MethodInfo StoreMethod(Type returned, Type result)
    {
        string name = !result.IsValueType ? nameof(StoreReference)
            : Nullable.GetUnderlyingType(returned) is not null ? nameof(StoreNullable)
            : nameof(Store);
        return typeof(FunctionBinder).GetMethod(name)!.MakeGenericMethod(result);
    }
}
