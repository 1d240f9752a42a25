using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>
/// How careful a loop over rows is. The plain one makes no calls and keeps no record of where it is, so that the JIT keeps everything in registers,
/// and leaves at a row that asks for more (a local time, a sum that may not fit); the careful one then takes that row alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IRowCare
{
    /// <summary>Whether rows that ask for more are gone through, rather than left.</summary>
    static abstract bool IsCareful { get; }
}

/// <summary>See <see cref="IRowCare"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct PlainRows : IRowCare
{
    public static bool IsCareful => false;
}

/// <summary>See <see cref="IRowCare"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CarefulRows : IRowCare
{
    public static bool IsCareful => true;
}
