using System.Reflection;
using System.Runtime.Loader;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Interpreter;

/// <summary>
/// Finds functions and aggregates in C# (<see cref="StreamFunctionAttribute"/>, <see cref="StreamAggregateAttribute"/>) of loaded types, for the catalog of a query that is to be interpreted: reads by reflection
/// what the generator reads by symbol.
/// </summary>
public static class FunctionLibrary
{
    private const BindingFlags Declared = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <param name="types">Classes and structs that hold functions, and aggregates; those that come first hide others.</param>
    public static ClrFunctions Of(params Type[] types) => new(
        types.SelectMany(t => t.GetMethods(Declared)).Select(Read).OfType<ClrFunction>(), types.Select(ReadAggregate).OfType<ClrAggregate>());

    /// <summary>The functions of an assembly, and the public ones of the assemblies that it references.</summary>
    public static ClrFunctions Of(Assembly assembly) => Of([.. assembly.GetTypes(), .. References(assembly).SelectMany(a => a.GetCustomAttribute<LaminarFunctionsAttribute>()?.Types ?? [])]);

    private static IEnumerable<Assembly> References(Assembly assembly)
    {
        AssemblyLoadContext context = AssemblyLoadContext.GetLoadContext(assembly) ?? AssemblyLoadContext.Default;
        foreach (AssemblyName name in assembly.GetReferencedAssemblies())
        {
            // Only what holds functions matters, and that was compiled against Laminar.
            Assembly? found = context.Assemblies.Concat(AppDomain.CurrentDomain.GetAssemblies()).FirstOrDefault(a => a.FullName == name.FullName);
            if (found is not null || TryLoad(context, name, out found))
            {
                yield return found!;
            }
        }
    }

    private static bool TryLoad(AssemblyLoadContext context, AssemblyName name, out Assembly? assembly)
    {
        try
        {
            assembly = context.LoadFromAssemblyName(name);
            return true;
        }
        catch (FileNotFoundException)
        {
            // Not deployed: nothing of it can be called.
            assembly = null;
            return false;
        }
    }

    private static ClrFunction? Read(MethodInfo method)
    {
        if (method.GetCustomAttribute<StreamFunctionAttribute>() is not { } attribute)
        {
            return null;
        }

        var nullability = new NullabilityInfoContext();
        ClrParameter[] parameters = [.. method.GetParameters().Select(p => Parameter(p.ParameterType, nullability.Create(p).WriteState)).OfType<ClrParameter>()];
        return parameters.Length == method.GetParameters().Length && Parameter(method.ReturnType, nullability.Create(method.ReturnParameter).ReadState) is { } result
            ? new ClrFunction(attribute.Name is { Length: > 0 } name ? name : method.Name, NameOf(method.DeclaringType!), method.Name, parameters, result.Type, result.Nullable) { Target = method }
            : null;
    }

    private static ClrAggregate? ReadAggregate(Type type)
    {
        const BindingFlags instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        if (type.GetCustomAttribute<StreamAggregateAttribute>() is not { } attribute || type.GetMethod("Add", instance) is not { } add || type.GetMethod("Result", instance) is not { } result)
        {
            return null;
        }

        var nullability = new NullabilityInfoContext();
        ClrParameter[] parameters = [.. add.GetParameters().Select(p => Parameter(p.ParameterType, nullability.Create(p).WriteState)).OfType<ClrParameter>()];
        return parameters.Length == add.GetParameters().Length && Parameter(result.ReturnType, nullability.Create(result.ReturnParameter).ReadState) is { } returned
            ? new ClrAggregate(
                attribute.Name is { Length: > 0 } name ? name : type.Name,
                NameOf(type),
                parameters,
                returned.Type,
                returned.Nullable,
                string.Concat(type.GetFields(instance).Select(f => $"{f.FieldType} {f.Name};"))) { Target = type }
            : null;
    }

    // Without annotations a reference can be null.
    private static ClrParameter? Parameter(Type type, NullabilityState state)
    {
        Type bare = Nullable.GetUnderlyingType(type) ?? type;
        return ClrTypes.FromClr(bare.FullName ?? "") is { } known
            ? new ClrParameter(known, bare != type || (!type.IsValueType && state != NullabilityState.NotNull))
            : null;
    }

    private static string NameOf(Type type) => "global::" + type.FullName!.Replace('+', '.');
}
