using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <content>What stands in FROM: names, subqueries, window functions, UNNEST.</content>
internal sealed partial class Parser
{
    private static readonly string[] WindowFunctions = { "TUMBLE", "HOP", "SLIDE", "SESSION", "CUMULATE" };

    private static readonly string[] TableFunctions = { "TUMBLE", "HOP", "SLIDE", "SESSION", "CUMULATE", "UNNEST" };

    /// <summary>A table with everything joined to it.</summary>
    private TableSyntax Table()
    {
        if (!Enter())
        {
            Leave();
            return new MissingTable(Here());
        }

        TableSyntax table = Joins(AliasedTable());
        Leave();
        return table;
    }

    private TableSyntax AliasedTable() => MatchRecognize(WithAlias(PlainTable()));

    private TableSyntax WithAlias(TableSyntax table)
    {
        if (table is MissingTable || table.Alias is not null)
        {
            return table;
        }

        Identifier? alias = Alias(Keywords.TableClauses, anyWord: false);
        if (alias is null)
        {
            return table;
        }

        SyntaxList<Identifier> columns = At("(") ? NamesInParentheses() : SyntaxList<Identifier>.Empty;
        return table with { Alias = alias, ColumnAliases = columns, Span = From(table.Span.Start) };
    }

    private TableSyntax PlainTable()
    {
        int start = Current.Span.Start;
        if (At("LATERAL") && !IsNameMistake())
        {
            _index++;
            TableSyntax inner = PlainTable();
            return inner is DerivedTable derived ? derived with { Lateral = true, Span = From(start) } : inner;
        }

        if (At("("))
        {
            return TableInParentheses();
        }

        if (At("TABLE", "("))
        {
            _index++;
            bool opened = Open();
            TableSyntax function = TableFunction(start);
            Close(opened);
            return function with { Span = From(start) };
        }

        if (IsName(Current) && Peek(1).Is("("))
        {
            return TableFunction(start);
        }

        if (!IsName(Current) && !IsNameMistake())
        {
            Unexpected("a table");
            SkipWhile(token => token.Is(",") || token.Is(")") || Keywords.StopsQuery(token.Keyword) || Keywords.IsJoinWord(token.Keyword) || AtContextualClause() || AtStatementStart());
            return new MissingTable(new TextSpan(start, 0));
        }

        QualifiedName name = DottedName("a table");
        ExpressionSyntax? asOf = null;
        if (At("FOR"))
        {
            _index++;
            Expect("SYSTEM_TIME");
            Expect("AS");
            Expect("OF");
            asOf = Expression();
        }

        return new NamedTable(name, asOf, From(start));
    }

    private TableSyntax TableInParentheses()
    {
        int start = Current.Span.Start;
        bool opened = Open();
        if (AtQuery())
        {
            QuerySyntax query = Query();
            Close(opened);
            return new DerivedTable(query, false, From(start));
        }

        TableSyntax inner = Table();

        // ((SELECT 1) UNION (SELECT 2)): the inner parentheses were no table but an operand.
        if (inner is DerivedTable { Alias: null } first && AtQueryContinuation())
        {
            QuerySyntax query = QueryBehind(new NestedBody(first.Query, first.Span));
            Close(opened);
            return new DerivedTable(query, false, From(start));
        }

        Close(opened);
        return inner;
    }

    private TableSyntax MatchRecognize(TableSyntax table)
    {
        if (!At("MATCH_RECOGNIZE", "("))
        {
            return table;
        }

        TextSpan keyword = Take().Span;
        bool opened = Open();
        SkipWhile(token => token.Is(")"));
        Close(opened);
        MatchRecognizeTable result = new(table, keyword, From(table.Span.Start));
        return WithAlias(result);
    }

