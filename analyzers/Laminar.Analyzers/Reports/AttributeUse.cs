using System.Linq;
using System.Threading;
using Laminar.Analyzers.Literals;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Laminar.Analyzers.Reports;

/// <summary>One of our attributes on a type.</summary>
internal sealed record AttributeUse(
    INamedTypeSymbol Type, TypeDeclarationSyntax Declaration, AttributeData Attribute, AttributeSyntax Syntax, SemanticModel Model, Compilation Compilation)
{
    /// <summary>The type's name where the attribute stands.</summary>
    public Location NameLocation => Declaration.Identifier.GetLocation();

    public string Name => Type.Name;

    /// <summary>The first positional argument.</summary>
    public AttributeArgumentSyntax? Positional => Syntax.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals is null);

    public AttributeArgumentSyntax? Named(string name) => Syntax.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    public SqlPlace Place(AttributeArgumentSyntax argument, string sql, CancellationToken cancellation) =>
        SqlPlace.In(LiteralMap.Of(argument.Expression, sql, ModelOf, cancellation));

    public Location LocationOf(AttributeArgumentSyntax? argument) => argument?.Expression.GetLocation() ?? NameLocation;

    private SemanticModel ModelOf(SyntaxTree tree)
    {
        if (tree == Model.SyntaxTree)
        {
            return Model;
        }

        // A constant in another file: rare, and there is no other way to read a constant that is itself made of constants.
#pragma warning disable RS1030
        return Compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
    }
}

