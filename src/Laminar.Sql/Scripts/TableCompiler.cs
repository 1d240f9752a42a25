using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;

namespace Laminar.Sql.Scripts;

/// <summary>CREATE [LOOKUP] TABLE: columns, types and the primary key.</summary>
internal sealed class TableCompiler(string containingType, DiagnosticBag diagnostics)
{
    /// <summary>The table, or null when its columns or its key are wrong.</summary>
    public CompiledTable? Compile(CreateTableStatement statement)
    {
        if (statement.Watermark is { } watermark)
        {
            diagnostics.Report(SqlRules.TableClause, watermark.Span, statement.Name.Text, "a row is there from when it is loaded until it is replaced or deleted; remove WATERMARK, or make it a SOURCE");
            return null;
        }

        if (statement.Options.FirstOrDefault(o => o.Key.ToLowerInvariant() is "refresh" or "cache_mode" or "storage") is { } later)
        {
            diagnostics.Report(SqlRules.NotSupportedYet, later.KeySpan, $"the option {later.Key} of a table; a table is read whole at each start");
            return null;
        }

        IReadOnlyList<RelationColumn>? columns = SourceCompiler.Columns(statement.Columns, statement.PrimaryKey, SqlName.ToPascalCase(statement.Name.Text), diagnostics);
        if (columns is null)
        {
            return null;
        }

        Identifier[] keys = statement.Columns.Where(c => c.PrimaryKey).Select(c => c.Name).Concat(statement.PrimaryKey).ToArray();
        if (keys.Length == 0)
        {
            diagnostics.Report(SqlRules.TableWithoutKey, statement.Name.Span, statement.Name.Text);
            return null;
        }

        var ordinals = new List<int>();
        foreach (Identifier key in keys)
        {
            int ordinal = columns.ToList().FindIndex(c => SqlName.Same(c.Name, key.Text));
            if (!TableKeys.CanBe(columns[ordinal].Type))
            {
                diagnostics.Report(SqlRules.KeyType, key.Span, key.Text, columns[ordinal].Type.ToString());
                return null;
            }

            if (!ordinals.Contains(ordinal))
            {
                ordinals.Add(ordinal);
            }
        }

        var relation = new Relation(statement.Name.Text, RelationKind.Table, ClrNames.Row(containingType, statement.Name.Text), columns) { Key = new ResultKey(ordinals, true) };
        Connectors connector = Connectors.Of(statement.Connector, statement.Options, statement.Name.Span);
        return new CompiledTable(statement.Name.Text, statement.Name.Span, relation, connector.Name, connector.Span, connector.Options);
    }
}
