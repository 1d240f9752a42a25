namespace Laminar;

/// <summary>
/// A row type that knows its own schema and how to be read and written, column by column. Implemented by generated code on sources and
/// query rows, so that formats, the WAL and sinks need no reflection: each format is a struct reader or writer, and the JIT specialises.
/// </summary>
/// <typeparam name="TSelf">The row type itself.</typeparam>
public interface IStreamRow<TSelf>
    where TSelf : IStreamRow<TSelf>
{
    /// <summary>The columns.</summary>
    static abstract RowSchema Schema { get; }

    /// <summary>Builds a row by asking the reader for every column once, by ordinal.</summary>
    /// <exception cref="RowFormatException">A value is missing, out of range or NULL in a NOT NULL column.</exception>
    static abstract TSelf Read<TReader>(ref TReader reader)
        where TReader : IRowReader, allows ref struct;

    /// <summary>Hands every column of the row to the writer once, in order.</summary>
    static abstract void Write<TWriter>(in TSelf row, ref TWriter writer)
        where TWriter : IRowWriter, allows ref struct;
}

/// <summary>
/// A row type that is declared as a source: it also knows its watermark. It is an <see cref="IAppendRow"/>, or where it has a <see cref="RowKind"/> an <see cref="IChangelogRow"/>.
/// </summary>
/// <typeparam name="TSelf">The row type itself.</typeparam>
public interface ISourceRow<TSelf> : IStreamRow<TSelf>
    where TSelf : ISourceRow<TSelf>
{
    /// <summary>True when a watermark is declared, so that rows move event time.</summary>
    static abstract bool HasWatermark { get; }

    /// <summary>Ticks of 100 ns for TIMESTAMP event time, milliseconds for BIGINT.</summary>
    static abstract EventTimeUnit EventTimeUnit { get; }

    /// <summary>
    /// The declared watermark expression for this row, in <see cref="EventTimeUnit"/>; <see cref="long.MinValue"/> when there is none
    /// or the timestamp is NULL. The source's watermark is the maximum over its rows.
    /// </summary>
    static abstract long WatermarkOf(in TSelf row);
}

/// <summary>The unit of an event-time column, and so of watermarks.</summary>
public enum EventTimeUnit
{
    /// <summary>100 ns since 0001-01-01 UTC, as in <see cref="DateTime.Ticks"/>.</summary>
    Ticks,

    /// <summary>Milliseconds since 1970-01-01 UTC, of a BIGINT column.</summary>
    Milliseconds,
}
