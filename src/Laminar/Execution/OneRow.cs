using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>
/// The row of what SELECT without FROM and VALUES are computed from: it has no column, and there is one. No user pushes it: a query by itself takes it before
/// anything else that it is given, and a runtime has a source of it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct OneRow : ISourceRow<OneRow>
{
    /// <summary>A name that no source in SQL has.</summary>
    public static RowSchema Schema { get; } = new("one row");

    /// <inheritdoc/>
    public static bool HasWatermark => false;

    /// <inheritdoc/>
    public static EventTimeUnit EventTimeUnit => EventTimeUnit.Ticks;

    /// <inheritdoc/>
    public static long WatermarkOf(in OneRow row) => long.MinValue;

    /// <inheritdoc/>
    public static OneRow Read<TReader>(ref TReader reader)
        where TReader : IRowReader, allows ref struct => default;

    /// <inheritdoc/>
    public static void Write<TWriter>(in OneRow row, ref TWriter writer)
        where TWriter : IRowWriter, allows ref struct
    {
    }

    /// <summary>For messages about what can't be computed.</summary>
    public override string ToString() => "constants";
}
