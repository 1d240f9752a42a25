using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <content>CREATE of everything.</content>
internal sealed partial class Parser
{
    private static readonly string[] CreateWords = { "SOURCE", "TABLE", "STREAM", "SINK", "MATERIALIZED", "LOOKUP", "FUNCTION" };

    private StatementSyntax Create()
    {
        int start = Take().Span.Start;
        bool orReplace = false;
        if (Accept("OR"))
        {
            orReplace = true;
            Expect("REPLACE");
        }

        if (!CreateWords.Contains(Current.Keyword) && !Mend(CreateWords))
        {
            Unexpected("SOURCE, TABLE, LOOKUP TABLE, STREAM, MATERIALIZED VIEW or SINK");
            SkipWhile(_ => false);
            return new MissingStatement(From(start));
        }

        Token word = Take();
        if (word.Is("MATERIALIZED"))
        {
            Expect("VIEW");
        }
        else if (word.Is("LOOKUP"))
        {
            Expect("TABLE");
        }

        bool ifNotExists = At("IF", "NOT");
        if (ifNotExists)
        {
            _index += 2;
            Expect("EXISTS");
        }

        switch (word.Keyword)
        {
            case "SOURCE":
                return Relation(new CreateSourceStatement(NewName("the name of the source"), SyntaxList<ColumnDefinition>.Empty, From(start)) { OrReplace = orReplace, IfNotExists = ifNotExists });
            case "TABLE" or "LOOKUP":
                return Relation(new CreateTableStatement(NewName("the name of the table"), word.Is("LOOKUP"), SyntaxList<ColumnDefinition>.Empty, From(start)) { OrReplace = orReplace, IfNotExists = ifNotExists });
            case "SINK":
                return Sink(new CreateSinkStatement(NewName("the name of the sink"), From(start)) { OrReplace = orReplace, IfNotExists = ifNotExists });
            case "FUNCTION":
                Identifier function = NewName("the name of the function");
                SkipWhile(_ => false);
                return new CreateFunctionStatement(function, From(start));
            default:
                return Stream(start, word.Is("MATERIALIZED"), orReplace, ifNotExists);
        }
    }

    private CreateStreamStatement Stream(int start, bool materialized, bool orReplace, bool ifNotExists)
    {
        Identifier name = NewName(materialized ? "the name of the view" : "the name of the stream");
        SyntaxList<OptionSyntax> options = WithOptions(SyntaxList<OptionSyntax>.Empty);
        Expect("AS");
        QuerySyntax query = WithTail(Query());
        return new CreateStreamStatement(name, query, From(start)) { Materialized = materialized, OrReplace = orReplace, IfNotExists = ifNotExists, Options = options };
    }

    private T Relation<T>(T relation)
        where T : CreateRelationStatement
    {
        int start = relation.Span.Start;
        RelationBody body = new();
        if (At("("))
        {
            bool opened = Open();
            if (!At(")"))
            {
                List(() =>
                {
                    RelationItem(body);
                    return 0;
                });
            }

            Close(opened);
        }

        ConnectorClause? connector = null;
        SyntaxList<OptionSyntax> options = SyntaxList<OptionSyntax>.Empty;
        while (At("FROM") || At("WITH"))
        {
            if (At("FROM"))
            {
                Repeated(connector is not null, "FROM");
                connector = Connector();
            }
            else
            {
                options = WithOptions(options);
            }
        }

        return relation with
        {
            Columns = new SyntaxList<ColumnDefinition>(body.Columns),
            PrimaryKey = body.PrimaryKey,
            Watermark = body.Watermark,
            Connector = connector,
            Options = options,
            Span = From(start),
        };
    }

    private void RelationItem(RelationBody body)
    {
        int start = Current.Span.Start;
        if (At("PRIMARY", "KEY"))
        {
            Repeated(body.PrimaryKey.Count > 0, "PRIMARY KEY");
            _index += 2;
            body.PrimaryKey = NamesInParentheses();
            if (Accept("NOT"))
            {
                Expect("ENFORCED");
            }
        }
        else if (At("WATERMARK", "FOR") || (Peek(1).Is("FOR") && Mend("WATERMARK")))
        {
            Repeated(body.Watermark is not null, "WATERMARK");
            _index += 2;
            Identifier column = Name("the name of the event time column");
            Expect("AS");
            ExpressionSyntax expression = Expression();
            body.Watermark ??= new WatermarkClause(column, expression, From(start));
        }
        else
        {
            body.Columns.Add(Column());
        }

        SettleInList();
    }

    /// <summary>After one item of a list in parentheses: what doesn't belong is reported and skipped up to the next comma.</summary>
    private void SettleInList()
    {
        if (!At(",") && !At(")") && !AtEnd)
        {
            Unexpected("',' or ')'");
            SkipWhile(token => token.Is(",") || token.Is(")") || AtStatementStart());
        }
    }

