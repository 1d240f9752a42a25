namespace Laminar.Runtime.Cores;

/// <summary>A piece of work that belongs to one core, or to one sink's lane, and only ever runs on its thread.</summary>
internal abstract class CoreTask
{
    /// <summary>For errors: <c>Source trades</c>, <c>Query vwap</c>.</summary>
    public abstract string Part { get; }

    /// <summary>Does a bounded amount of work; on a core without blocking.</summary>
    /// <returns>False when there was nothing that could be done; the thread parks when no task did anything.</returns>
    public abstract bool Step();

    /// <summary>Called on its thread when that stops.</summary>
    public virtual void Close()
    {
    }
}
