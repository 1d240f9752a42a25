namespace Laminar.Nexmark.Tests;

/// <summary>The events as tables of DuckDB, each row with its place in the order of arrival, <c>n</c>.</summary>
internal sealed class Batch : DuckDbTables
{
    private static readonly Lazy<Batch> Ordered = new(() => new Batch(Events.Of(false)));
    private static readonly Lazy<Batch> Disordered = new(() => new Batch(Events.Of(true)));

    private Batch(Events events)
    {
        Execute("CREATE TABLE person (n BIGINT, id BIGINT, name VARCHAR, city VARCHAR, state VARCHAR, date_time TIMESTAMP)");
        Execute("CREATE TABLE auction (n BIGINT, id BIGINT, item_name VARCHAR, description VARCHAR, initial_bid BIGINT, reserve BIGINT, date_time TIMESTAMP, expires TIMESTAMP, seller BIGINT, category BIGINT, extra VARCHAR)");
        Execute("CREATE TABLE bid (n BIGINT, auction BIGINT, bidder BIGINT, price BIGINT, channel VARCHAR, url VARCHAR, date_time TIMESTAMP, extra VARCHAR)");
        Execute("CREATE TABLE arrived_bid (n BIGINT, bidder BIGINT, p_time TIMESTAMP)");
        Execute("CREATE TABLE side_input (n BIGINT, key BIGINT, value VARCHAR)");
        Fill("person", events.Persons, (row, p) => row.AppendValue(p.Id).AppendValue(p.Name).AppendValue(p.City).AppendValue(p.State).AppendValue(p.DateTime));
        Fill("auction", events.Auctions, (row, a) => row.AppendValue(a.Id).AppendValue(a.ItemName).AppendValue(a.Description).AppendValue(a.InitialBid).AppendValue(a.Reserve)
            .AppendValue(a.DateTime).AppendValue(a.Expires).AppendValue(a.Seller).AppendValue(a.Category).AppendValue(a.Extra));
        Fill("bid", events.Bids, (row, b) => row.AppendValue(b.Auction).AppendValue(b.Bidder).AppendValue(b.Price).AppendValue(b.Channel).AppendValue(b.Url).AppendValue(b.DateTime).AppendValue(b.Extra));
        Fill("arrived_bid", events.ArrivedBids, (row, b) => row.AppendValue(b.Bidder).AppendValue(b.PTime));
        Fill("side_input", events.SideInput, (row, s) => row.AppendValue(s.Key).AppendValue(s.Value));
    }

    public static Batch Of(bool disordered) => (disordered ? Disordered : Ordered).Value;

    public static void Forget()
    {
        foreach (Lazy<Batch> batch in (Lazy<Batch>[])[Ordered, Disordered])
        {
            if (batch.IsValueCreated)
            {
                batch.Value.Dispose();
            }
        }
    }
}
