using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>
/// UNNEST beside a table: a row per element. Elements that are rows become a column per field, as in PostgreSQL; a map gives keys and values.
/// </summary>
internal static class UnnestBinder
{
    /// <summary>Whether a join with UNNEST is one of those that have no condition: CROSS JOIN, or [LEFT] JOIN ... ON TRUE.</summary>
    public static bool Takes(JoinTable join) => !join.Natural && join.Using.Count == 0 && join.Match is null
        && (join.Kind == JoinKind.Cross || (join.Kind is JoinKind.Inner or JoinKind.Left && join.On is null or LiteralExpression { Kind: LiteralKind.True }));

    /// <summary>The rows of FROM, each once per element.</summary>
    /// <param name="before">What stands before, whose columns the expression reads.</param>
    /// <param name="table">UNNEST.</param>
    /// <param name="keepsEmpty">LEFT JOIN.</param>
    /// <param name="diagnostics">Where errors go.</param>
    /// <param name="sql">The whole text.</param>
    public static BoundFrom? Bind(BoundFrom before, UnnestTable table, bool keepsEmpty, DiagnosticBag diagnostics, string sql)
    {
        // What has groups, or is put into windows, is made by a query inside this one: no operator takes rows apart behind that.
        before = before.Stateful is null ? before : before.AsInner();
        if (table.Expressions.Count != 1)
        {
            diagnostics.Report(SqlRules.NotSupportedYet, table.Span, "UNNEST of several arrays");
            return null;
        }

        if (new ExpressionBinder(before.Rows, diagnostics) { Clause = "UNNEST", Sql = sql }.Bind(table.Expressions[0]) is not { } values)
        {
            return null;
        }

        if (values.Type.Kind is not (SqlTypeKind.Array or SqlTypeKind.Map))
        {
            diagnostics.Report(SqlRules.ArgumentType, values.Span, "UNNEST", values.Type.ToString(), "an ARRAY or MAP");
            return null;
        }

        PlanNode input = before.Input;
        int width = input.Columns.Count;
        string alias = table.Alias?.Text ?? "unnest";
        bool isMap = values.Type.Kind == SqlTypeKind.Map;
        List<PlanColumn> columns = values.Type.Fields.Select(f => new PlanColumn(isMap ? f.Name : alias, f.Type, f.Nullable || keepsEmpty)).ToList();
        if (table.WithOrdinality)
        {
            columns.Add(new PlanColumn("ordinality", SqlType.BigInt, keepsEmpty));
        }

        PlanNode node = new UnnestNode(input, values, table.WithOrdinality, keepsEmpty, input.Columns.Concat(columns).ToArray());
        if (!isMap && columns[0].Type.Kind == SqlTypeKind.Row)
        {
            node = Spread(node, width, columns[0], table);
            columns = node.Columns.Skip(width).ToList();
        }

        SyntaxList<Identifier> names = table.ColumnAliases;
        if (names.Count > columns.Count)
        {
            diagnostics.Report(
                SqlRules.AliasColumnCount, names[0].Span, alias, columns.Count.ToString(CultureInfo.InvariantCulture), names.Count.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        // Fewer names than columns name the first, as in PostgreSQL.
        ScopeColumn[] unnested = columns.Select((c, i) => new ScopeColumn(alias, i < names.Count ? names[i].Text : c.Name, width + i, c.Type, c.Nullable, null)).ToArray();

        // Windows of FROM are put on what UNNEST makes: their columns come behind its own.
        int added = node.Columns.Count - width;
        IEnumerable<ScopeColumn> shifted = before.Scope.Columns.Select(c => c.Part is null ? c : c with { Ordinal = c.Ordinal + added });
        NameScope rows = before.Rows with { Columns = before.Rows.Columns.Concat(unnested).ToArray() };
        NameScope scope = before.Scope with { Columns = shifted.Concat(unnested).ToArray() };
        return before with { Input = node, Rows = rows, Scope = scope, Unnested = before.Unnested ?? table.Span };
    }

    /// <summary>The fields of elements in the place of the elements.</summary>
    private static ProjectNode Spread(PlanNode node, int width, PlanColumn element, UnnestTable table)
    {
        BoundExpression[] all = node.Columns.Select((c, i) => (BoundExpression)new BoundColumn(i, c.Name, c.Type, c.Nullable, table.Span)).ToArray();
        BoundExpression[] fields = element.Type.Fields.Select((f, i) => ExpressionBinder.FieldAt(all[width], i, table.Span, table.Span)).ToArray();
        PlanColumn[] columns = fields.Select((f, i) => new PlanColumn(element.Type.Fields[i].Name, f.Type, f.Nullable)).ToArray();
        return new ProjectNode(
            node, all.Take(width).Concat(fields).Concat(all.Skip(width + 1)).ToArray(), node.Columns.Take(width).Concat(columns).Concat(node.Columns.Skip(width + 1)).ToArray());
    }
}
