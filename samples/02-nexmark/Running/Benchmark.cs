using NexmarkQueries.Queries;
using NexmarkQueries.Queries.AsWritten;

namespace NexmarkQueries.Running;

/// <summary>All queries, in order, and behind them those whose public text is another one and runs too.</summary>
public static class Benchmark
{
    public static IReadOnlyList<NexmarkQuery> Queries { get; } =
    [
        NexmarkQuery.Appending("q0", Reads.Bids, Q0.Info, Q0.AddTo),
        NexmarkQuery.Appending("q1", Reads.Bids, Q1.Info, Q1.AddTo),
        NexmarkQuery.Appending("q2", Reads.Bids, Q2.Info, Q2.AddTo),
        NexmarkQuery.Appending("q3", Reads.Auctions | Reads.Persons, Q3.Info, Q3.AddTo),
        NexmarkQuery.Changing("q4", Reads.Auctions | Reads.Bids, Q4.Info, Q4.AddTo),
        NexmarkQuery.Appending("q5", Reads.Bids, Q5.Info, Q5.AddTo),
        NexmarkQuery.Appending("q6", Reads.Auctions | Reads.Bids, Q6.Info, Q6.AddTo),
        NexmarkQuery.Appending("q7", Reads.Bids, Q7.Info, Q7.AddTo),
        NexmarkQuery.Appending("q8", Reads.Auctions | Reads.Persons, Q8.Info, Q8.AddTo),
        NexmarkQuery.Changing("q9", Reads.Auctions | Reads.Bids, Q9.Info, Q9.AddTo),
        NexmarkQuery.Appending("q10", Reads.Bids, Q10.Info, Q10.AddTo),
        NexmarkQuery.Appending("q11", Reads.Bids, Q11.Info, Q11.AddTo),
        NexmarkQuery.Appending("q12", Reads.ArrivedBids, Q12.Info, Q12.AddTo),
        NexmarkQuery.Appending("q13", Reads.Bids | Reads.SideInput, Q13.Info, Q13.AddTo),
        NexmarkQuery.Appending("q14", Reads.Bids, Q14.Info, Q14.AddTo),
        NexmarkQuery.Changing("q15", Reads.Bids, Q15.Info, Q15.AddTo),
        NexmarkQuery.Changing("q16", Reads.Bids, Q16.Info, Q16.AddTo),
        NexmarkQuery.Changing("q17", Reads.Bids, Q17.Info, Q17.AddTo),
        NexmarkQuery.Changing("q18", Reads.Bids, Q18.Info, Q18.AddTo),
        NexmarkQuery.Changing("q19", Reads.Bids, Q19.Info, Q19.AddTo),
        NexmarkQuery.Appending("q20", Reads.Auctions | Reads.Bids, Q20.Info, Q20.AddTo),
        NexmarkQuery.Appending("q21", Reads.Bids, Q21.Info, Q21.AddTo),
        NexmarkQuery.Appending("q22", Reads.Bids, Q22.Info, Q22.AddTo),
        NexmarkQuery.Changing("q4-as-written", Reads.Auctions | Reads.Bids, Q4AsWritten.Info, Q4AsWritten.AddTo),
        NexmarkQuery.Changing("q5-as-written", Reads.Bids, Q5AsWritten.Info, Q5AsWritten.AddTo),
    ];
}
