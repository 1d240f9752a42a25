using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;

namespace Laminar.Testing;

/// <summary>Compiled user code, loaded beside the test. Dispose to let it be unloaded.</summary>
public sealed class UserAssembly : IDisposable
{
    private readonly AssemblyLoadContext _context;

    internal UserAssembly(byte[] image, IEnumerable<byte[]> references)
    {
        Image = image;
        _context = new AssemblyLoadContext("user code", isCollectible: true);
        foreach (byte[] reference in references)
        {
            _context.LoadFromStream(new MemoryStream(reference));
        }

        Assembly = _context.LoadFromStream(new MemoryStream(image));
    }

    /// <summary>The assembly.</summary>
    public Assembly Assembly { get; }

    /// <summary>Its bytes.</summary>
    public byte[] Image { get; }

    /// <summary>Calls a public static method; what it throws is thrown here.</summary>
    /// <param name="type">The type's full name.</param>
    /// <param name="method">The method; not overloaded.</param>
    /// <param name="arguments">Its arguments.</param>
    public object? Call(string type, string method, params object?[] arguments)
    {
        MethodInfo target = Assembly.GetType(type, throwOnError: true)!.GetMethod(method, BindingFlags.Public | BindingFlags.Static)
            ?? throw new MissingMethodException(type, method);
        try
        {
            return target.Invoke(null, arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    /// <summary>As <see cref="Call"/>, with the result's type.</summary>
    public T Call<T>(string type, string method, params object?[] arguments) => (T)Call(type, method, arguments)!;

    public void Dispose() => _context.Unload();
}
