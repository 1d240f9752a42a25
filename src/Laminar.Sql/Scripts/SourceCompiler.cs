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

        if (Computed(statement, columns) is not { } computed)
        {
            return null;
        }

        WatermarkDeclaration? watermark = null;
        if (statement.Watermark is { } clause)
        {
            if (computed.Any(c => SqlName.Same(c.Name, clause.Column.Text)))
            {
                _diagnostics.Report(SqlRules.NotSupportedYet, clause.Column.Span, "a watermark on a computed column");
                return null;
            }

            watermark = WatermarkCompiler.Bind(clause.Expression, clause.Column, columns, _sql, _diagnostics);
            if (watermark is null)
            {
                return null;
            }

            columns = columns.Select((c, i) => i == watermark.ColumnIndex ? c with { EventTimeLag = 0 } : c).ToArray();
        }

        string row = ClrNames.Row(_containingType, statement.Name.Text);
        var relation = new Relation(statement.Name.Text, RelationKind.Source, row, columns)
        {
            Watermark = watermark,
            Computed = computed,
            BaseSources = row.Length == 0 ? new string[0] : new[] { row },
        };
        Connectors connector = Connectors.Of(statement.Connector, statement.Options, statement.Name.Span);
        return new CompiledSource(statement.Name.Text, statement.Name.Span, relation, connector.Name, connector.Span, connector.Options);
    }

    /// <summary>The columns with AS, over those without; null when one is wrong.</summary>
    private IReadOnlyList<ComputedColumn>? Computed(CreateSourceStatement statement, IReadOnlyList<RelationColumn> columns)
    {
        var scope = new NameScope(columns.Select((c, i) => new ScopeColumn(statement.Name.Text, c.Name, i, c.Type, c.Nullable, null)).ToArray()) { Functions = _functions };
        var computed = new List<ComputedColumn>();
        bool failed = false;
        for (int position = 0; position < statement.Columns.Count; position++)
        {
            ColumnDefinition definition = statement.Columns[position];
            if (definition.Computed is null)
            {
                continue;
            }

            string name = definition.Name.Text;
            if (columns.Any(c => SqlName.Same(c.Name, name)) || computed.Any(c => SqlName.Same(c.Name, name)))
            {
                _diagnostics.Report(SqlRules.DuplicateColumn, definition.Name.Span, name);
                failed = true;
                continue;
            }

            SqlType? type = definition.Type is null ? null : TypeResolver.Resolve(definition.Type, _diagnostics);
            BoundExpression? bound = new ExpressionBinder(scope, _diagnostics) { Clause = "a computed column", Sql = _sql }.Bind(definition.Computed);
            if (bound is null || (type is null && definition.Type is not null))
            {
                failed = true;
                continue;
            }

            type ??= bound.Type;
            bool notNull = definition.NotNull || definition.PrimaryKey;
            if (!Coercion.Widens(bound.Type, type) || (notNull && bound.Nullable))
            {
                string given = bound.Type + (bound.Nullable ? string.Empty : " NOT NULL");
                _diagnostics.Report(SqlRules.ComputedColumnType, definition.Computed.Span, name, type + (notNull ? " NOT NULL" : string.Empty), given);
                failed = true;
                continue;
            }

            computed.Add(new ComputedColumn(position, name, Coercion.To(bound, type)));
        }

        return failed ? null : computed;
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
