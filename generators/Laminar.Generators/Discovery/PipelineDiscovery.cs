using System.Threading;
using Laminar.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Laminar.Generators.Discovery;

/// <summary>Reads a class with [StreamPipeline].</summary>
public static class PipelineDiscovery
{
    public static PipelineModel Read(INamedTypeSymbol type, AttributeData attribute, CancellationToken cancellation)
    {
        string sql = Symbols.ConstructorArgument(attribute, 0) as string ?? "";
        string file = Symbols.NamedArgument(attribute, "File") as string ?? "";
        return new PipelineModel(TypeDiscovery.Read(type, cancellation).Without(new[] { "AddTo", "RunAsync" }))
        {
            Sql = sql,
            File = file,
            IsTextMissing = sql.Length == 0 && file.Length == 0,
        };
    }
}