    private TableSyntax TableFunction(int start)
    {
        string name = Current.Keyword;
        if (name.Length > 0 && !TableFunctions.Contains(name) && Peek(1).Is("("))
        {
            string? nearest = NearestName.Of(Current.Text, TableFunctions);
            Add(new SqlDiagnostic(SqlRules.UnknownTableFunction, Current.Span, Current.Text) { Suggestion = nearest });
            if (nearest is null)
            {
                _index++;
                bool opened = Open();
                SkipWhile(token => token.Is(")"));
                Close(opened);
                return new MissingTable(From(start));
            }

            name = nearest;
        }

        if (name == "UNNEST" && Peek(1).Is("("))
        {
            return Unnest(start);
        }

        if (WindowFunctions.Contains(name) && Peek(1).Is("("))
        {
            return WindowFunction(start, name);
        }

        Unexpected("one of " + string.Join(", ", TableFunctions));
        SkipWhile(token => token.Is(")"));
        return new MissingTable(From(start));
    }

    private UnnestTable Unnest(int start)
    {
        _index++;
        bool opened = Open();
        SyntaxList<ExpressionSyntax> items = List(() => Expression());
        Close(opened);
        bool ordinality = Accept("WITH", "ORDINALITY");
        return new UnnestTable(items, ordinality, From(start));
    }

    /// <summary><c>TUMBLE(TABLE t [PARTITION BY k], DESCRIPTOR(ts), INTERVAL ...)</c>, also with <c>DATA =></c> and <c>TIMECOL =></c>.</summary>
    private WindowTable WindowFunction(int start, string name)
    {
        Token word = Take();
        Identifier function = new(name, false, word.Span);
        bool opened = Open();
        TableSyntax? input = null;
        Identifier? time = null;
        SyntaxList<ExpressionSyntax> partition = SyntaxList<ExpressionSyntax>.Empty;
        List<ArgumentSyntax> arguments = new();
        if (!At(")"))
        {
            List(() =>
            {
                bool named = Current.IsWord && Peek(1).Is("=>");
                if ((named && At("DATA")) || (!named && input is null))
                {
                    _index += named ? 2 : 0;
                    input = WindowInput();
                    partition = PartitionBy();
                }
                else if ((named && At("TIMECOL")) || (!named && time is null))
                {
                    _index += named ? 2 : 0;
                    time = Descriptor();
                    partition = partition.Count == 0 ? PartitionBy() : partition;
                }
                else
                {
                    arguments.Add(Argument());
                }

                return 0;
            });
        }

        if (input is null || time is null)
        {
            Unexpected(input is null ? "TABLE and the name of the input" : "DESCRIPTOR and the name of the time column");
        }

        Close(opened);
        return new WindowTable(function, input ?? new MissingTable(Here()), time ?? new Identifier(string.Empty, false, Here()), partition, new SyntaxList<ArgumentSyntax>(arguments), From(start));
    }

    private TableSyntax WindowInput()
    {
        int start = Current.Span.Start;
        Accept("TABLE");
        if (At("("))
        {
            return TableInParentheses();
        }

        if (IsName(Current) && Peek(1).Is("(") && Current.Keyword is not "PARTITION")
        {
            return TableFunction(start);
        }

        QualifiedName name = DottedName("the name of the input");
        return new NamedTable(name, null, From(start));
    }

    private SyntaxList<ExpressionSyntax> PartitionBy()
    {
        if (!Accept("PARTITION"))
        {
            return SyntaxList<ExpressionSyntax>.Empty;
        }

        Expect("BY");
        if (!At("("))
        {
            return new SyntaxList<ExpressionSyntax>(new[] { Expression() });
        }

        bool opened = Open();
        SyntaxList<ExpressionSyntax> keys = List(() => Expression());
        Close(opened);
        return keys;
    }

    private Identifier Descriptor()
    {
        if (!At("DESCRIPTOR", "(") && !(Peek(1).Is("(") && Mend("DESCRIPTOR")))
        {
            return Name("DESCRIPTOR and the name of the time column");
        }

        _index++;
        bool opened = Open();
        Identifier name = Name("the name of the time column");
        Close(opened);
        return name;
    }
}
