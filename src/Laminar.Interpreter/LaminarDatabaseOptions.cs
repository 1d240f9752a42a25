using System.Reflection;

namespace Laminar;

/// <summary>How a <see cref="LaminarDatabase"/> runs. Every limit has a default and says what happens at it.</summary>
public sealed class LaminarDatabaseOptions
{
    /// <summary>Rows that wait at most for one reader of a subscription. At the limit that reading ends with an error that says so; the others, and who pushes, go on. 1 to 1,000,000,000; default 65,536.</summary>
    public int SubscriptionRows { get; set; } = 65_536;

    /// <summary>Assemblies whose <see cref="StreamFunctionAttribute"/> and <see cref="StreamAggregateAttribute"/> SQL can call; those that come first hide others.</summary>
    public IList<Assembly> Functions { get; } = [];

    /// <summary>What CURRENT_TIMESTAMP and its kind read. Default the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

}
