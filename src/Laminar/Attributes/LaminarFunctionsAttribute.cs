using System.ComponentModel;

namespace Laminar;

/// <summary>
/// Written by the generator on an assembly with public functions in C# (<see cref="StreamFunctionAttribute"/>), and read by the generator of assemblies that
/// reference it, so that their SQL can call them. Not meant to be written by hand.
/// </summary>
/// <param name="types">The types that hold them.</param>
[AttributeUsage(AttributeTargets.Assembly)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LaminarFunctionsAttribute(params Type[] types) : Attribute
{
    /// <summary>The types that hold them.</summary>
    public Type[] Types { get; } = types;
}
