using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Scripts;

/// <summary>The connector clause of a source or sink in its two spellings: <c>FROM FILE (...) WITH (...)</c> and <c>WITH (connector = 'file', ...)</c>.</summary>
/// <param name="Name">Lower case; empty when none is named.</param>
/// <param name="Span">Where it is named.</param>
/// <param name="Options">All others, FORMAT as <c>format</c> included.</param>
internal sealed record Connectors(string Name, TextSpan Span, IReadOnlyList<CompiledOption> Options)
{
    public static Connectors Of(ConnectorClause? clause, IReadOnlyList<OptionSyntax> with, TextSpan nameSpan)
    {
        var options = new List<CompiledOption>();
        string name = string.Empty;
        TextSpan span = nameSpan;
        if (clause is not null)
        {
            name = clause.Connector.Text.ToLowerInvariant();
            span = clause.Connector.Span;
            options.AddRange(clause.Options.Select(Option));
            if (clause.Format is { } format)
            {
                options.Add(new CompiledOption("format", format.Span, format.Text.ToLowerInvariant(), format.Span));
            }
        }

        foreach (OptionSyntax option in with)
        {
            if (clause is null && name.Length == 0 && string.Equals(option.Key, "connector", StringComparison.OrdinalIgnoreCase))
            {
                name = option.Value.Text.ToLowerInvariant();
                span = option.Value.Span;
            }
            else
            {
                options.Add(Option(option));
            }
        }

        return new Connectors(name, span, options);
    }

    private static CompiledOption Option(OptionSyntax option) => new(option.Key, option.KeySpan, Value(option.Value), option.Value.Span);

    private static string Value(LiteralExpression literal) => literal.Kind switch
    {
        LiteralKind.True => "true",
        LiteralKind.False => "false",
        _ => literal.Text,
    };
}
