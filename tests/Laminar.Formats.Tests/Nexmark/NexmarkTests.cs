using Laminar.Nexmark;

namespace Laminar.Formats.Tests;

/// <summary>The events have the public generator's shape.</summary>
public sealed class NexmarkTests
{
    private const int Bids = 460_000;

    private static BidLite[] Lite(NexmarkOptions? options = null, int cut = Bids)
    {
        var generator = new NexmarkGenerator(options);
        var bids = new BidLite[Bids];
        for (int i = 0; i < Bids; i += cut)
        {
            generator.Fill(bids.AsSpan(i, Math.Min(cut, Bids - i)));
        }

        return bids;
    }

    [Test]
    public void The_same_seed_gives_the_same_bids_in_any_cut()
    {
        BidLite[] bids = Lite();
        Assert.That(Lite(cut: 777).AsSpan().SequenceEqual(bids));
        Assert.That(Lite(new NexmarkOptions { Seed = 7 }).AsSpan().SequenceEqual(bids), Is.False);
    }

    [Test]
    public void Kinds_come_as_1_to_3_to_46_and_time_passes_at_the_rate()
    {
        var generator = new NexmarkGenerator();
        DateTime end = new NexmarkOptions().Start.AddSeconds(10);
        Assert.That(generator.Fill(new Person[10_000], end), Is.EqualTo(2_000));
        Assert.That(generator.Fill(new Auction[10_000], end), Is.EqualTo(6_000));
        var bids = new Bid[100_000];
        Assert.That(generator.Fill(bids, end), Is.EqualTo(92_000));
        Assert.That(bids[91_999].DateTime, Is.LessThan(end).And.GreaterThanOrEqualTo(end.AddMilliseconds(-1)));
    }

    [Test]
    public void Parts_share_the_events_and_go_on_from_a_position()
    {
        var options = new NexmarkOptions { Disorder = TimeSpan.FromSeconds(1) };
        DateTime end = options.Start.AddSeconds(10);
        var all = new Bid[92_000];
        Assert.That(new NexmarkGenerator(options).Fill(all, end), Is.EqualTo(all.Length));
        var parts = new List<Bid>();
        for (int part = 0; part < 3; part++)
        {
            var generator = new NexmarkGenerator(options with { Parts = 3, Part = part });
            var rows = new Bid[1000];
            int count = generator.Fill(rows, end);
            while (count == rows.Length)
            {
                parts.AddRange(rows);
                generator = new NexmarkGenerator(options with { Parts = 3, Part = part }) { BidPosition = generator.BidPosition };
                count = generator.Fill(rows, end);
            }

            parts.AddRange(rows[..count]);
        }

        Assert.That(parts.OrderBy(b => b.DateTime).SequenceEqual(all.OrderBy(b => b.DateTime)));
    }

    [Test]
    public void Hot_ones_prices_and_channels_are_as_often_as_they_should_be()
    {
        BidLite[] bids = Lite();
        double Share(Func<BidLite, bool> which) => bids.Count(which) / (double)Bids;
        Assert.That(Share(b => (b.Auction - 1000) % 100 == 0), Is.EqualTo(0.505).Within(0.01), "half on the hot auction, and one in a hundred of the others by chance");
        Assert.That(Share(b => (b.Bidder - 1000) % 100 == 1), Is.EqualTo(0.7525).Within(0.01));
        Assert.That(Share(b => b.Price < 100_000), Is.EqualTo(0.5).Within(0.01), "log-uniform from 100 to 100,000,000: the middle is 100,000");
        Assert.That(bids.Min(b => b.Price), Is.InRange(100, 101));
        Assert.That(bids.Max(b => b.Price), Is.InRange(99_000_000, 100_000_000));
        Assert.That(Share(b => b.Channel < 4), Is.EqualTo(0.5).Within(0.01));
        int perWindow = bids.Where(b => b.Ts < bids[0].Ts.AddSeconds(20) && b.Ts >= bids[0].Ts.AddSeconds(10)).Select(b => b.Auction).Distinct().Count();
        Assert.That(perWindow, Is.EqualTo(6_100).Within(60), "distinct auctions in 10 s");
    }

    [Test]
    public void Text_bids_are_the_numeric_ones_and_share_their_texts()
    {
        var generator = new NexmarkGenerator();
        var bids = new Bid[20_000];
        var lite = new BidLite[bids.Length];
        generator.Fill(bids);
        generator.Fill(lite);
        for (int i = 0; i < bids.Length; i++)
        {
            Assert.That((bids[i].Auction, bids[i].Bidder, bids[i].Price, bids[i].DateTime), Is.EqualTo((lite[i].Auction, lite[i].Bidder, lite[i].Price, lite[i].Ts)));
            Assert.That(bids[i].Channel, Is.EqualTo(lite[i].Channel < 4 ? new[] { "Google", "Facebook", "Baidu", "Apple" }[lite[i].Channel] : $"channel-{lite[i].Channel - 4}"));
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        generator.Fill(bids);
        generator.Fill(lite);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1000));
    }

    [Test]
    public void Auctions_refer_to_people_and_end_in_the_future()
    {
        var auctions = new Auction[30_000];
        new NexmarkGenerator().Fill(auctions);
        Assert.That(auctions.Select(a => a.Id), Is.EqualTo(Enumerable.Range(1000, auctions.Length).Select(i => (long)i)));
        Assert.That(auctions.All(a => a.Expires > a.DateTime && a.Expires <= a.DateTime.AddSeconds(1) && a.Category is >= 10 and <= 14 && a.Reserve > a.InitialBid));
        Assert.That(auctions.Count(a => (a.Seller - 1000) % 100 == 0) / (double)auctions.Length, Is.EqualTo(0.7525).Within(0.01));
    }

    [Test]
    public void Generated_readers_and_writers_bring_events_through_JSON()
    {
        Assert.That(ThroughJson(generator => { var rows = new Person[50]; generator.Fill(rows); return rows; }));
        Assert.That(ThroughJson(generator => { var rows = new Auction[50]; generator.Fill(rows); return rows; }));
        Assert.That(ThroughJson(generator => { var rows = new Bid[50]; generator.Fill(rows); return rows; }));
        Assert.That(ThroughJson(generator => { var rows = new BidLite[50]; generator.Fill(rows); return rows; }));
    }

    private static bool ThroughJson<TRow>(Func<NexmarkGenerator, TRow[]> make)
        where TRow : ISourceRow<TRow>
    {
        using var encoder = new JsonRowEncoder<TRow>();
        var decoder = new JsonRowDecoder<TRow>();
        var to = new System.Buffers.ArrayBufferWriter<byte>();
        return make(new NexmarkGenerator()).All(row =>
        {
            to.ResetWrittenCount();
            encoder.Write(in row, to);
            return Equals(decoder.Decode(to.WrittenSpan[..^1]), row);
        });
    }

    [Test]
    public void Disorder_permutes_the_same_events_within_its_bound()
    {
        BidLite[] bids = Lite(new NexmarkOptions { Disorder = TimeSpan.FromSeconds(2) });
        DateTime newest = DateTime.MinValue;
        int behind = 0;
        foreach (BidLite bid in bids)
        {
            Assert.That(newest - bid.Ts, Is.LessThan(TimeSpan.FromSeconds(2)));
            behind += bid.Ts < newest ? 1 : 0;
            newest = bid.Ts > newest ? bid.Ts : newest;
        }

        Assert.That(behind, Is.GreaterThan(Bids / 2));
        Assert.That(bids.OrderBy(b => b.Ts), Is.EqualTo(Lite()));
    }
}
