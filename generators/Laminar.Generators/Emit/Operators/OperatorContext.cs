using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Generators.Emit.Operators.Aggregates;
using Laminar.Generators.Model;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Text;

namespace Laminar.Generators.Emit.Operators;

/// <summary>What the emitters of one query share.</summary>
internal sealed class OperatorContext
{
    /// <summary>Counted up when windowed operators save their state in another form: what was saved in an earlier one is refused, not misread.</summary>
    private const int StateFormat = 5;

    /// <summary>Locals and parameters that loops use themselves.</summary>
    private static readonly string[] ReservedLocals =
    [
        "input", "start", "count", "i", "groups", "entries", "index", "mask", "paneFrom", "paneWidth", "paneShift", "closeFrom", "stored", "isKept", "block", "previous", "handle", "paneIndex", "nextEnd", "before", "own",
        "hash", "position", "reference", "group", "pane", "kept", "texts", "slot", "watermark", "rowsOut", "kept64", "block64", "row", "windowStart", "windowEnd", "window", "lastWindow", "groupingSet", "time", "output",
        "first", "rows", "batch", "merged", "next", "last", "value", "state", "end", "info", "id", "error", "other", "now", "was", "set", "sets", "after", "isLate", "old", "result", "gone", "partial", "paneStart", "entry", "only", "head", "hit", "op", "until", "slots", "at", "earlier", "later", "nextBucket", "told", "room", "kind", "results", "left", "right",
    ];

    public OperatorContext(QueryEmitRequest request, QueryShape shape, RowModel row)
    {
        Request = request;
        Shape = shape;
        Row = row;
        Constants = new ConstantPool(request.ClassName);
        InputRow = shape.Scan.Join is null ? Inside(shape.Scan, shape.Scan.Relation.ClrType) : $"Execution::JoinRow<{JoinRows.Left}, {JoinRows.Right}>";
        IReadOnlyList<RelationColumn> columns = shape.Scan.Relation.Columns;

        // Stamps of a query's own are a third kind of input, which the source's accessors don't know.
        bool isShared = request.SharesInput && !shape.BringsStamps;
        Inputs = isShared ? $"{InputRow}.{InputEmitter.SharedName(InputRow, columns)}." : "";
        Accessors = InputEmitter.Accessors(columns, isShared ? Enumerable.Range(0, columns.Count) : shape.UsedColumns);
        StoredTimes = InputEmitter.StoredTimes(columns, Accessors, isShared ? Accessors.Keys.OrderBy(o => o) : shape.TimeColumn is { } time ? [time] : []);
        ColumnFilter = Operators.ColumnFilter.Of(shape, InputEmitter.Vectors(columns, Accessors, Accessors.Keys));
    }

    public QueryEmitRequest Request { get; }

    /// <summary>The query class in full: inside it, a member may have its simple name.</summary>
    public string QualifiedClass => Request.Qualified(Identifiers.Escape(Request.ClassName));

    /// <summary>The queries that are read, as C#: one, or those of a UNION ALL; none over a source.</summary>
    public IReadOnlyList<string> UpstreamDefinitions => Shape.Scan switch
    {
        { Inner.Count: > 0 } scan => scan.Inner.Select(inner => $"new {Inside(scan, inner.Name)}.{NestedNames.Pipeline}.StageGraph()").ToArray(),
        { Relation: { Kind: RelationKind.Query } relation } => [$"{relation.QueryClrType}.Definition"],
        _ => [],
    };

    /// <summary>What stands before the names of the stages: they are unique among all that a query has.</summary>
    public string StagePrefix => Request.Outermost.Length == 0 ? "" : Request.ClassName.ToLowerInvariant() + ".";

    public QueryShape Shape { get; }

    /// <summary>The whole query is in this class; the queries inside it are nested there.</summary>
    private string Outermost => Request.Outermost.Length > 0 ? Request.Outermost : QualifiedClass;

    /// <summary>The output row.</summary>
    public RowModel Row { get; }

    public ConstantPool Constants { get; }

    /// <summary>The functions in C# that the query calls.</summary>
    public CallTable Calls { get; } = new();

    /// <summary>Whether there are any.</summary>
    public bool CallsFunctions => Shape.CallsFunctions;

    /// <summary>The rows of a join's two sides.</summary>
    public (string Left, string Right) JoinRows => (Inside(Shape.Scan, Shape.Scan.Inner[0].Name + ".Row"), Inside(Shape.Scan, Shape.Scan.Inner[1].Name + ".Row"));

    /// <summary>The input row's type, fully qualified.</summary>
    public string InputRow { get; }

    /// <summary>What stands before the names of the accessors' types: the class in the source that holds them, or nothing when they are the query's own.</summary>
    public string Inputs { get; }

    /// <summary>What <c>Pipeline</c> is called in this query; all but the entry points is nested in it.</summary>
    public string Pipeline => NestedNames.In(Request.ClassName, NestedNames.Pipeline);

    /// <summary>The accessor method of each used column of the scan, by ordinal.</summary>
    public IReadOnlyDictionary<int, string> Accessors { get; }

    /// <summary>WHERE for 64 rows of an Arrow batch at once; null where it is answered row by row.</summary>
    public string? ColumnFilter { get; }

    /// <summary>
    /// The accessor of the windows' event time as <c>RowTime.Stored</c>; null where it isn't a column of <c>DateTime</c>, whose every value is
    /// comparable as it is.
    /// </summary>
    public string? StoredTime => Shape.TimeColumn is { } time && StoredTimes.TryGetValue(time, out string? name) ? name : null;

    /// <summary>All accessors of that kind that the input has, by ordinal of their column.</summary>
    public IReadOnlyDictionary<int, string> StoredTimes { get; }

