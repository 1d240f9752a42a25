namespace Laminar.Generators.Signatures;

/// <summary>Why only a stub is generated for a query.</summary>
public enum QueryProblem
{
    None,

    /// <summary>The SQL is no constant, or its file is missing.</summary>
    NoText,

    /// <summary>The SQL has errors.</summary>
    Sql,

    /// <summary>A relation that it reads has errors of its own, or reads this query in turn.</summary>
    BrokenInput,

    /// <summary>The class isn't partial, or the like (<see cref="Model.TypeProblem"/>).</summary>
    Type,

    /// <summary>The user's row type can't be written, or doesn't fit the output columns.</summary>
    MappedRow,

    /// <summary>The class can be seen further than a row type in its signatures: C# would refuse the generated methods.</summary>
    Visibility,
}
