using Laminar;

namespace NexmarkQueries.Inputs;

/// <summary>A row of q13's bounded side input, which is valid from before the first bid, so that every bid finds its row.</summary>
[StreamSource("side_input", Watermark = "valid_from")]
public readonly partial record struct SideInput(long Key, string Value, DateTime ValidFrom);
