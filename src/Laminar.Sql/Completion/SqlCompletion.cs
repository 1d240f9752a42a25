using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Completion;

/// <summary>What can stand at a place of a SQL text that is being written. Works on tokens, because such a text seldom parses. Never throws on any text.</summary>
public static class SqlCompletion
{
    /// <summary>In the text of one query.</summary>
    /// <param name="sql">The whole text, also behind the place: names of FROM are wanted in the select list before it.</param>
    /// <param name="position">From 0 to the length of the text.</param>
    /// <param name="catalog">What FROM can name.</param>
    public static SqlCompletionList InQuery(string sql, int position, ICatalog catalog) => At(sql, position, catalog, isScript: false);

    /// <summary>In the text of a script: sources and streams of its other statements are in sight too.</summary>
    public static SqlCompletionList InScript(string sql, int position, ICatalog catalog)
    {
        position = Math.Max(0, Math.Min(position, sql.Length));
        Token[] tokens = Lexer.Tokenize(sql, new DiagnosticBag());
        int start = tokens.Where(t => t.Is(";") && t.Span.End <= position).Select(t => t.Span.End).LastOrDefault();
        int end = tokens.Where(t => t.Is(";") && t.Span.Start >= position).Select(t => t.Span.Start).DefaultIfEmpty(sql.Length).First();

        // The statement that is being written would keep the others from being compiled.
        string others = sql.Substring(0, start) + new string(' ', end - start) + sql.Substring(end).TrimStart(';');
        CompiledScript script = SqlCompiler.CompileScript(others, catalog);
        DictionaryCatalog all = new(script.Sources.Select(s => s.Relation).Concat(script.Streams.Select(s => s.Relation)).Concat(script.Streams.Select(s => s.Late).OfType<Relation>()).Concat(catalog.Relations)) { Functions = catalog.Functions };
        return At(sql, position, all, isScript: true);
    }

    private static SqlCompletionList At(string sql, int position, ICatalog catalog, bool isScript)
    {
        position = Math.Max(0, Math.Min(position, sql.Length));
        Token[] tokens = Lexer.Tokenize(sql, new DiagnosticBag());
        int next = Array.FindIndex(tokens, t => t.Span.Length > 0 && t.Span.End >= position);
        next = next < 0 ? tokens.Length - 1 : next;
        Token token = tokens[next];
        bool inside = token.Span.Start < position && position <= token.Span.End;
        TextSpan replaces = new(position, 0);
        if (inside && (token.IsWord || token.Kind == TokenKind.QuotedName))
        {
            replaces = token.Span;
        }
        else if (inside && token.Kind is TokenKind.String or TokenKind.Bytes or TokenKind.Integer or TokenKind.Decimal or TokenKind.Double or TokenKind.Parameter)
        {
            bool behind = position == token.Span.End && token.Kind == TokenKind.String && sql[position - 1] == '\'' && token.Span.Length > 1;
            if (!behind)
            {
                return SqlCompletionList.Nothing(position);
            }

            next++;
        }
        else if (inside)
        {
            next++;
        }

        if (replaces.Length == 0 && InComment(sql, next == 0 ? 0 : tokens[next - 1].Span.End, position))
        {
            return SqlCompletionList.Nothing(position);
        }

        IEnumerable<SqlCompletionItem> items = new Expectation(new CaretFrame(tokens, next), catalog, isScript).Items();
        return new SqlCompletionList(replaces, items.GroupBy(i => (i.Text, i.Kind)).Select(g => g.First()).ToArray());
    }

    private static bool InComment(string sql, int start, int position)
    {
        bool line = false;
        int block = 0;
        for (int i = start; i < position; i++)
        {
            bool pair(char a, char b) => i + 1 < position && sql[i] == a && sql[i + 1] == b;
            if (line)
            {
                line = sql[i] is not ('\n' or '\r');
            }
            else if (pair('/', '*'))
            {
                block++;
                i++;
            }
            else if (block > 0 && pair('*', '/'))
            {
                block--;
                i++;
            }
            else if (block == 0 && pair('-', '-'))
            {
                line = true;
            }
        }

        return line || block > 0;
    }
}
