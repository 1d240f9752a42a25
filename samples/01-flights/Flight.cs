using Laminar;

namespace Flights;

/// <summary>One departure. The file is in order of departure, so the watermark follows without delay.</summary>
[StreamSource("flights", Watermark = "departure")]
public readonly partial record struct Flight(DateTime Departure, int Delay, int Distance, string Origin, string Destination);
