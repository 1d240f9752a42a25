using Laminar.Sql.Types;

namespace Laminar.Sql.Catalog;

/// <summary>One parameter of a C# method that SQL calls.</summary>
/// <param name="Type">What it takes.</param>
/// <param name="Nullable">Whether it takes NULL; a call whose argument is NULL and whose parameter isn't nullable isn't made, and its result is NULL.</param>
public sealed record ClrParameter(SqlType Type, bool Nullable)
{
    /// <summary><c>BIGINT</c>, <c>BIGINT NULL</c>.</summary>
    public override string ToString() => Nullable ? Type + " NULL" : Type.ToString();
}
