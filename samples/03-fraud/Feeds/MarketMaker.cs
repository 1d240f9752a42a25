namespace Fraud.Feeds;

/// <summary>
/// A seeded market, the reference's: five symbols, five accounts and now and then one of three others, a trade every 50 ms, and for three trades in ten an order at
/// the same time, of the same account and symbol, at a price within 0.2 % of the trade's. Every event is a function of its number.
/// </summary>
public static class MarketMaker
{
    /// <summary>Event time between two trades.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private const int References = 65_536;

    private static readonly DateTime Start = new(2025, 1, 2, 9, 30, 0, DateTimeKind.Utc);
    private static readonly string[] Symbols = ["AAPL", "GOOGL", "MSFT", "AMZN", "TSLA"];
    private static readonly double[] BasePrices = [150, 175, 420, 185, 250];
    private static readonly string[] Accounts = ["ACC-001", "ACC-002", "ACC-003", "ACC-004", "ACC-005"];
    private static readonly string[] RareAccounts = ["ACC-X01", "ACC-X02", "ACC-X03"];

    // The references of orders begin anew behind so many trades, so that making them allocates nothing.
    private static readonly string[] OrderIds = [.. Enumerable.Range(0, References).Select(i => $"ORD-{i:D5}")];

    /// <summary>The trade of a number.</summary>
    public static Trade TradeAt(long number)
    {
        ulong random = Random(number);
        int symbol = SymbolOf(random);
        return new Trade(AccountOf(random), Symbols[symbol], SideOf(random), PriceOf(random, symbol), VolumeOf(random), HasOrder(number) ? OrderIds[number % References] : "", TimeOf(number));
    }

    /// <summary>True where the trade of this number has an order.</summary>
    public static bool HasOrder(long number) => (Random(number) >> 48) % 10 < 3;

    /// <summary>The order of a trade that has one.</summary>
    public static Order OrderAt(long number)
    {
        ulong random = Random(number);
        int symbol = SymbolOf(random);
        double apart = 1 + ((((random >> 20) & 0xFF) / 255.0 - 0.5) * 0.004);
        return new Order(OrderIds[number % References], AccountOf(random), Symbols[symbol], SideOf(random), VolumeOf(random), Math.Round(PriceOf(random, symbol) * apart, 2), TimeOf(number));
    }

    private static DateTime TimeOf(long number) => Start.AddTicks(Step.Ticks * number);

    private static int SymbolOf(ulong random) => (int)(random % (ulong)Symbols.Length);

    private static string AccountOf(ulong random) => (random >> 56) % 64 == 0
        ? RareAccounts[(random >> 8) % (ulong)RareAccounts.Length]
        : Accounts[(random >> 8) % (ulong)Accounts.Length];

    private static string SideOf(ulong random) => ((random >> 28) & 1) == 0 ? "buy" : "sell";

    private static double PriceOf(ulong random, int symbol) => Math.Round(BasePrices[symbol] * (0.99 + (((random >> 32) & 0x3FF) / 1023.0 * 0.02)), 2);

    private static long VolumeOf(ulong random) => 10 + (long)((random >> 40) & 0x7F);

    // SplitMix64 (Steele, Lea, Flood, 2014).
    private static ulong Random(long number)
    {
        ulong z = ((ulong)number + 1) * 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
