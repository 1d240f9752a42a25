namespace Laminar;

/// <summary>
/// A part of a reference table's primary key, in the order of the members. It can't be NULL: number, text, time or <c>Guid</c>. Works on a property, a field and a positional parameter alike; DataAnnotations' <c>Key</c> counts as this one.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class KeyAttribute : Attribute;
