using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>What a query says to every operator of the library that runs it. Shapes are generated structs: loops are specialised for them, and their methods inlined.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IQueryShape
{
    /// <inheritdoc cref="Operator{TIn}.Errors"/>
    static virtual QueryErrors? Errors => null;

    /// <summary>The SQL name of a function in C# that the query calls.</summary>
    /// <param name="call">See <see cref="EvaluationContext.Calling"/>.</param>
    static virtual string FunctionName(int call) => "";
}
