using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Streaming;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>A join of two sides of FROM: its condition taken apart into equal keys, a bound in time, what concerns one side alone, and the rest.</summary>
internal sealed class JoinBinder
{
    private readonly DiagnosticBag _diagnostics;
    private readonly string _sql;
    private readonly ClrFunctions _functions;

    public JoinBinder(DiagnosticBag diagnostics, string sql, ClrFunctions functions)
    {
        _diagnostics = diagnostics;
        _sql = sql;
        _functions = functions;
    }

    /// <summary>Of a subquery: its conditions over the columns of both sides, whose left one has so many; null when an error was reported.</summary>
    public Func<int, List<BoundExpression>?>? On { get; init; }

    /// <summary>What the query says about how long rows are kept; null: nothing.</summary>
    public OptionSyntax? StateTtl { get; init; }

    /// <summary>The query is emitted as changes: a join as of a time doesn't wait for the last word.</summary>
    public bool TellsChanges { get; init; }

    /// <param name="join">The join.</param>
    /// <param name="left">Its left side.</param>
    /// <param name="right">Its right side.</param>
    /// <param name="where">WHERE of the query: what it says about keys, times and one side alone is used here as well.</param>
    public BoundFrom? Bind(JoinTable join, BoundFrom left, BoundFrom right, ExpressionSyntax? where)
    {
        JoinType? type = join.Kind switch
        {
            JoinKind.Inner or JoinKind.Cross => JoinType.Inner,
            JoinKind.Left => JoinType.Left,
            JoinKind.Right => JoinType.Right,
            JoinKind.Full => JoinType.Full,
            JoinKind.Semi => JoinType.Semi,
            JoinKind.Anti => JoinType.Anti,
            JoinKind.Asof => JoinType.Inner,
            JoinKind.AsofLeft => JoinType.Left,
            _ => null,
        };
        if (join.Natural)
        {
            // Of none in common there is nothing to compare: all with all.
            Identifier[] common = left.Scope.Columns.Where(l => right.Scope.Columns.Any(r => SqlName.Same(r.Name, l.Name))).Select(l => new Identifier(l.Name, true, join.KindSpan)).ToArray();
            join = join with { Natural = false, Using = new SyntaxList<Identifier>(common) };
        }

        if (type is null || left.Window is { IsSession: true } || right.Window is { IsSession: true })
        {
            string what = type is null ? join.Kind + " JOIN" : "a join of rows of sessions; group them first";
            _diagnostics.Report(SqlRules.NotSupportedYet, join.KindSpan.Length > 0 ? join.KindSpan : join.Span, what);
            return null;
        }

        if (On is null && left.Scope.Tables.FirstOrDefault(t => t.Length > 0 && right.Scope.HasTable(t)) is { } twice)
        {
            _diagnostics.Report(SqlRules.DuplicateName, join.Right.Alias?.Span ?? join.Right.Span, twice, "a table of this FROM");
            return null;
        }

        if (left.Table is not null || right.Table is not null)
        {
            return new LookupJoinBinder(
                _diagnostics,
                (l, r, width) => On is null ? Conditions(join, l, r, width) : On(width),
                (l, r, width) => where is null ? Array.Empty<BoundExpression>() : Split(where).Select(w => Quietly(w, l, r, width)).OfType<BoundExpression>().ToArray()).Bind(join, type.Value, left, right);
        }

        TextSpan? changing = left.Changing ?? right.Changing;
        long? ttl = StateTtl is null ? null : QueryOptions.Ticks(StateTtl.Value.Text);
        var sides = new JoinCondition(Rows(left), Rows(right)) { IsUpdating = changing is not null, Ttl = ttl };
        List<BoundExpression>? conditions = On is null ? Conditions(join, left, right, sides.Width) : On(sides.Width);
        TextSpan place = join.KindSpan.Length > 0 ? join.KindSpan : join.Span;
        bool picks = join.Match is not null || join.Right is NamedTable { AsOf: not null };
        if (picks && changing is { } change)
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, change, "ASOF JOIN and FOR SYSTEM_TIME AS OF with rows that change");
            return null;
        }

        if (picks && conditions is not null)
        {
            sides = new JoinCondition(sides.Left, sides.Right) { IsUpdating = TellsChanges && join.Match is not null };
            return Picked(join, left, right, sides, conditions, type.Value, place);
        }

        if (type is JoinType.Inner && where is not null)
        {
            conditions?.AddRange(Split(where).Select(w => Quietly(w, left, right, sides.Width)).OfType<BoundExpression>().Where(sides.Helps));
        }

        if (conditions is null || !sides.Take(conditions, type.Value))
        {
            return null;
        }

        if (ttl is not null && (sides.Bound is null || IsUnbounded(sides, type.Value)))
        {
            string why = changing is not null ? "state_ttl of a join of rows that change" : $"state_ttl of a join without event time on both sides ({JoinAdvice.Bound(sides)})";
            _diagnostics.Report(SqlRules.NotSupportedYet, StateTtl!.Span, why);
            return null;
        }

        if (IsUnbounded(sides, type.Value))
        {
            // Who has no match yet may find one at any time.
            sides = new JoinCondition(Rows(left), Rows(right)) { IsUpdating = true };
            sides.Take(conditions, type.Value);
        }

        return Check(sides, type.Value, place) ? Result(sides, type.Value, left, right, join) : null;
    }

    /// <summary>An outer join one of whose kept sides never ends.</summary>
    private static bool IsUnbounded(JoinCondition sides, JoinType type) =>
        (sides.Bound?.LeftKept is null && type is JoinType.Left or JoinType.Full or JoinType.Anti) || (sides.Bound?.RightKept is null && type is JoinType.Right or JoinType.Full);

    private static PlanNode Rows(BoundFrom from) => from.Window is null
        ? from.Input
        : new WindowAssignNode(from.Input, from.Window.Spec, from.Input.Columns.Concat(EventTimeAnalysis.WindowColumns(from.Window, grouped: false)).ToArray());

    private static ScopeColumn[] Columns(BoundFrom left, BoundFrom right, int width) =>
        [.. left.Scope.Columns.Select(c => c with { Part = null }), .. right.Scope.Columns.Select(c => c with { Part = null, Ordinal = c.Ordinal + width })];

    /// <summary>The conditions that all must be TRUE, over the columns of both sides.</summary>
    private List<BoundExpression>? Conditions(JoinTable join, BoundFrom left, BoundFrom right, int width)
    {
        var all = new List<BoundExpression>();
        var binder = new ExpressionBinder(new NameScope(Columns(left, right, width)) { Functions = _functions }, _diagnostics) { Clause = "ON", Sql = _sql };
        foreach (Identifier name in join.Using)
        {
            var equal = new BinaryExpression(Column(left.Scope, name), "=", name.Span, Column(right.Scope, name), name.Span);
            if (binder.BindCondition(equal, "USING") is not { } bound)
            {
                return null;
            }

            all.Add(bound);
        }

        if (join.On is not null)
        {
            if (binder.BindCondition(join.On, "ON") is not { } bound)
            {
                return null;
            }

            all.AddRange(Split(ConstantFolding.Fold(bound)));
        }

        return all;
    }

    /// <summary>A condition of WHERE, if all in it is known here. Whatever is wrong with it WHERE says.</summary>
    private BoundExpression? Quietly(ExpressionSyntax condition, BoundFrom left, BoundFrom right, int width)
    {
        var unsaid = new DiagnosticBag();
        var binder = new ExpressionBinder(new NameScope(Columns(left, right, width)) { Functions = _functions }, unsaid) { Clause = "WHERE", Sql = _sql };
        BoundExpression? bound = binder.BindCondition(condition, "WHERE");
        return bound is null || unsaid.HasErrors ? null : ConstantFolding.Fold(bound);
    }

    private static IEnumerable<ExpressionSyntax> Split(ExpressionSyntax condition) => condition switch
    {
        BinaryExpression { Operator: "AND" } and => Split(and.Left).Concat(Split(and.Right)),
        ParenthesizedExpression inner => Split(inner.Inner),
        _ => new[] { condition },
    };

    private static ColumnExpression Column(NameScope scope, Identifier name)
    {
        string table = scope.Find(null, name.Text).FirstOrDefault()?.Table ?? string.Empty;
        var parts = table.Length == 0 ? new[] { name } : new[] { new Identifier(table, true, name.Span), name };
        return new ColumnExpression(new QualifiedName(new SyntaxList<Identifier>(parts), name.Span), name.Span);
    }

    /// <summary>What is between the ANDs of a condition.</summary>
    public static IEnumerable<BoundExpression> Split(BoundExpression condition) => condition switch
    {
        BoundBinary { Operator: BinaryOperator.And } and => Split(and.Left).Concat(Split(and.Right)),
        BoundLiteral { Value: true } => Array.Empty<BoundExpression>(),
        _ => new[] { condition },
    };

    private bool Check(JoinCondition sides, JoinType type, TextSpan place, JoinPick pick = JoinPick.All)
    {
        SqlTypeKind?[] units = new[] { sides.Left, sides.Right }.Select(n => Units(n)).ToArray();
        if (units.All(u => u is not null) && units[0] != units[1])
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, place, "a join of event times of TIMESTAMP and of BIGINT");
            return false;
        }

        if (sides.Residual?.DescendantsAndSelf().FirstOrDefault(e => e is BoundClock or BoundWatermark or BoundCall { Function.Clr: not null }) is { } refused)
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, refused.Span, refused is BoundCall ? "a function in C# over both sides of a join; put it into WHERE" : "the clock in the condition of a join");
            return false;
        }

        if (pick != JoinPick.All)
        {
            return true;
        }

        bool leftEnds = sides.Bound?.LeftKept is not null || ChangedInputs.AreIn(sides.Left);
        bool rightEnds = sides.Bound?.RightKept is not null || ChangedInputs.AreIn(sides.Right);
        if (sides.LeftKeys.Count == 0 && !sides.IsUpdating && On is null && (!leftEnds || !rightEnds))
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, place, "a join that neither equal columns nor a bound in time says anything about");
            return false;
        }

        if (!leftEnds || !rightEnds)
        {
            _diagnostics.Report(SqlRules.UnboundedJoin, place, leftEnds ? "the right side" : rightEnds ? "the left side" : "both sides", JoinAdvice.Bound(sides));
        }

        return true;
    }

    private static SqlTypeKind? Units(PlanNode node) => new QueryPlan(node, node.DownToScan().OfType<ScanNode>().First().Relation, false).Reads.Select(EventTime.UnitOf).FirstOrDefault(u => u is not null);

    /// <summary>ASOF and FOR SYSTEM_TIME AS OF: of the rows of the right side on one side of a row's time, the nearest.</summary>
    private BoundFrom? Picked(JoinTable join, BoundFrom left, BoundFrom right, JoinCondition sides, List<BoundExpression> conditions, JoinType type, TextSpan place)
    {
        BoundExpression[]? times = PickedTimes(join, left, right, sides, out JoinPick pick, out bool isStrict);
        if (times is null || type is not (JoinType.Inner or JoinType.Left))
        {
            if (times is not null)
            {
                _diagnostics.Report(SqlRules.NotSupportedYet, place, $"{type} JOIN with FOR SYSTEM_TIME AS OF");
            }

            return null;
        }

        if (!sides.TakeTimes(times[0], times[1]))
        {
            _diagnostics.Report(SqlRules.AsofTime, times[0].Span, JoinAdvice.AsOf(sides));
            return null;
        }

        long? tolerance = join.Match?.Tolerance is { } syntax ? new WindowBinder(left.Scope, left.Relation, _diagnostics).Span(syntax, "tolerance of ASOF JOIN", times[0].Type) : long.MaxValue;
        if (tolerance is null || !sides.Take(conditions, type))
        {
            return null;
        }

        if (sides.Residual is { } more || sides.LeftKeys.Count == 0)
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, sides.Residual?.Span ?? place, sides.Residual is null ? "ASOF JOIN without equal columns in ON" : "a condition of ASOF JOIN that is neither on equal columns nor on the right side alone");
            return null;
        }

        sides.Pick(pick, isStrict, tolerance.Value);
        return Check(sides, JoinType.Inner, place, pick) ? Result(sides, type, left, right, join, pick) : null;
    }

    /// <summary>The time of the left side, then that of the right side.</summary>
    private BoundExpression[]? PickedTimes(JoinTable join, BoundFrom left, BoundFrom right, JoinCondition sides, out JoinPick pick, out bool isStrict)
    {
        (pick, isStrict) = (JoinPick.Latest, false);
        var binder = new ExpressionBinder(new NameScope(Columns(left, right, sides.Width)) { Functions = _functions }, _diagnostics) { Clause = "MATCH_CONDITION", Sql = _sql };
        if (join.Match is null)
        {
            BoundExpression? of = binder.Bind(((NamedTable)join.Right).AsOf!);
            return of is null || sides.RightEventTime(of.Span) is not { } version ? Wrong(of) : [of, version];
        }

        ExpressionSyntax[] pair;
        switch (join.Match.Condition)
        {
            case BinaryExpression { Operator: ">=" or ">" or "<=" or "<" } comparison when !join.Match.Nearest:
                pick = comparison.Operator[0] == '>' ? JoinPick.Latest : JoinPick.Earliest;
                isStrict = comparison.Operator.Length == 1;
                pair = [comparison.Left, comparison.Right];
                break;
            case RowExpression { Items: [{ } one, { } other] } when join.Match.Nearest:
                pick = JoinPick.Nearest;
                pair = [one, other];
                break;
            default:
                _diagnostics.Report(SqlRules.AsofTime, join.Match.Condition.Span, string.Empty);
                return null;
        }

        BoundExpression?[] bound = pair.Select(binder.Bind).ToArray();
        if (bound[0] is not { } first || bound[1] is not { } second)
        {
            return null;
        }

        // b.ts <= a.ts is a.ts >= b.ts.
        bool isTurned = sides.IsOfRight(first);
        pick = !isTurned || pick == JoinPick.Nearest ? pick : pick == JoinPick.Latest ? JoinPick.Earliest : JoinPick.Latest;
        return isTurned ? [second, first] : [first, second];

        BoundExpression[]? Wrong(BoundExpression? expression)
        {
            if (expression is not null)
            {
                _diagnostics.Report(SqlRules.AsofTime, expression.Span, JoinAdvice.AsOf(sides));
            }

            return null;
        }
    }

    private BoundFrom? Result(JoinCondition sides, JoinType type, BoundFrom left, BoundFrom right, JoinTable join, JoinPick pick = JoinPick.All)
    {
        QueryPlan leftPlan = sides.Plan(sides.Left, sides.LeftComputed, sides.LeftFilter, left.Relation);
        QueryPlan rightPlan = sides.Plan(sides.Right, sides.RightComputed, sides.RightFilter, right.Relation);
        int before = sides.Left.Columns.Count;
        int leftWidth = leftPlan.Columns.Count;
        bool leftNull = type is JoinType.Right or JoinType.Full;
        bool rightNull = type is not (JoinType.Inner or JoinType.Right);
        bool hidesRight = type is JoinType.Semi or JoinType.Anti;
        PlanColumn[] columns =
        [
            .. leftPlan.Columns.Select((c, i) => c with { Nullable = c.Nullable || leftNull, EventTimeLag = !leftNull && i == sides.Bound?.LeftTime ? Lag(pick == JoinPick.All || sides.Bound.High == long.MaxValue ? sides.Bound.LeftKept : Math.Max(0, sides.Bound.High) + sides.Bound.RightLag, c) : null }),
            .. rightPlan.Columns.Select((c, i) => c with { Nullable = c.Nullable || rightNull, EventTimeLag = !rightNull && pick == JoinPick.All && i == sides.Bound?.RightTime ? Lag(sides.Bound.RightKept, c) : null }),
        ];
        BoundExpression Shift(BoundExpression e) => e is BoundColumn c && c.Ordinal >= before ? c with { Ordinal = c.Ordinal - before + leftWidth } : ExpressionRewriter.Children(e, Shift);
        var spec = new JoinSpec(type, sides.LeftKeys.ToArray(), sides.RightKeys.ToArray(), sides.Bound, sides.Residual is null ? null : Shift(sides.Residual)) { Pick = pick, IsUpdating = sides.IsUpdating };
        ScanNode scan = InnerQueries.Scan(InnerQueries.Joined(leftPlan, rightPlan, spec, columns));
        PlanNode rows = scan;
        var used = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (Identifier name in join.Using)
        {
            // A row without a match on one side has the other's column.
            ScopeColumn own = left.Scope.Find(null, name.Text)[0];
            int other = right.Scope.Find(null, name.Text)[0].Ordinal + leftWidth;
            used[SqlName.Fold(name.Text)] = type switch { JoinType.Right => other, JoinType.Full => rows.Columns.Count, _ => own.Ordinal };
            if (type is JoinType.Full)
            {
                if (new ExpressionBinder(NameScope.Empty, _diagnostics).Unify(new BoundExpression[] { Whole(own.Ordinal), Whole(other) }, "USING") is not { } both)
                {
                    return null;
                }

                bool nullable = left.Scope.Find(null, name.Text)[0].Nullable || right.Scope.Find(null, name.Text)[0].Nullable;
                BoundExpression[] all = [.. Enumerable.Range(0, rows.Columns.Count).Select(o => (BoundExpression)new BoundColumn(o, rows.Columns[o].Name, rows.Columns[o].Type, rows.Columns[o].Nullable, name.Span)), new BoundCoalesce(both, both[0].Type, nullable, name.Span)];
                rows = new ProjectNode(rows, all, [.. rows.Columns, new PlanColumn(name.Text, both[0].Type, nullable)]);
            }
        }

        bool IsUsed(ScopeColumn c) => used.ContainsKey(SqlName.Fold(c.Name));
        ScopeColumn[] scope =
        [
            .. left.Scope.Columns.Select(c => Of(c, IsUsed(c) ? used[SqlName.Fold(c.Name)] : c.Ordinal)),
            .. right.Scope.Columns.Where(c => !hidesRight && !IsUsed(c)).Select(c => Of(c, c.Ordinal + leftWidth)),
        ];
        BoundColumn Whole(int ordinal) => new(ordinal, scan.Columns[ordinal].Name, scan.Columns[ordinal].Type, scan.Columns[ordinal].Nullable, join.Span);
        ScopeColumn Of(ScopeColumn c, int ordinal) => c with { Part = null, Ordinal = ordinal, Type = rows.Columns[ordinal].Type, Nullable = rows.Columns[ordinal].Nullable, EventTimeLag = rows.Columns[ordinal].EventTimeLag };
        var names = new NameScope(scope);
        return new BoundFrom(scan.Relation, rows, names, names, null) { Changing = sides.IsUpdating ? join.KindSpan.Length > 0 ? join.KindSpan : join.Span : null };
    }

    /// <summary>A pair comes as long as its older row can match; a row is never ahead of the watermark by being joined.</summary>
    private static long? Lag(long? kept, PlanColumn column) => kept is { } lag ? Math.Max(lag, column.EventTimeLag ?? 0) : null;
}