    /// <summary>The state's layout: what the plan fixes, and how the emitter lays it out.</summary>
    public string Fingerprint
    {
        get
        {
            if (Shape.Aggregate is not { } aggregate)
            {
                return Request.StateFingerprint;
            }

            var geometry = new Geometry(aggregate, AggregateMode.Whole);
            IEnumerable<string> fields = new KeyPlan(aggregate).Fields.Concat(new AggregatePlan(aggregate).Fields).Select(f => f.Type + " " + f.Name);
            return Request.StateFingerprint + "-" + StableHash.Of($"{StateFormat}:{geometry.BlockPanes}{(geometry.HasTotals ? "+" : geometry.IsSliding ? "~" : "")}:{string.Join(",", fields)}").Substring(8);
        }
    }

    /// <summary>What stands before the members of the operator in the code being written: nothing inside it, <c>op.</c> in a shape.</summary>
    public string Op { get; set; } = "";

    /// <summary>The C# that makes the operator over the query's direct input.</summary>
    /// <param name="output">The type of where rows go.</param>
    /// <param name="value">That.</param>
    public string NewOperator(string output, string value) => Shape.Aggregate is { } node && AggregateEmitter.HasShape(node)
        ? $"new {AggregateEmitter.OperatorOf(this, output)}(Layout, {value})"
        : $"new Operator<{output}>({value})";

    /// <summary>Late rows go somewhere (LATE DATA TO).</summary>
    public bool KeepsLate => Request.Plan.LateTo is not null;

    /// <summary>Whether several partitions aggregate by themselves first. The exact changelog, state beside the panes and LATE DATA TO ask for the rows themselves.</summary>
    public bool IsTwoPhase(AggregatePlan states) =>
        !KeepsLate && Shape.Aggregate is { Emit: EmitMode.OnWindowClose } aggregate && states.CanTravel && !Geometry.HoldsSessions(aggregate) && !new Geometry(aggregate, AggregateMode.Whole).PerWindow;

    public static NameTable Locals() => new(ReservedLocals);

    /// <summary>The scope of the scan's columns: each read once per row, when first needed.</summary>
    public RowScope ScanScope(CodeWriter writer, NameTable names) =>
        new(ordinal => Read(writer, ordinal, names.Local(Shape.Scan.Relation.Columns[ordinal].Name)));

    /// <summary>
    /// A loop over rows one by one that can be left at a row, and entered again with care. Not where a row makes several: it could be left amid them.
    /// </summary>
    private bool CanLeave => Shape.Aggregate is null && !Shape.Before.Any(n => n is Laminar.Sql.Plan.WindowAssignNode { Window: not { Kind: Laminar.Sql.Plan.WindowKind.Tumble, Calendar: null } } or Laminar.Sql.Plan.UnnestNode or Laminar.Sql.Plan.LookupJoinNode or Laminar.Sql.Plan.ExpandNode);

    /// <summary>Reads a column of the scan into a local.</summary>
    public EmittedValue Read(CodeWriter writer, int ordinal, string local)
    {
        RelationColumn column = Shape.Scan.Relation.Columns[ordinal];
        bool isInRange = column.Type.IsTimestamp;
        if (CanLeave && StoredTimes.TryGetValue(ordinal, out string? stored))
        {
            // What a local time is in UTC asks for a call.
            writer.Line($"long {local} = TCare.IsCareful ? input.{Accessors[ordinal]}(i) : input.{stored}(i);");
            using (writer.Open($"if (!TCare.IsCareful && !TInput.IsColumns && {local} < 0)"))
            {
                writer.Line("goto Leave;");
            }

            return new EmittedValue(local, null, column.Type) { IsInRange = isInRange };
        }

        writer.Line($"{ClrForm.Of(column.Type, column.Nullable)} {local} = input.{Accessors[ordinal]}(i);");
        return !column.Nullable
            ? new EmittedValue(local, null, column.Type) { IsInRange = isInRange }
            : ClrForm.IsReference(column.Type)
                ? new EmittedValue(local + "!", $"({local} is null)", column.Type)
                : new EmittedValue($"{local}.GetValueOrDefault()", $"(!{local}.HasValue)", column.Type) { IsInRange = isInRange };
    }

    private string Inside(ScanNode scan, string name) => scan.Inner.Count > 0 ? $"{Outermost}.{name}" : name;

    /// <summary>An emitter of expressions over a scope.</summary>
    public ExpressionEmitter Expressions(CodeWriter writer, RowScope scope, NameTable names) =>
        new(writer, column => scope.Column(column.Ordinal), names, Constants) { Leaves = CanLeave && Shape.FailsByOverflowOnly, Calls = Calls, Op = Op };

    /// <summary>Evaluates an expression into locals, its columns first.</summary>
    public EmittedValue Evaluate(CodeWriter writer, RowScope scope, NameTable names, BoundExpression expression, string name)
    {
        scope.Prepare(expression);
        return Expressions(writer, scope, names).EmitLocal(expression, name);
    }

    /// <summary>Evaluates a predicate; the answer is a C# boolean that is true only for TRUE.</summary>
    public string EvaluateTruth(CodeWriter writer, RowScope scope, NameTable names, BoundExpression predicate)
    {
        scope.Prepare(predicate);
        return Expressions(writer, scope, names).Emit(predicate).IsTrue;
    }

    /// <summary>The C# that makes an output row of its columns' values.</summary>
    public string Construct(IReadOnlyList<EmittedValue> values, string kind = "Laminar::RowKind.Insert") =>
        RowEmitter.Construct(Row, values.Select(v => v.AsMember).ToArray(), kind);
}
