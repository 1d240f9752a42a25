namespace Laminar.Runtime.Queries;

/// <summary>A callback that gets every row until it is disposed.</summary>
internal sealed class Subscription<TRow>(Action<TRow> callback, Action<Subscription<TRow>> remove) : IDisposable
{
    public Action<TRow> Callback { get; } = callback;

    public void Dispose() => remove(this);
}
