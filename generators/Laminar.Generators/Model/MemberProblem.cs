namespace Laminar.Generators.Model;

/// <summary>Why a public member is no column.</summary>
public enum MemberProblem
{
    /// <summary>Its C# type has no SQL type yet.</summary>
    UnsupportedType,

    /// <summary>It can't be set: a computed property, or a read-only field that no constructor parameter sets.</summary>
    NotSettable,

    /// <summary>Another member has the same SQL name, ignoring case and underscores.</summary>
    DuplicateName,
}
