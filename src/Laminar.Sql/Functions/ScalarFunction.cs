namespace Laminar.Sql.Functions;

/// <summary>
/// One overload of a scalar function after resolution. Generated code calls <c>global::Laminar.Functions.{Method}</c>; the interpreter
/// binds the same method. The method takes and returns the CLR forms of the types (see <see cref="Binding.BoundLiteral"/>), without NULL.
/// Methods may be overloaded by CLR type; the arguments' CLR types match one overload exactly.
/// </summary>
/// <param name="Name">SQL name, upper case.</param>
/// <param name="Method">Class and method under <c>Laminar.Functions</c>, such as <c>SqlText.Upper</c>.</param>
public sealed record ScalarFunction(string Name, string Method)
{
    /// <summary>
    /// True when a NULL argument gives NULL without a call (the usual case). Otherwise the method's parameters are the nullable CLR forms.
    /// </summary>
    public bool Strict { get; init; } = true;

    /// <summary>
    /// True when the method returns a nullable type. The call's own <see cref="Binding.BoundExpression.Nullable"/> says whether a NULL can
    /// really come: GREATEST of a NOT NULL and a nullable value never gives one.
    /// </summary>
    public bool CanReturnNull { get; init; }

    /// <summary>True when the method returns an object that is a value of the call's type: what is inside an array, map or row.</summary>
    public bool Unboxes { get; init; }

    /// <summary>
    /// Not null for a function in C# ([StreamFunction]): <see cref="Method"/> is then the whole name of its method, which takes and returns the types of
    /// row members rather than the CLR forms, NULL where its parameters say so. Anything that comes out of a call makes the row an error row.
    /// </summary>
    public Catalog.ClrFunction? Clr { get; init; }

    /// <summary>True when a call can fail for some arguments, so that a row may become an error row.</summary>
    public bool CanFail { get; init; }
}
