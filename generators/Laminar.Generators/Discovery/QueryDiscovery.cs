using System.Linq;
using System.Threading;
using Laminar.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Laminar.Generators.Discovery;

/// <summary>Reads a class with [StreamQuery] or [StreamQuery&lt;TRow&gt;]. The SQL is the constant's value, however it is written.</summary>
public static class QueryDiscovery
{
    /// <summary>What calling code names in a query class, and the queries inside it. Other nested types give way: see <c>NestedNames</c>.</summary>
    private static readonly string[] ReservedNames = new[] { "Row", "Query", "Info", "Definition", "Create", "Restore", "AddTo" }.Concat(Enumerable.Range(1, 99).Select(i => "Inner" + i)).ToArray();

    public static QueryModel Read(INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellation)
    {
        string sql = Symbols.ConstructorArgument(attribute, 0) as string ?? "";
        string file = Symbols.NamedArgument(attribute, "File") as string ?? "";
        RowTypeModel? mappedRow = MappedRow(type, attribute, cancellation);
        TypeModel model = TypeDiscovery.Read(type, cancellation).Without(mappedRow is null ? ReservedNames : ReservedNames.Where(name => name != "Row"));
        return new QueryModel(model, Symbols.NamedArgument(attribute, "Name") is string { Length: > 0 } name ? name : type.Name)
        {
            Sql = sql,
            File = file,
            MappedRow = mappedRow,
            IsTextMissing = sql.Length == 0 && file.Length == 0,
        };
    }

    private static RowTypeModel? MappedRow(INamedTypeSymbol query, AttributeData attribute, CancellationToken cancellation)
    {
        if (attribute.AttributeClass is not { TypeArguments: { Length: 1 } arguments } || arguments[0] is not INamedTypeSymbol row)
        {
            return null;
        }

        RowTypeModel model = RowTypeDiscovery.Read(row, cancellation);
        bool isSource = Symbols.Attribute(row, AttributeNames.StreamSource) is not null;
        bool isHere = SymbolEqualityComparer.Default.Equals(row.ContainingAssembly, query.ContainingAssembly);
        if (isSource || model.IsStreamRow)
        {
            // It writes itself; being partial or generic is then no matter.
            TypeProblem problem = model.Problem is TypeProblem.NoConstructor or TypeProblem.NotConstructible or TypeProblem.NoColumns ? model.Problem : TypeProblem.None;
            return model with { IsStreamRow = true, Type = model.Type with { Problem = isSource && isHere ? model.Problem : problem } };
        }

        return isHere ? model : model with { Type = model.Type with { Problem = TypeProblem.Foreign } };
    }
}
