using Laminar.Sql.Types;

namespace Laminar.Generators.Signatures;

/// <summary>One column or member that doesn't fit.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Column">The output column, or empty.</param>
/// <param name="Member">The member of the row type, or empty.</param>
/// <param name="Type">The column's type; the member's where there is no column.</param>
/// <param name="Nullable">Whether that can be NULL.</param>
public sealed record MappedRowMisfit(MappedRowMisfitKind Kind, string Column, string Member, SqlType Type, bool Nullable);

/// <summary>Why a query doesn't fit the type that it is mapped onto.</summary>
public enum MappedRowMisfitKind
{
    /// <summary>An output column without a member.</summary>
    NoMember,

    /// <summary>A member without an output column.</summary>
    NoColumn,

    /// <summary>The member's type can't hold the column's.</summary>
    Type,

    /// <summary>The column can be NULL and the member can't.</summary>
    Nullability,

    /// <summary>An updating query needs a member <c>RowKind Kind</c>.</summary>
    NoKind,
}
