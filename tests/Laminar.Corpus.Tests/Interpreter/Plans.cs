using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Functions.Aggregates;
using Laminar.Sql.Plan;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.Interpreter;

/// <summary>Plans put together by hand, so that the interpreter is tested without the front end.</summary>
internal static class Plans
{
    private static readonly TextSpan Nowhere = default;

    /// <summary>v BIGINT, w BIGINT, ts TIMESTAMP with a watermark of ts - 5 s.</summary>
    public static Relation Source { get; } = new(
        "t",
        RelationKind.Source,
        "T",
        [
            new RelationColumn("v", "V", SqlType.BigInt, true),
            new RelationColumn("w", "W", SqlType.BigInt, true),
            new RelationColumn("ts", "Ts", SqlType.Timestamp, true) { EventTimeLag = 0 },
        ])
    {
        Watermark = new WatermarkDeclaration(2, 5 * TimeSpan.TicksPerSecond),
    };

    public static ScanNode Scan { get; } = new(Source, [.. Source.Columns.Select(c => new PlanColumn(c.Name, c.Type, c.Nullable) { EventTimeLag = c.EventTimeLag })]);

    public static BoundColumn V => new(0, "v", SqlType.BigInt, true, Nowhere);

    public static BoundColumn W => new(1, "w", SqlType.BigInt, true, Nowhere);

    public static BoundColumn Ts => new(2, "ts", SqlType.Timestamp, true, Nowhere);

    public static BoundLiteral Number(long value) => new(value, SqlType.BigInt, Nowhere);

    public static BoundBinary Binary(BinaryOperator op, BoundExpression left, BoundExpression right, SqlType? type = null) =>
        new(op, left, right, type ?? SqlType.Boolean, true, Nowhere);

    public static BoundCase Case(BoundExpression condition, BoundExpression then, BoundExpression? otherwise) =>
        new([new BoundWhen(condition, then)], otherwise, then.Type, true, Nowhere);

    public static BoundCoalesce Coalesce(params BoundExpression[] arguments) => new(arguments, arguments[0].Type, true, Nowhere);

    public static QueryPlan Project(PlanNode input, params BoundExpression[] expressions) => new(
        new ProjectNode(input, expressions, [.. expressions.Select((e, i) => new PlanColumn($"c{i}", e.Type, true))]), Source, false);

    public static WindowAggregateNode Sum(PlanNode input, long size, long slide, EmitMode emit, params BoundExpression[] keys)
    {
        var window = new WindowSpec(size == slide ? WindowKind.Tumble : WindowKind.Hop, Ts, size, slide, DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerMillisecond);
        PlanColumn[] columns =
        [
            .. keys.Select((k, i) => new PlanColumn($"k{i}", k.Type, true)),
            new("window_start", SqlType.Timestamp, false),
            new("window_end", SqlType.Timestamp, false),
            new("window_time", SqlType.Timestamp, false),
            new("s", SqlType.BigInt, true),
        ];
        return new WindowAggregateNode(
            input, keys, window, [new BoundAggregate(AggregateFunctions.Find("SUM")!, [V], null, SqlType.BigInt, true, Nowhere)], emit, columns);
    }
}
