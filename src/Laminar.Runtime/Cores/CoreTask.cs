namespace Laminar.Runtime.Cores;

/// <summary>A piece of work that belongs to one core and only ever runs on its thread.</summary>
internal abstract class CoreTask
{
    /// <summary>For errors: <c>Source trades</c>, <c>Query vwap</c>.</summary>
    public abstract string Part { get; }

    /// <summary>Does a bounded amount of work without blocking.</summary>
    /// <returns>False when there was nothing that could be done; the core parks when no task did anything.</returns>
    public abstract bool Step();

    /// <summary>Called on the core's thread when it stops.</summary>
    public virtual void Close()
    {
    }
}
