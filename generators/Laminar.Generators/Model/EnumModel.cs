namespace Laminar.Generators.Model;

/// <summary>An enum of C#.</summary>
/// <param name="TypeName">Fully qualified with <c>global::</c>.</param>
/// <param name="Values">Its members in order of declaration.</param>
public sealed record EnumModel(string TypeName, EquatableArray<EnumValue> Values);
