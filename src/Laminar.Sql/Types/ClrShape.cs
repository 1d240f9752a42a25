using Laminar.Sql.Syntax;

namespace Laminar.Sql.Types;

/// <summary>The C# type behind a ROW that a C# row type brought: how its fields are read and how it is made.</summary>
/// <param name="TypeName">Fully qualified with <c>global::</c>, without a question mark.</param>
/// <param name="Fields">In the order of the ROW's.</param>
public sealed record ClrShape(string TypeName, SyntaxList<ClrShapeField> Fields);

/// <summary>One field of a <see cref="ClrShape"/>.</summary>
/// <param name="Member">The property or field.</param>
/// <param name="Parameter">The constructor's parameter, or empty where an object initialiser sets it.</param>
public sealed record ClrShapeField(string Member, string Parameter);
