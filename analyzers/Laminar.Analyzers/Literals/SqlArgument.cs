using System.Threading;
using Laminar.Generators.Discovery;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Laminar.Analyzers.Literals;

/// <summary>The argument of one of our attributes that is SQL, for editors.</summary>
/// <param name="Sql">Its value; empty when it isn't constant.</param>
/// <param name="Map">Its places.</param>
/// <param name="IsScript">A pipeline's script rather than a query.</param>
internal sealed record SqlArgument(string Sql, LiteralMap Map, bool IsScript)
{
    /// <summary>Null when the argument is no SQL of ours.</summary>
    public static SqlArgument? Of(AttributeArgumentSyntax argument, SemanticModel model, CancellationToken cancellation)
    {
        if (argument is not { NameEquals: null, Parent.Parent: AttributeSyntax attribute } || model.GetSymbolInfo(attribute, cancellation).Symbol?.ContainingType is not { } type)
        {
            return null;
        }

        string name = Symbols.NameOf(type);
        if (name is not (AttributeNames.StreamPipeline or AttributeNames.StreamQuery or LaminarAnalyzer.MappedQueryName))
        {
            return null;
        }

        string sql = model.GetConstantValue(argument.Expression, cancellation).Value as string ?? string.Empty;
        return new SqlArgument(sql, MapOf(argument, sql, model, cancellation), name == AttributeNames.StreamPipeline);
    }

    public static LiteralMap MapOf(AttributeArgumentSyntax argument, string sql, SemanticModel model, CancellationToken cancellation)
    {
        // An editor asks for one place: a constant in another file is rare, and there is no other way to read it.
#pragma warning disable RS1030
        return LiteralMap.Of(argument.Expression, sql, tree => tree == model.SyntaxTree ? model : model.Compilation.GetSemanticModel(tree), cancellation);
#pragma warning restore RS1030
    }
}
