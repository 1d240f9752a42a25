using Laminar.Bench.Inputs;

namespace Laminar.Bench.HandWritten;

/// <summary>Joins by hand that are fed as a query is: in slices, one side after the other.</summary>
public static class PushedLoops
{
    public static Outcome Interval(Market market, int rows)
    {
        var join = new PushedInterval();
        market.PushBids(join, join, rows);
        return join.LateRows == 0 ? join.Outcome : throw new InvalidOperationException("No row is late here.");
    }

    public static Outcome Last(Market market, int rows)
    {
        var join = new PushedLast();
        market.PushBids(join, join, rows);
        join.Complete();
        return join.LateRows == 0 ? join.Outcome : throw new InvalidOperationException("No row is late here.");
    }
}
