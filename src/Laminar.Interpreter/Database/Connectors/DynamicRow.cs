namespace Laminar.Interpreter.Database.Connectors;

/// <summary>
/// A row whose columns only run time knows, for connectors, which know rows by their type. What tells one source's or sink's rows from another's is <typeparamref name="TSlot"/>: types nested in each other, of
/// which there are as many as needed (<see cref="RowSlots"/>). All are reference types, so that the connectors' code is compiled once for all of them.
/// </summary>
internal sealed class DynamicRow<TSlot>(object?[] values) : ISourceRow<DynamicRow<TSlot>>, IAppendRow
{
    /// <summary>Of the source or sink that has the slot now; set before its connector is made.</summary>
    public static RowSchema Schema { get; set; } = new("none");

    public static bool HasWatermark => false;

    public static EventTimeUnit EventTimeUnit => EventTimeUnit.Ticks;

    /// <summary>In the form in which expressions hold them.</summary>
    public object?[] Values => values;

    public static long WatermarkOf(in DynamicRow<TSlot> row) => long.MinValue;

    public static DynamicRow<TSlot> Read<TReader>(ref TReader reader)
        where TReader : IRowReader, allows ref struct
    {
        IReadOnlyList<RowColumn> columns = Schema.Columns;
        var read = new object?[columns.Count];
        for (int i = 0; i < read.Length; i++)
        {
            read[i] = BoxedRows.Get(ref reader, i, columns[i]);
        }

        return new DynamicRow<TSlot>(read);
    }

    public static void Write<TWriter>(in DynamicRow<TSlot> row, ref TWriter writer)
        where TWriter : IRowWriter, allows ref struct => DynamicRows.Put(row.Values, Schema, ref writer);
}

/// <summary>The same with what it does to a result.</summary>
/// <inheritdoc cref="DynamicRow{TSlot}"/>
internal sealed class DynamicChange<TSlot>(object?[] values, RowKind kind) : IStreamRow<DynamicChange<TSlot>>, IChangelogRow
{
    public static RowSchema Schema { get; set; } = new("none");

    public RowKind Kind => kind;

    public object?[] Values => values;

    public static DynamicChange<TSlot> Read<TReader>(ref TReader reader)
        where TReader : IRowReader, allows ref struct => throw new InvalidOperationException("Changes are written only.");

    public static void Write<TWriter>(in DynamicChange<TSlot> row, ref TWriter writer)
        where TWriter : IRowWriter, allows ref struct => DynamicRows.Put(row.Values, Schema, ref writer);
}

/// <summary>What both have in common.</summary>
internal static class DynamicRows
{
    public static void Put<TWriter>(object?[] values, RowSchema schema, ref TWriter writer)
        where TWriter : IRowWriter, allows ref struct
    {
        IReadOnlyList<RowColumn> columns = schema.Columns;
        for (int i = 0; i < values.Length; i++)
        {
            BoxedRows.Put(ref writer, i, columns[i], values[i]);
        }
    }
}
