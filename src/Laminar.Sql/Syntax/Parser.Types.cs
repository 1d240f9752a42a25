using System.Collections.Generic;
using System.Globalization;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <content>Types as written; which names are types is the binder's to say.</content>
internal sealed partial class Parser
{
    private TypeSyntax Type()
    {
        int start = Current.Span.Start;
        if (!Enter())
        {
            Leave();
            return new TypeSyntax(string.Empty, Here());
        }

        TypeSyntax type = ElementType();
        while (At("[", "]"))
        {
            _index += 2;
            type = new TypeSyntax("ARRAY", From(start)) { Elements = new SyntaxList<TypeSyntax>(new[] { type }) };
        }

        Leave();
        return type;
    }

    private TypeSyntax ElementType()
    {
        int start = Current.Span.Start;
        if (!IsName(Current))
        {
            Unexpected("a type such as BIGINT");
            return new TypeSyntax(string.Empty, Here());
        }

        Token word = Take();
        string name = word.Kind == TokenKind.QuotedName ? word.Text.ToUpperInvariant() : word.Keyword;
        switch (name)
        {
            case "ARRAY" or "MAP" when At("<") || At("("):
                return Container(name, start);
            case "ROW" or "STRUCT" when At("<") || At("("):
                return RowType(start);
            case "INTERVAL":
                return IntervalType(start);
        }

        if (name == "DOUBLE" && Accept("PRECISION"))
        {
            name = "DOUBLE PRECISION";
        }
        else if (name is "CHARACTER" or "CHAR" && Accept("VARYING"))
        {
            name += " VARYING";
        }
        else if (name == "UNSIGNED" && IsName(Current))
        {
            name = Take().Keyword + " UNSIGNED";
        }

        SyntaxList<int> parameters = Parameters();
        if (name is "TIME" or "TIMESTAMP" && Current.Keyword is "WITH" or "WITHOUT" && Peek(1).Is("TIME"))
        {
            name += Take().Keyword == "WITH" ? " WITH TIME ZONE" : " WITHOUT TIME ZONE";
            _index++;
            Expect("ZONE");
        }
        else if (Accept("UNSIGNED"))
        {
            name += " UNSIGNED";
        }

        return new TypeSyntax(name, From(start)) { Parameters = parameters };
    }

    private SyntaxList<int> Parameters()
    {
        if (!At("(") || Peek(1).Kind is not (TokenKind.Integer or TokenKind.End or TokenKind.Symbol))
        {
            return SyntaxList<int>.Empty;
        }

        bool opened = Open();
        SyntaxList<int> numbers = List(() =>
        {
            if (Current.Kind == TokenKind.Integer && int.TryParse(Current.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                _index++;
                return number;
            }

            Unexpected("a number of digits");
            return 0;
        });
        Close(opened);
        return numbers;
    }

    private TypeSyntax Container(string name, int start)
    {
        string closing = OpenType();
        SyntaxList<TypeSyntax> elements = List(Type);
        if (elements.Count != (name == "ARRAY" ? 1 : 2))
        {
            Unexpected(name == "ARRAY" ? "one type, as in ARRAY<BIGINT>" : "two types, as in MAP<VARCHAR, BIGINT>");
        }

        CloseType(closing);
        return new TypeSyntax(name, From(start)) { Elements = elements };
    }

    private TypeSyntax RowType(int start)
    {
        string closing = OpenType();
        List<Identifier> names = new();
        SyntaxList<TypeSyntax> elements = List(() =>
        {
            names.Add(Name("the name of a field"));
            return Type();
        });
        CloseType(closing);
        return new TypeSyntax("ROW", From(start)) { Elements = elements, FieldNames = new SyntaxList<Identifier>(names) };
    }

    private TypeSyntax IntervalType(int start)
    {
        string name = "INTERVAL";
        if (UnitOf(Current.Keyword) is { } unit)
        {
            name += " " + unit;
            _index++;
            if (At("TO") && UnitOf(Peek(1).Keyword) is { } last)
            {
                name += " TO " + last;
                _index += 2;
            }
        }

        return new TypeSyntax(name, From(start)) { Parameters = Parameters() };
    }

    private string OpenType()
    {
        if (At("("))
        {
            Open();
            return ")";
        }

        Expect("<");
        return ">";
    }

    private void CloseType(string closing)
    {
        if (closing == ")")
        {
            Close(true);
            return;
        }

        Expect(closing);
    }
}
