namespace Laminar.Sql.Types;

/// <summary>What is inside a value: the element of an ARRAY, key or value of a MAP, a field of a ROW.</summary>
/// <param name="Name">Of a field as SQL writes it.</param>
/// <param name="Type">Its type.</param>
/// <param name="Nullable">Whether it can be NULL.</param>
public sealed record SqlField(string Name, SqlType Type, bool Nullable)
{
    /// <summary><c>INT</c>, <c>INT NOT NULL</c>.</summary>
    internal string TypeText => Nullable ? Type.ToString() : Type + " NOT NULL";
}
