using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Expressions;

/// <summary>
/// The C# of one SQL value: an expression without side effects for the value, and, only where it can be NULL, a second one that is true
/// when it is. Where it is NULL the value's expression may be evaluated but means nothing.
/// </summary>
/// <param name="Code">The value in its local form.</param>
/// <param name="Null">C# boolean, or null where the value can't be NULL.</param>
/// <param name="Type">The SQL type.</param>
internal sealed record EmittedValue(string Code, string? Null, SqlType Type)
{
    /// <summary>A timestamp as a row brought it: in range, because the row's member could hold it.</summary>
    public bool IsInRange { get; init; }

    /// <summary>A C# boolean that is true only for TRUE, not for NULL.</summary>
    public string IsTrue => Null is null ? Code : $"(!{Null} && {Code})";

    /// <summary>The value as <c>T?</c>.</summary>
    public string AsNullable =>
        Null is null ? Code
        : Null == "true" ? $"default({ClrForm.Of(Type, true)})"
        : ClrForm.IsReference(Type) ? $"({Null} ? null : {Code})"
        : $"({Null} ? default({ClrForm.Of(Type)}?) : {Code})";

    /// <summary>The value as a row's member takes it.</summary>
    public string AsMember
    {
        get
        {
            string member = ClrForm.ToMember(Type, Code, IsInRange);
            return Null is null ? member
                : ClrForm.IsReference(Type) && Type.Kind != SqlTypeKind.Row ? $"({Null} ? null : {member})"
                : $"({Null} ? default({ClrTypes.Of(Type, true)}) : {member})";
        }
    }
}
