namespace Laminar.Nexmark;

/// <summary>
/// Which event is what: of every 50 the first is a person, the next three are auctions, the others bids. Ids are counted from what came before,
/// so that they need no state.
/// </summary>
internal static class EventNumbers
{
    public const int Persons = 1;
    public const int Auctions = 3;
    public const int Total = 50;

    /// <summary>The newest person at this event, from 0.</summary>
    public static long LastPerson(long number) => number / Total;

    /// <summary>The newest auction at this event, from 0; -1 before the first.</summary>
    public static long LastAuction(long number)
    {
        (long group, long offset) = Math.DivRem(number, Total);
        long made = Math.Clamp(offset - Persons + 1, 0, Auctions);
        return (group * Auctions) + made - 1;
    }

    public static bool IsPerson(long number) => number % Total < Persons;

    public static bool IsAuction(long number) => (ulong)(number % Total) - Persons < Auctions;

    public static bool IsBid(long number) => number % Total >= Persons + Auctions;
}