    private ColumnDefinition Column()
    {
        int start = Current.Span.Start;
        Identifier name = NewName("the name of a column");
        TypeSyntax? type = null;
        ColumnDefinition column = new(name, null, From(start));
        if (!At("AS") && !At(",") && !At(")"))
        {
            type = Type();
        }
        else if (!At("AS"))
        {
            Unexpected("the type of the column");
            type = new TypeSyntax(string.Empty, Here());
        }

        while (true)
        {
            if (At("NOT"))
            {
                _index++;
                Expect("NULL");
                column = column with { NotNull = true };
            }
            else if (Accept("NULL"))
            {
                column = column with { NotNull = false };
            }
            else if (At("PRIMARY"))
            {
                _index++;
                Expect("KEY");
                column = column with { PrimaryKey = true };
            }
            else if (Accept("AS"))
            {
                column = column with { Computed = Expression() };
            }
            else
            {
                return column with { Type = type, Span = From(start) };
            }
        }
    }

    private CreateSinkStatement Sink(CreateSinkStatement sink)
    {
        int start = sink.Span.Start;
        if (At("("))
        {
            bool opened = Open();
            sink = sink with
            {
                Columns = List(() =>
                {
                    ColumnDefinition column = Column();
                    SettleInList();
                    return column;
                }),
            };
            Close(opened);
        }

        while (true)
        {
            switch (Current.Keyword)
            {
                case "FROM":
                    Repeated(sink.From is not null, "FROM");
                    _index++;
                    sink = sink with { From = DottedName("the name of a stream") };
                    break;
                case "WHERE":
                    Repeated(sink.Where is not null, "WHERE");
                    _index++;
                    sink = sink with { Where = Expression() };
                    break;
                case "INTO":
                    Repeated(sink.Connector is not null, "INTO");
                    sink = sink with { Connector = Connector() };
                    break;
                case "WITH":
                    sink = sink with { Options = WithOptions(sink.Options) };
                    break;
                case "AS":
                    Repeated(sink.Query is not null, "AS");
                    _index++;
                    sink = sink with { Query = Query() };
                    break;
                default:
                    return sink with { Span = From(start) };
            }
        }
    }

    /// <summary><c>FROM KAFKA (...)</c>, <c>INTO KAFKA (...) FORMAT JSON</c>.</summary>
    private ConnectorClause Connector()
    {
        int start = Take().Span.Start;
        Identifier name = Name("the name of a connector");
        SyntaxList<OptionSyntax> options = At("(") ? Options() : SyntaxList<OptionSyntax>.Empty;
        Identifier? format = Accept("FORMAT") ? Name("the name of a format") : null;
        return new ConnectorClause(name, options, format, From(start));
    }

    /// <summary>Options behind a query are the query's.</summary>
    private QuerySyntax WithTail(QuerySyntax query) =>
        At("WITH") ? query with { Options = WithOptions(SyntaxList<OptionSyntax>.Empty), Span = From(query.Span.Start) } : query;

    private SyntaxList<OptionSyntax> WithOptions(SyntaxList<OptionSyntax> before)
    {
        if (!At("WITH"))
        {
            return before;
        }

        _index++;
        return new SyntaxList<OptionSyntax>(before.Concat(Options()));
    }

    private SyntaxList<OptionSyntax> Options()
    {
        bool opened = Open();
        SyntaxList<OptionSyntax> options = !opened || At(")") ? SyntaxList<OptionSyntax>.Empty : List(Option);
        Close(opened);
        return options;
    }

    private OptionSyntax Option()
    {
        int start = Current.Span.Start;
        string key = string.Empty;
        if (Current.Kind is TokenKind.Word or TokenKind.QuotedName or TokenKind.String)
        {
            key = Take().Text;
            while ((At(".") || At("-")) && Peek(1).IsWord)
            {
                key += Take().Text + Take().Text;
            }
        }
        else
        {
            Unexpected("the name of an option");
        }

        TextSpan keySpan = From(start);
        Expect("=");
        LiteralExpression value = OptionValue();
        OptionSyntax option = new(key, keySpan, value, From(start));
        SettleInList();
        return option;
    }

    private LiteralExpression OptionValue()
    {
        int start = Current.Span.Start;
        bool negative = At("-") && Peek(1).Kind is TokenKind.Integer or TokenKind.Decimal or TokenKind.Double && Accept("-");
        switch (Current.Kind)
        {
            case TokenKind.String or TokenKind.Integer or TokenKind.Decimal or TokenKind.Double:
                LiteralExpression literal = (LiteralExpression)Primary();
                return negative ? literal with { Text = "-" + literal.Text, Span = From(start) } : literal;
            case TokenKind.Word when Current.Keyword is "TRUE" or "FALSE" or "NULL":
                return (LiteralExpression)Primary();
            case TokenKind.Word or TokenKind.QuotedName:
                string suggestion = "'" + Current.Text + "'";
                Add(new SqlDiagnostic(SqlRules.OptionNotLiteral, Current.Span, suggestion) { Suggestion = suggestion });
                Token word = Take();
                return new LiteralExpression(LiteralKind.String, word.Text, word.Span);
            default:
                Unexpected("the value of the option, a literal such as 'json'");
                SkipWhile(token => token.Is(",") || token.Is(")"));
                return new LiteralExpression(LiteralKind.Null, string.Empty, new TextSpan(start, 0));
        }
    }

    private sealed class RelationBody
    {
        public List<ColumnDefinition> Columns { get; } = new();

        public SyntaxList<Identifier> PrimaryKey { get; set; } = SyntaxList<Identifier>.Empty;

        public WatermarkClause? Watermark { get; set; }
    }
}
