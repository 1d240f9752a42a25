namespace Laminar.Generators.Model;

/// <summary>Why nothing can be generated into a type. The generator leaves it alone; the analyzer says so.</summary>
public enum TypeProblem
{
    None,

    /// <summary>It isn't <c>partial</c>.</summary>
    NotPartial,

    /// <summary>A type around it isn't <c>partial</c>.</summary>
    ContainingTypeNotPartial,

    /// <summary>It, or a type around it, has type parameters.</summary>
    Generic,

    /// <summary>A <c>file</c> type: generated code stands in another file.</summary>
    FileLocal,

    /// <summary>A <c>ref struct</c>, an interface, an abstract or a static class where rows must be made.</summary>
    NotConstructible,

    /// <summary>No constructor whose parameters are the columns, and none without parameters.</summary>
    NoConstructor,

    /// <summary>No public property or field that can be a column.</summary>
    NoColumns,

    /// <summary>A query or pipeline class called like a member that is generated into it and that calling code names.</summary>
    ReservedName,

    /// <summary>Mapped rows: declared in another assembly, where it doesn't implement <c>IStreamRow</c>.</summary>
    Foreign,
}
