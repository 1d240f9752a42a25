using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Types;

namespace Laminar.Sql.Scripts;

/// <summary>CREATE SOURCE: columns, types, watermark.</summary>
internal sealed class SourceCompiler
{
    private readonly string _sql;
    private readonly string _containingType;
    private readonly ClrFunctions _functions;
    private readonly DiagnosticBag _diagnostics;

    public SourceCompiler(string sql, string containingType, ClrFunctions functions, DiagnosticBag diagnostics)
    {
        _functions = functions;
        _sql = sql;
        _containingType = containingType;
        _diagnostics = diagnostics;
    }

    /// <summary>The source, or null when its columns or watermark are wrong.</summary>
    public CompiledSource? Compile(CreateSourceStatement statement)
    {
        ColumnDefinition[] stored = statement.Columns.Where(c => c.Computed is null).ToArray();
        IReadOnlyList<RelationColumn>? columns = Columns(stored, statement.PrimaryKey, SqlName.ToPascalCase(statement.Name.Text), _diagnostics);
        if (columns is null)
        {
            return null;
        }

        var binder = new ComputedColumns(statement, columns, _functions, _sql, _diagnostics);
        if (binder.Bind() is not { } computed)
        {
            return null;
        }

        WatermarkDeclaration? watermark = null;
        if (statement.Watermark is { } clause)
        {
            IEnumerable<RelationColumn> all = columns.Concat(computed.Select(c => new RelationColumn(c.Name, string.Empty, c.Expression.Type, c.Expression.Nullable)));
            watermark = WatermarkCompiler.Bind(clause.Expression, clause.Column, all.ToArray(), _sql, _diagnostics);
            if (watermark is null)
            {
                return null;
            }

            long lag = 0;
            if (watermark.ColumnIndex >= columns.Count)
            {
                int on = watermark.ColumnIndex - columns.Count;
                if (binder.Follows(on) is not var (column, ahead))
                {
                    _diagnostics.Report(SqlRules.NotSupportedYet, clause.Column.Span, "a watermark on a computed column that isn't another one, plus or minus an interval");
                    return null;
                }

                // The same watermark by the column that rows have: where the computed one is ahead of that, so is the watermark.
                watermark = new WatermarkDeclaration(column, watermark.Delay - ahead);
                lag = System.Math.Max(0, ahead);
                computed = computed.Select((c, i) => i == on ? c with { EventTimeLag = 0 } : c).ToArray();
            }

            columns = columns.Select((c, i) => i == watermark.ColumnIndex ? c with { EventTimeLag = lag } : c).ToArray();
        }

        Connectors connector = Connectors.Of(statement.Connector, statement.Options, statement.Name.Span);
        bool changes = IsOfChanges(connector);
        if (changes && HasKindColumn(statement))
        {
            return null;
        }

        string row = ClrNames.Row(_containingType, statement.Name.Text);
        var relation = new Relation(statement.Name.Text, RelationKind.Source, row, columns)
        {
            Watermark = watermark,
            IsUpdating = changes,
            Key = changes ? KeyOf(statement, columns) : null,
            Computed = computed,
            BaseSources = row.Length == 0 ? new string[0] : new[] { row },
        };
        return new CompiledSource(statement.Name.Text, statement.Name.Span, relation, connector.Name, connector.Span, connector.Options);
    }

    /// <summary>Its format says so (Debezium's events are changes), or the option <c>changelog</c>.</summary>
    private static bool IsOfChanges(Connectors connector) => connector.Options.Any(o =>
        (SqlName.Same(o.Key, "format") && SqlName.Same(o.Value, "debezium_json")) || (SqlName.Same(o.Key, "changelog") && string.Equals(o.Value, "true", System.StringComparison.OrdinalIgnoreCase)));

    /// <summary>What a row does to the content stands in a column of that name.</summary>
    private bool HasKindColumn(CreateSourceStatement statement)
    {
        ColumnDefinition? kind = statement.Columns.FirstOrDefault(c => SqlName.Same(c.Name.Text, "kind"));
        if (kind is not null)
        {
            _diagnostics.Report(SqlRules.DuplicateColumn, kind.Name.Span, kind.Name.Text);
        }

        return kind is not null;
    }

    private static Plan.ResultKey? KeyOf(CreateSourceStatement statement, IReadOnlyList<RelationColumn> columns)
    {
        string[] names = statement.PrimaryKey.Select(k => k.Text).Concat(statement.Columns.Where(c => c.PrimaryKey).Select(c => c.Name.Text)).ToArray();
        int[] key = Enumerable.Range(0, columns.Count).Where(i => names.Any(n => SqlName.Same(n, columns[i].Name))).ToArray();
        return key.Length == 0 ? null : new Plan.ResultKey(key, true);
    }

    /// <summary>Column definitions to columns; null when one is wrong. PRIMARY KEY columns are NOT NULL.</summary>
    public static IReadOnlyList<RelationColumn>? Columns(IReadOnlyList<ColumnDefinition> definitions, IReadOnlyList<Identifier> primaryKey, string rowType, DiagnosticBag diagnostics)
    {
        var columns = new List<RelationColumn>();
        var taken = new HashSet<string>();
        var members = new HashSet<string>();
        bool failed = false;
        foreach (ColumnDefinition definition in definitions)
        {
            if (!taken.Add(SqlName.Fold(definition.Name.Text)) || !members.Add(OutputNames.Of(definition.Name.Text, rowType)))
            {
                diagnostics.Report(SqlRules.DuplicateColumn, definition.Name.Span, definition.Name.Text);
                failed = true;
                continue;
            }

            if (definition.Computed is not null)
            {
                diagnostics.Report(SqlRules.NotSupportedYet, definition.Span, "computed columns");
                failed = true;
                continue;
            }

            SqlType? type = definition.Type is null ? null : TypeResolver.Resolve(definition.Type, diagnostics);
            if (type is { Kind: SqlTypeKind.IntervalYearMonth })
            {
                diagnostics.Report(SqlRules.NotSupportedYet, definition.Type!.Span, "columns of type " + type);
                type = null;
            }

            if (type is null)
            {
                failed = true;
                continue;
            }

            bool notNull = definition.NotNull || definition.PrimaryKey || primaryKey.Any(k => SqlName.Same(k.Text, definition.Name.Text));
            columns.Add(new RelationColumn(definition.Name.Text, OutputNames.Of(definition.Name.Text, rowType), type, !notNull));
        }

        foreach (Identifier key in primaryKey.Where(k => !taken.Contains(SqlName.Fold(k.Text))))
        {
            string? nearest = Text.NearestName.Of(key.Text, definitions.Select(d => d.Name.Text));
            diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownColumn, key.Span, key.Text, "this source", nearest is null ? string.Empty : $"; did you mean '{nearest}'?") { Suggestion = nearest });
            failed = true;
        }

        return failed || columns.Count == 0 ? null : columns;
    }
}
