using Laminar;

namespace NexmarkQueries.Inputs;

/// <summary>A row of q13's bounded side input.</summary>
[ReferenceTable("side_input")]
public readonly partial record struct SideInput([property: Key] long Key, string Value);
