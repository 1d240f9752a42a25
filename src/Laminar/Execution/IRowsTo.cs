using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>An operator, by where its rows go.</summary>
/// <typeparam name="TOut">A struct that lives inside the operator.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRowsTo<TOut>
    where TOut : struct
{
    /// <summary>The struct itself, not a copy.</summary>
    ref TOut Output { get; }
}
