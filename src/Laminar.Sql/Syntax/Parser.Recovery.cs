using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <content>Saying what is wrong, once, and finding where to go on.</content>
internal sealed partial class Parser
{
    private void Unexpected(string expected) => Report(SqlRules.UnexpectedToken, Current.Span, Current.Describe(), expected);

    private void Report(SqlRule rule, TextSpan span, params string[] arguments) => Add(new SqlDiagnostic(rule, span, arguments));

    private void Add(SqlDiagnostic diagnostic)
    {
        bool said = _silent || _index == _quietAt || (_cutShort && AtEnd) || LexerSpokeBeforeCurrent();
        _quietAt = _index;
        if (!said)
        {
            _diagnostics.Add(diagnostic);
        }
    }

    /// <summary>The lexer skipped something right before this token, so what is missing here has been reported.</summary>
    private bool LexerSpokeBeforeCurrent()
    {
        int end = AtEnd ? int.MaxValue : Current.Span.Start;
        int start = PreviousEnd;
        return _lexicalErrors.Any(offset => offset >= start && offset <= end);
    }

    /// <summary>Skips to a token that satisfies <paramref name="stop"/> outside parentheses opened on the way, or the end; nothing more is said about it.</summary>
    private void SkipWhile(Func<Token, bool> stop)
    {
        int open = 0;
        while (!AtEnd && !(open == 0 && stop(Current)) && !At(";"))
        {
            if (At("(") || At("["))
            {
                open++;
            }
            else if ((At(")") || At("]")) && open > 0)
            {
                open--;
            }

            _index++;
        }

        _quietAt = _index;
    }

    private void SkipToExpressionStop() => SkipWhile(token => Keywords.StopsExpression(token.Keyword) || AtContextualClause());

    private void SkipToClause() =>
        SkipWhile(token => Keywords.StopsQuery(token.Keyword) || AtContextualClause() || AtStatementStart() || (token.Is(")") && _parentheses > 0));

    /// <summary>
    /// If the current word is a misspelt one of <paramref name="keywords"/>, says so and turns it into that keyword. True also when it is one already.
    /// </summary>
    private bool Mend(params string[] keywords)
    {
        Token token = Current;
        if (!token.IsWord)
        {
            return false;
        }

        string? nearest = NearestName.Of(token.Text, keywords);
        if (nearest is null)
        {
            return false;
        }

        if (!token.Is(nearest))
        {
            string suggestion = token.Text.Any(char.IsUpper) ? nearest : nearest.ToLowerInvariant();
            Add(new SqlDiagnostic(SqlRules.MisspeltKeyword, token.Span, token.Text, nearest) { Suggestion = suggestion });
            _tokens[_index] = token with { Keyword = nearest };
        }

        return true;
    }

    /// <summary>Clauses whose first word is a name elsewhere: EMIT, ALLOW LATENESS, LATE DATA, WINDOW w AS, FETCH, ASOF JOIN and the like.</summary>
    private bool AtContextualClause()
    {
        if (!Current.IsWord)
        {
            return false;
        }

        Token next = Peek(1);
        return Current.Keyword switch
        {
            "EMIT" => next.Is("ON") || next.Is("CHANGES") || next.Is("FINAL") || next.Is("EVERY") || next.Is("AFTER") || IsStrayWord(next),
            "ALLOW" => next.Is("LATENESS") || IsStrayWord(next),
            "LATE" => next.Is("DATA") || IsStrayWord(next),
            "WINDOW" => IsName(next) && Peek(2).Is("AS"),
            "FETCH" => next.Is("FIRST") || next.Is("NEXT"),
            "ASOF" => next.Is("JOIN") || next.Is("LEFT") || next.Is("INNER"),
            "SEMI" or "ANTI" => next.Is("JOIN"),
            "MATCH_CONDITION" or "MATCH_RECOGNIZE" => next.Is("("),
            _ => false,
        };
    }

    /// <summary>A word that can't follow an alias, so the word before it can't be one.</summary>
    private bool IsStrayWord(Token token) => token.IsWord && !Keywords.StopsExpression(token.Keyword);

    private bool AtStatementStart() =>
        (At("CREATE") && Peek(1).IsWord && !Peek(1).Is("AS")) || At("INSERT", "INTO") || (At("DROP") && Peek(1).IsWord && _index > 0 && _tokens[_index - 1].Is(";"));

    /// <summary>Whether what stands at <paramref name="ahead"/> may follow an alias.</summary>
    private bool CanFollowAlias(int ahead)
    {
        Token token = Peek(ahead);
        if (token.Kind == TokenKind.End || token.Is(",") || token.Is(")") || token.Is(";") || token.Is("]") || Keywords.StopsQuery(token.Keyword) || Keywords.IsJoinWord(token.Keyword)
            || token.Is("WITH") || token.Is("FOR"))
        {
            return true;
        }

        int here = _index;
        _index = Math.Min(_index + ahead, _tokens.Length - 1);
        bool clause = AtContextualClause() || AtStatementStart();
        _index = here;
        return clause;
    }

    /// <summary>A reserved word stands where only a name makes sense of what follows.</summary>
    private bool IsNameMistake()
    {
        if (!Current.IsWord || !Keywords.IsReserved(Current.Keyword) || Keywords.IsStructural(Current.Keyword) || (At("END") && _cases > 0))
        {
            return false;
        }

        Token next = Peek(1);
        if (At("ORDER") || At("GROUP"))
        {
            return !next.Is("BY") && NearestName.Of(next.Text, OnlyBy) is null;
        }

        return next.Keyword switch
        {
            "," or ")" or ";" or "." or "=" or "<" or ">" or "<=" or ">=" or "<>" or "!=" or "/" or "%" or "||" or "::" => true,
            "FROM" or "AS" or "IS" or "ASC" or "DESC" => !At("FROM") || next.Is("FROM"),
            _ => next.Kind == TokenKind.End && !Keywords.StopsQuery(Current.Keyword),
        };
    }

    private static readonly IReadOnlyList<string> OnlyBy = new[] { "BY" };
}
