namespace Laminar;

/// <summary>Something that takes rows: every generated query takes those of each source that it reads.</summary>
/// <typeparam name="TRow">The source's row.</typeparam>
public interface IStreamInput<TRow>
{
    /// <summary>One row.</summary>
    void Push(in TRow row);

    /// <summary>Many rows, in order. Results don't depend on how rows are cut into calls.</summary>
    void Push(ReadOnlySpan<TRow> rows);
}
