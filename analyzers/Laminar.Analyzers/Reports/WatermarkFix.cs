using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Laminar.Analyzers.Rules;
using Laminar.Generators.Discovery;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Laminar.Analyzers.Reports;

/// <summary>For a window over a source without a watermark: <c>Watermark = "..."</c> in the attribute of the source's type, when that is in this project.</summary>
internal static class WatermarkFix
{
    public static FileFix[] Of(SqlDiagnostic diagnostic, IReadOnlyList<Relation> reads, Compilation compilation, CancellationToken cancellation)
    {
        if (diagnostic.Rule != SqlRules.NoWatermark
            || reads.FirstOrDefault(r => r.Name == diagnostic.Arguments[0]) is not { Kind: RelationKind.Source } source
            || TypeOf(source.ClrType, compilation) is not { } type
            || Symbols.Attribute(type, AttributeNames.StreamSource)?.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax attribute)
        {
            return [];
        }

        string argument = $"Watermark = \"{diagnostic.Arguments[1]}\"";
        (int at, string text) = attribute.ArgumentList switch
        {
            null => (attribute.Name.Span.End, "(" + argument + ")"),
            { Arguments.Count: 0 } list => (list.OpenParenToken.Span.End, argument),
            { } list => (list.Arguments.Last().Span.End, ", " + argument),
        };
        string path = attribute.SyntaxTree.FilePath;
        return [new FileFix("watermark", $"Add {argument} to '{type.Name}'", [new FileEdit(path, new TextSpan(at, 0), text)])];
    }

    private static INamedTypeSymbol? TypeOf(string clrType, Compilation compilation)
    {
        string name = clrType.Replace("global::", string.Empty);
        while (true)
        {
            if (compilation.Assembly.GetTypeByMetadataName(name) is { } type)
            {
                return type;
            }

            // The last dot may be one of a nested type.
            int dot = name.LastIndexOf('.');
            if (dot < 0)
            {
                return null;
            }

            name = name.Substring(0, dot) + "+" + name.Substring(dot + 1);
        }
    }
}
