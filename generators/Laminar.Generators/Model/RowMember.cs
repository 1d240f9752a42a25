using Laminar.Sql.Types;

namespace Laminar.Generators.Model;

/// <summary>One column of a row type and the C# member behind it.</summary>
/// <param name="SqlName">As SQL writes it: <c>event_time</c>.</param>
/// <param name="ClrName">The property or field: <c>EventTime</c>. Without <c>@</c>; <c>Emit.Identifiers</c> escapes keywords.</param>
/// <param name="ClrType">The member's type as generated code writes it, with <c>?</c> when nullable: <c>string?</c>, <c>global::System.Guid</c>.</param>
/// <param name="Type">The column's SQL type.</param>
/// <param name="Nullable">Whether the member can hold NULL.</param>
public sealed record RowMember(string SqlName, string ClrName, string ClrType, SqlType Type, bool Nullable)
{
    /// <summary>The constructor parameter that sets it, or empty when an object initialiser does.</summary>
    public string Parameter { get; init; } = "";

    /// <summary>Where the member is of an enum, which is text in SQL; null elsewhere.</summary>
    public EnumModel? Enum { get; init; }

    /// <summary>What reads it off a row, in the form of <see cref="ClrType"/>: the member, or what is generated beside one of an enum.</summary>
    public string Access => Enum is null ? ClrName : $"Laminar{ClrName}()";
}
