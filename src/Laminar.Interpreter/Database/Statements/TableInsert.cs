using System.Globalization;
using Laminar.Interpreter.Database.Catalog;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Interpreter.Database.Statements;

/// <summary>
/// INSERT INTO a table: a SELECT with an end, whose columns are cast to the table's. Text goes into times, and DECIMAL into integers, as CAST has it; a value that can't be cast is an error
/// of its row, and then no row goes in.
/// </summary>
internal sealed class TableInsert
{
    private const string Input = "input";

    private readonly BatchSelect _select;
    private readonly BatchSelect _cast;

    private TableInsert(BatchSelect select, BatchSelect cast)
    {
        _select = select;
        _cast = cast;
    }

    /// <summary>The relations that it reads.</summary>
    public IEnumerable<Relation> Reads => _select.Reads;

    /// <summary>Null when something is wrong.</summary>
    public static TableInsert? Compile(InsertStatement insert, StreamObject table, string sql, DatabaseCatalog catalog, DiagnosticBag diagnostics)
    {
        IReadOnlyList<RelationColumn> columns = table.Table!.Columns;
        if (BatchSelect.Compile(insert.Query, sql, catalog, diagnostics) is not { } select || Order(insert, table, select.Columns.Count, diagnostics) is not { } order)
        {
            return null;
        }

        // The columns of the query by number: it may name two of them alike.
        RelationColumn[] given = [.. select.Columns.Select((c, i) => new RelationColumn(Numbered(i), Numbered(i), c.Type, c.Nullable))];
        var rows = new DatabaseCatalog([], ClrFunctions.None) { Input = new Relation(Input, RelationKind.Source, string.Empty, given) };
        var cast = new DiagnosticBag();
        string[] items = [.. columns.Select((to, i) => Cast(order[i] < 0 ? null : given[order[i]], to))];
        if (Query(items, rows, cast) is { } fitted)
        {
            return new TableInsert(select, fitted);
        }

        int wrong = Enumerable.Range(0, columns.Count).First(i => Query([items[i]], rows, new DiagnosticBag()) is null);
        diagnostics.Report(SqlRules.InsertColumnType, insert.Query.Span, columns[wrong].Name, table.Name, columns[wrong].Type.ToString(), given[order[wrong]].Type.ToString());
        return null;
    }

    /// <summary>The rows that go in, with all columns of the table in its order.</summary>
    /// <param name="rows">The rows of a relation, in batches.</param>
    /// <param name="clock">What CURRENT_TIMESTAMP reads.</param>
    /// <exception cref="StreamRowException">A row can't be computed with, or a value not be cast.</exception>
    public IReadOnlyList<object?[]> Rows(Func<Relation, IEnumerable<IReadOnlyList<object?[]>>> rows, TimeProvider clock)
    {
        IReadOnlyList<object?[]> given = _select.Rows(rows, clock);
        return _cast.Rows(_ => [given], clock);
    }

    private static BatchSelect? Query(IEnumerable<string> items, DatabaseCatalog rows, DiagnosticBag diagnostics)
    {
        string text = $"SELECT {string.Join(", ", items.Select((item, i) => $"{item} AS o{Numbered(i)}"))} FROM {Input}";
        return BatchSelect.Compile(((QueryStatement)SqlParser.ParseScript(text).Root.Statements[0]).Query, text, rows, diagnostics);
    }

    private static string Cast(RelationColumn? from, RelationColumn to) =>
        from is null || from.Type.Kind == SqlTypeKind.Null ? $"CAST(NULL AS {to.Type})" : from.Type == to.Type ? from.Name : $"CAST({from.Name} AS {to.Type})";

    private static string Numbered(int column) => "c" + column.ToString(CultureInfo.InvariantCulture);

    /// <summary>For each column of the table which of the query's goes there; -1: none, so that it is NULL.</summary>
    private static int[]? Order(InsertStatement insert, StreamObject table, int given, DiagnosticBag diagnostics)
    {
        IReadOnlyList<RelationColumn> columns = table.Table!.Columns;
        int wanted = insert.Columns.Count == 0 ? columns.Count : insert.Columns.Count;
        if (given != wanted)
        {
            IEnumerable<string> names = insert.Columns.Count == 0 ? columns.Select(c => c.Name) : insert.Columns.Select(c => c.Text);
            diagnostics.Report(
                SqlRules.InsertColumnCount, insert.Query.Span, given.ToString(CultureInfo.InvariantCulture), table.Name, wanted.ToString(CultureInfo.InvariantCulture), string.Join(", ", names));
            return null;
        }

        if (insert.Columns.Count == 0)
        {
            return [.. Enumerable.Range(0, columns.Count)];
        }

        int[] order = [.. Enumerable.Repeat(-1, columns.Count)];
        for (int i = 0; i < insert.Columns.Count; i++)
        {
            Identifier target = insert.Columns[i];
            int at = columns.ToList().FindIndex(c => SqlName.Same(c.Name, target.Text));
            if (at < 0)
            {
                string? nearest = NearestName.Of(target.Text, columns.Select(c => c.Name));
                diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownColumn, target.Span, target.Text, $"table '{table.Name}'", nearest is null ? string.Empty : $"; did you mean '{nearest}'?") { Suggestion = nearest });
                return null;
            }

            if (order[at] >= 0)
            {
                diagnostics.Report(SqlRules.DuplicateColumn, target.Span, target.Text);
                return null;
            }

            order[at] = i;
        }

        return order;
    }
}
