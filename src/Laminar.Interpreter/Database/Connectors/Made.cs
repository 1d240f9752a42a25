using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Laminar.Interpreter.Database.Connectors;

/// <summary>Objects of types that only run time knows; what their constructor throws comes as it is.</summary>
internal static class Made
{
    public static object By(Type type, params object[] arguments)
    {
        try
        {
            return Activator.CreateInstance(type, arguments)!;
        }
        catch (TargetInvocationException error) when (error.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }
}
