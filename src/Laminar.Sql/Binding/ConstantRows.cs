using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>What needs no table: a SELECT without FROM, over one row without columns, and VALUES, which is the elements of a list beside it.</summary>
internal sealed class ConstantRows
{
    private readonly DiagnosticBag _diagnostics;
    private readonly ClrFunctions _functions;
    private readonly string _sql;

    /// <param name="diagnostics">Where errors go.</param>
    /// <param name="functions">What expressions can call.</param>
    /// <param name="sql">The whole text.</param>
    public ConstantRows(DiagnosticBag diagnostics, ClrFunctions functions, string sql)
    {
        _diagnostics = diagnostics;
        _functions = functions;
        _sql = sql;
    }

    /// <summary>FROM where there is none.</summary>
    public static BoundFrom Nothing => new(Relation.OneRow, new ScanNode(Relation.OneRow, System.Array.Empty<PlanColumn>()), NameScope.Empty, NameScope.Empty, null);

    /// <summary>VALUES: columns <c>column1</c>, <c>column2</c>, ... as in PostgreSQL, each of the type that all of its values widen to; null when an error was reported.</summary>
    public QueryPlan? Bind(ValuesBody body)
    {
        int width = body.Rows[0].Items.Count;
        if (body.Rows.FirstOrDefault(r => r.Items.Count != width) is { } odd)
        {
            _diagnostics.Report(SqlRules.ValuesColumnCount, odd.Span, Text(odd.Items.Count), Text(width));
            return null;
        }

        var binder = new ExpressionBinder(NameScope.Empty with { Functions = _functions }, _diagnostics) { Clause = "VALUES", Sql = _sql };
        BoundExpression?[][] rows = body.Rows.Select(r => r.Items.Select(binder.Bind).ToArray()).ToArray();
        if (rows.Any(r => r.Any(v => v is null)))
        {
            return null;
        }

        var columns = new List<IReadOnlyList<BoundExpression>>();
        for (int c = 0; c < width; c++)
        {
            if (binder.Unify(rows.Select(r => r[c]!).ToArray(), "VALUES' column " + Text(c + 1)) is not { } unified)
            {
                return null;
            }

            if (unified[0].Type.Kind == SqlTypeKind.IntervalYearMonth)
            {
                _diagnostics.Report(SqlRules.NotSupportedYet, unified[0].Span, "output columns of type INTERVAL YEAR TO MONTH");
                return null;
            }

            columns.Add(unified.Select(v => v.Type.Kind == SqlTypeKind.Null ? new BoundLiteral(null, SqlType.Varchar, v.Span) : v).ToArray());
        }

        ProjectNode root = rows.Length == 1 ? Row(Nothing.Input, columns.Select(c => c[0])) : Rows(columns, body);
        return new QueryPlan(root, Relation.OneRow, false);
    }

    /// <summary>
    /// A column of constants. One of timestamps is event time: the rows come while no watermark is behind any of them, and behind them is the end.
    /// </summary>
    public static PlanColumn Column(string name, BoundExpression value) => new(name, value.Type, value.Nullable) { EventTimeLag = value.Type.IsTimestamp ? 0 : null };

    private static ProjectNode Rows(List<IReadOnlyList<BoundExpression>> columns, ValuesBody body)
    {
        SqlType type = SqlType.Row(columns.Select((c, i) => new SqlField(Name(i), c[0].Type, c.Any(v => v.Nullable))));
        BoundExpression[] rows = body.Rows.Select((r, i) => (BoundExpression)new BoundItems(columns.Select(c => c[i]).ToArray(), type, r.Span)).ToArray();
        var unnest = new UnnestNode(
            Nothing.Input, new BoundItems(rows, SqlType.Array(type, false), body.Span), false, false, new[] { new PlanColumn("row", type, false) });
        var row = new BoundColumn(0, "row", type, false, body.Span);
        return Row(unnest, columns.Select((c, i) => ExpressionBinder.FieldAt(row, i, c[0].Span, c[0].Span)));
    }

    private static ProjectNode Row(PlanNode input, IEnumerable<BoundExpression> values)
    {
        BoundExpression[] all = values.ToArray();
        return new ProjectNode(input, all, all.Select((v, i) => Column(Name(i), v)).ToArray());
    }

    private static string Name(int column) => "column" + Text(column + 1);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
