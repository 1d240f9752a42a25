namespace Laminar;

/// <summary>
/// Takes a query's rows where they are made. Written as a struct it is inlined into the generated loop; it lives inside the query
/// (<c>query.Sink</c>), so it may keep fields.
/// </summary>
/// <typeparam name="TRow">The query's row.</typeparam>
public interface ISink<TRow>
{
    /// <summary>Called once per output row, on the thread that pushed. Must not push into the same query.</summary>
    void Emit(in TRow row);
}
