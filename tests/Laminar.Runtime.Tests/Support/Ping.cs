using Laminar.Execution;

namespace Laminar.Runtime.Tests.Support;

/// <summary>A second source's row, so that a runtime has something that doesn't depend on the first.</summary>
public readonly record struct Ping(long Number) : ISourceRow<Ping>, IAppendRow
{
    public static RowSchema Schema { get; } = new("pings", new RowColumn("number", ColumnType.Int64, false));

    public static bool HasWatermark => false;

    public static EventTimeUnit EventTimeUnit => EventTimeUnit.Milliseconds;

    public static long WatermarkOf(in Ping row) => long.MinValue;

    public static Ping Read<TReader>(ref TReader reader)
        where TReader : IRowReader, allows ref struct => new(reader.GetInt64(0));

    public static void Write<TWriter>(in Ping row, ref TWriter writer)
        where TWriter : IRowWriter, allows ref struct => writer.WriteInt64(0, row.Number);

    /// <summary>The query that passes all on.</summary>
    public static TestQuery<Ping> All() =>
        new("all_pings", g => g.Stage(g.Source<Ping>(), new TestStage<Ping, Ping>("pass", Routing.Local, null, o => new PassOperator(o), "")));

    private sealed class PassOperator(RowCollector<Ping> output) : TestOperator<Ping, Ping>(output)
    {
        protected override void Take(in Ping row)
        {
            Output.Add(in row, Now);
            RowsOut++;
        }

        protected override long WatermarkOf(in Ping row) => long.MinValue;

        protected override void Moved() => Output.Advance(Now);
    }
}
