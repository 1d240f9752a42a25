namespace Laminar.Generators.Model;

/// <summary>Every relation that SQL of this project can name, with the output of its queries resolved.</summary>
/// <param name="Relations">Sources, then queries, then what other assemblies export; of equal names the first counts.</param>
/// <param name="Cycles">Full names of query classes that read themselves, directly or through others.</param>
public sealed record SignatureSet(EquatableArray<RelationModel> Relations, EquatableArray<string> Cycles)
{
    /// <summary>What expressions can call besides the language's own functions.</summary>
    public FunctionSet Functions { get; init; } = FunctionSet.Empty;
}
