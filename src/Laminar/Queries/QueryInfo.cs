namespace Laminar;

/// <summary>What is known about a query at build time.</summary>
/// <param name="Name">The name by which other queries read it.</param>
/// <param name="Sql">The text as written.</param>
/// <param name="Plan">The plan as indented text: windows, state, watermark, changelog mode.</param>
/// <param name="PlanGraph">The plan as a Mermaid flowchart.</param>
/// <param name="Schema">The output columns.</param>
/// <param name="StateFingerprint">Identifies the layout of saved state: equal fingerprints restore each other's snapshots.</param>
public sealed record QueryInfo(string Name, string Sql, string Plan, string PlanGraph, RowSchema Schema, string StateFingerprint)
{
    /// <summary>What rows of the result are told apart by.</summary>
    public ViewInfo View { get; init; } = ViewInfo.None;

    /// <summary>The output columns as an Arrow schema.</summary>
    public Apache.Arrow.Schema OutputSchema => ArrowSchema.Of(Schema);
}
