namespace Laminar.Nexmark;

/// <summary>The texts of events, made once from a seed and handed out by number.</summary>
internal sealed class TextPool
{
    public const int Channels = 10_000;
    private const int Size = 4096;

    private static readonly string[] FirstNames = ["Peter", "Paul", "Luke", "John", "Saul", "Vicky", "Kate", "Julie", "Sarah", "Deiter", "Walter"];
    private static readonly string[] LastNames = ["Shultz", "Abrams", "Spencer", "White", "Bartels", "Walton", "Smith", "Jones", "Noris"];

    public TextPool(ulong seed)
    {
        var random = new EventRandom(seed, -1);
        HotUrls = [Url(ref random), Url(ref random), Url(ref random), Url(ref random)];
        ChannelNames = new string[Channels];
        Urls = new string[Channels];
        for (int i = 0; i < Channels; i++)
        {
            ChannelNames[i] = $"channel-{i}";
            Urls[i] = random.Below(10) > 0 ? $"{Url(ref random)}&channel_id={random.Below(int.MaxValue)}" : Url(ref random);
        }

        Names = [.. FirstNames.SelectMany(first => LastNames.Select(last => $"{first} {last}"))];
        Emails = Many(ref random, (ref EventRandom r) => $"{Word(ref r, 7)}@{Word(ref r, 5)}.com");
        CreditCards = Many(ref random, (ref EventRandom r) => $"{r.Below(10_000):D4} {r.Below(10_000):D4} {r.Below(10_000):D4} {r.Below(10_000):D4}");
        ItemNames = Many(ref random, (ref EventRandom r) => Word(ref r, 20));
        Descriptions = Many(ref random, (ref EventRandom r) => Word(ref r, 100));
        BidExtras = Extras(ref random, 68);
        PersonExtras = Extras(ref random, 120);
        AuctionExtras = Extras(ref random, 380);
    }

    private delegate string Make(ref EventRandom random);

    public static string[] HotChannels { get; } = ["Google", "Facebook", "Baidu", "Apple"];

    public static string[] Cities { get; } =
        ["Phoenix", "Los Angeles", "San Francisco", "Boise", "Portland", "Bend", "Redmond", "Seattle", "Kent", "Cheyenne"];

    public static string[] States { get; } = ["AZ", "CA", "ID", "OR", "WA", "WY"];

    public string[] HotUrls { get; }

    public string[] ChannelNames { get; }

    public string[] Urls { get; }

    public string[] Names { get; }

    public string[] Emails { get; }

    public string[] CreditCards { get; }

    public string[] ItemNames { get; }

    public string[] Descriptions { get; }

    public string[] BidExtras { get; }

    public string[] PersonExtras { get; }

    public string[] AuctionExtras { get; }

    private static string[] Many(ref EventRandom random, Make make)
    {
        var texts = new string[Size];
        for (int i = 0; i < Size; i++)
        {
            texts[i] = make(ref random);
        }

        return texts;
    }

    /// <summary>What fills an event up to its usual size, a fifth more or less.</summary>
    private static string[] Extras(ref EventRandom random, int length) =>
        Many(ref random, (ref EventRandom r) => Letters(ref r, (int)(length - (length / 5) + r.Below((2 * length / 5) + 1))));

    private static string Url(ref EventRandom random) =>
        $"https://www.nexmark.com/{Letters(ref random, 5)}/{Letters(ref random, 5)}/{Letters(ref random, 5)}/item.htm?query=1";

    /// <summary>Letters, 3 to <paramref name="most"/>, with a blank now and then.</summary>
    private static string Word(ref EventRandom random, int most)
    {
        var chars = new char[3 + random.Below(most - 2)];
        for (int i = 0; i < chars.Length; i++)
        {
            chars[i] = most > 7 && random.Below(13) == 0 ? ' ' : (char)('a' + random.Below(26));
        }

        return new string(chars).Trim() is { Length: > 0 } word ? word : "x";
    }

    private static string Letters(ref EventRandom random, int length)
    {
        var chars = new char[length];
        for (int i = 0; i < length; i++)
        {
            chars[i] = (char)('a' + random.Below(26));
        }

        return new string(chars);
    }
}
