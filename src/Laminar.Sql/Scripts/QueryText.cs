using System;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Scripts;

/// <summary>
/// A query inside a script. It is compiled from its own text, so that spans in its plan refer to that text; findings are moved back to the script.
/// </summary>
internal sealed class QueryText
{
    private readonly string _script;

    public QueryText(string script, TextSpan span)
    {
        _script = script;
        int start = Math.Min(Math.Max(0, span.Start), script.Length);
        Span = TextSpan.FromBounds(start, Math.Min(Math.Max(start, span.End), script.Length));
        Text = script.Substring(Span.Start, Span.Length);
    }

    public TextSpan Span { get; }

    public string Text { get; private set; }

    /// <summary>Text put before the query (<c>SELECT * FROM s WHERE </c>), which has no place in the script.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>What stands in WITH (...) before AS, with its places in the script: the same as behind the query.</summary>
    public SyntaxList<OptionSyntax> Options { get; init; } = SyntaxList<OptionSyntax>.Empty;

    public CompiledQuery Compile(string name, ScriptCatalog catalog, DiagnosticBag diagnostics)
    {
        Text = Prefix + _script.Substring(Span.Start, Span.Length);
        ParseResult<QuerySyntax> parsed = SqlParser.ParseQuery(Text);

        // Places before the query are negative in its text, and come out right when findings are moved back.
        TextSpan Here(TextSpan span) => new(span.Start - Span.Start, span.Length);
        QuerySyntax root = Options.Count == 0
            ? parsed.Root
            : parsed.Root with { Options = new SyntaxList<OptionSyntax>(Options.Select(o => o with { KeySpan = Here(o.KeySpan), Span = Here(o.Span), Value = o.Value with { Span = Here(o.Value.Span) } }).Concat(parsed.Root.Options).ToArray()) };
        CompiledQuery compiled = SqlCompiler.CompileTree(root, parsed.Diagnostics, Text, name, catalog);
        foreach (SqlDiagnostic found in compiled.Diagnostics)
        {
            // A stream that failed has its own errors; its readers don't repeat them as an unknown name.
            bool echo = found.Rule == SqlRules.UnknownRelation && catalog.IsBroken(found.Arguments[0]);
            if (!echo)
            {
                int start = (Prefix.Length == 0 ? found.Span.Start : Math.Max(0, found.Span.Start - Prefix.Length)) + Span.Start;
                diagnostics.Add(found.Moved(Span.Start - Prefix.Length, new TextSpan(Math.Min(start, _script.Length), Math.Min(found.Span.Length, Math.Max(0, _script.Length - start)))));
            }
        }

        return compiled;
    }
}
