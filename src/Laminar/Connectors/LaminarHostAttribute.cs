namespace Laminar;

/// <summary>On the runtime's assembly: the type whose static <c>Create(LaminarOptions)</c> generated <c>RunAsync</c> methods call.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class LaminarHostAttribute(Type host) : Attribute
{
    /// <summary>The runtime type.</summary>
    public Type Host { get; } = host;
}
