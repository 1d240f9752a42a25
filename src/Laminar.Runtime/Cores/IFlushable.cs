namespace Laminar.Runtime.Cores;

/// <summary>Holds rows back to make fuller batches.</summary>
internal interface IFlushable
{
    /// <summary>Hands over what it holds.</summary>
    /// <param name="all">False: only to receivers that have nothing to do.</param>
    /// <returns>True when something was handed over.</returns>
    bool Flush(bool all);
}
