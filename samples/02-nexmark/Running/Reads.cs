namespace NexmarkQueries.Running;

/// <summary>Which sources a query reads.</summary>
[Flags]
public enum Reads
{
    None = 0,
    Persons = 1,
    Auctions = 2,
    Bids = 4,
    ArrivedBids = 8,
    SideInput = 16,
}
