using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Functions;
using Laminar.Sql.Functions.Aggregates;
using Laminar.Sql.Syntax;
using Laminar.Sql.Types;

namespace Laminar.Sql.Completion;

/// <summary>What the token before a place and the clause around it let follow.</summary>
internal sealed class Expectation
{
    private readonly CaretFrame _frame;
    private readonly ICatalog _catalog;
    private readonly bool _isScript;

    public Expectation(CaretFrame frame, ICatalog catalog, bool isScript)
    {
        _frame = frame;
        _catalog = catalog;
        _isScript = isScript;
    }

    public IEnumerable<SqlCompletionItem> Items()
    {
        Token before = _frame.Before();
        switch (before.Keyword)
        {
            case "" when before.Kind == TokenKind.End:
            case "EXPLAIN":
                return Words(_isScript ? Vocabulary.Statements : Vocabulary.Queries);
            case ".":
                return Members(_frame.Before(2).Text);
            case "FROM" when !_frame.InParentheses || _frame.Call.Length == 0:
            case "JOIN":
            case "TABLE" when _frame.Call.Length > 0 || _frame.InParentheses:
            case "," when _frame.Clause == "FROM" && !_frame.InParentheses:
                return Relations();
            case "INTO":
            case "CREATE" when !_isScript:
                return Enumerable.Empty<SqlCompletionItem>();
            case "::":
            case "AS" when _frame.Call is "CAST" or "TRY_CAST":
                return Vocabulary.Types.Select(t => new SqlCompletionItem(t, SqlCompletionKind.Type));
            case "AS" when _frame.Tokens[_frame.Statement].Is("CREATE") && _frame.Clause is "" or "WITH":
                return Words(Vocabulary.Queries);
            case "AS":
                return Enumerable.Empty<SqlCompletionItem>();
        }

        if (Vocabulary.After.TryGetValue(before.Keyword, out string[]? words))
        {
            return Words(words);
        }

        if (before.Kind == TokenKind.String && _frame.Before(2).Is("INTERVAL"))
        {
            return Words(Keywords.Units);
        }

        if (_frame.Call == "EXTRACT" && before.Is("("))
        {
            return Words(Keywords.Units.Concat(new[] { "DOW", "DOY", "EPOCH" }));
        }

        return IsOperand(before) ? Continuations() : Expressions(before);
    }

    private static IEnumerable<SqlCompletionItem> Words(IEnumerable<string> words) => words.Select(w => new SqlCompletionItem(w, SqlCompletionKind.Keyword));

    private static string Quoted(string name) => Keywords.IsReserved(name.ToUpperInvariant()) ? "\"" + name + "\"" : name;

    private static SqlCompletionItem Column(RelationColumn column, string table) =>
        new(Quoted(column.Name), SqlCompletionKind.Column, $"{column.Type}{(column.Nullable ? string.Empty : " NOT NULL")} of {table}");

    private IEnumerable<SqlCompletionItem> Relations() => _catalog.Relations
        .Select(r => new SqlCompletionItem(Quoted(r.Name), SqlCompletionKind.Relation, string.Join(", ", r.AllColumns.Select(c => c.Name))))
        .Concat(Words(new[] { "TABLE" }));

    private IEnumerable<SqlCompletionItem> Members(string table)
    {
        if (SqlName.Same(table, "window") && TablesInSight.HasWindow(_frame))
        {
            return new[] { "start", "end", "time" }.Select(n => new SqlCompletionItem(n, SqlCompletionKind.Column));
        }

        return TablesInSight.Of(_frame, _catalog).Where(t => SqlName.Same(t.Alias, table)).SelectMany(t => t.Relation.AllColumns.Select(c => Column(c, t.Alias)));
    }

    /// <summary>An expression can begin here.</summary>
    private IEnumerable<SqlCompletionItem> Expressions(Token before)
    {
        IReadOnlyList<TableInSight> tables = TablesInSight.Of(_frame, _catalog);
        IEnumerable<SqlCompletionItem> columns = tables.SelectMany(t => t.Relation.AllColumns.Select(c => (c, t.Alias)))
            .OrderByDescending(p => IsTimeArgument(before) && (p.c.Type.IsTimestamp || p.c.EventTimeLag is not null))
            .Select(p => Column(p.c, p.Alias));
        bool late = _frame.Clause is "SELECT" or "HAVING" or "ORDER" or "QUALIFY";
        List<SqlCompletionItem> items = columns.ToList();
        if (late && TablesInSight.HasWindow(_frame))
        {
            items.AddRange(GroupWindow.Names.Select(n => new SqlCompletionItem(n, SqlCompletionKind.Column, "of the window")));
        }

        items.AddRange(tables.Select(t => new SqlCompletionItem(Quoted(t.Alias), SqlCompletionKind.Qualifier, t.Relation.Name)));
        items.AddRange(FunctionRegistry.Names.Select(n => new SqlCompletionItem(n, SqlCompletionKind.Function)));
        items.AddRange(_catalog.Functions.ScalarNames.Select(n => new SqlCompletionItem(Quoted(n), SqlCompletionKind.Function, string.Join("; ", _catalog.Functions.Find(n)))));
        if (late)
        {
            items.AddRange(_catalog.Functions.AggregateNames.Select(n => new SqlCompletionItem(Quoted(n), SqlCompletionKind.Aggregate, _catalog.Functions.FindAggregate(n)!.Clr!.ToString())));
            items.AddRange(AggregateFunctions.Names.Select(n => new SqlCompletionItem(n, SqlCompletionKind.Aggregate)));
        }

        if (_frame.Clause == "GROUP")
        {
            items.AddRange(new[] { "TUMBLE", "HOP", "SESSION", "CUMULATE" }.Select(n => new SqlCompletionItem(n, SqlCompletionKind.Window)));
        }

        bool first = before.Is("SELECT") || (before.Is("(") && AggregateFunctions.Find(_frame.Call) is not null);
        items.AddRange(Words(first ? Vocabulary.Expressions.Append("DISTINCT") : Vocabulary.Expressions));
        return before.Is("(") && _frame.Call.Length == 0 ? items.Concat(Words(Vocabulary.Queries)) : items;
    }

    private bool IsTimeArgument(Token before) => before.Is("(") && _frame.Call is "TUMBLE" or "HOP" or "SLIDE" or "SESSION" or "CUMULATE" or "DESCRIPTOR" or "DATE_TRUNC";

    /// <summary>A whole operand stands before the place.</summary>
    private IEnumerable<SqlCompletionItem> Continuations()
    {
        IEnumerable<string> words = _frame.InParentheses ? Vocabulary.Operators : Vocabulary.Following(_frame.Clause);
        if (_frame.InParentheses && _frame.Call is "CAST" or "TRY_CAST")
        {
            words = new[] { "AS" };
        }

        int lastCase = Array.FindLastIndex(_frame.Tokens, Math.Max(0, _frame.At - 1), t => t.Keyword is "CASE" or "END");
        return Words(lastCase >= _frame.Start && _frame.Tokens[lastCase].Is("CASE") ? words.Concat(Vocabulary.Case) : words);
    }

    private static bool IsOperand(Token token) => token.Kind switch
    {
        TokenKind.Word => token.Keyword is "END" or "NULL" or "TRUE" or "FALSE" || (!Keywords.IsReserved(token.Keyword) && !Vocabulary.Prefixes.Contains(token.Keyword)),
        TokenKind.Symbol => token.Is(")") || token.Is("]"),
        TokenKind.End => false,
        _ => true,
    };
}
