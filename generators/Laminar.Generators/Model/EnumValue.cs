namespace Laminar.Generators.Model;

/// <summary>A member of an enum.</summary>
/// <param name="Name">In C#.</param>
/// <param name="Text">In SQL and in files: its name, or what [EnumMember(Value = ...)] says.</param>
/// <param name="IsFirst">No member before it has the same number.</param>
public sealed record EnumValue(string Name, string Text, bool IsFirst);
