using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>Says where the rows of a group meet.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IKeyed<TIn>
{
    /// <inheritdoc cref="Stage{TIn, TOut}.KeyHash"/>
    static abstract uint KeyHash(in TIn row);
}
