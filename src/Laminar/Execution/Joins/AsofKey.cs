namespace Laminar.Execution;

/// <summary>The rows of both sides of a join as of a time whose keys have one hash.</summary>
internal sealed class AsofKey<TLeft, TRight, TOut>
{
    /// <summary>Rows whose answer may still change, as they came.</summary>
    public List<Waiting> Lefts { get; } = [];

    /// <summary>In order of time, those of one time as they came.</summary>
    public List<(TRight Row, long Time)> Rights { get; } = [];

    /// <summary>So many rows of the right side are worth a look at which are out of reach.</summary>
    public int PruneAt { get; set; } = 16;

    public void AddRight(in TRight row, long time)
    {
        int at = Rights.Count;
        while (at > 0 && Rights[at - 1].Time > time)
        {
            at--;
        }

        Rights.Insert(at, (row, time));
    }

    /// <summary>A row of the left side.</summary>
    public struct Waiting
    {
        public TLeft Row;

        public long Time;

        /// <summary>How many came before it.</summary>
        public long Arrival;

        /// <summary>The time of the row that counts so far.</summary>
        public long BestTime;

        public bool HasBest;

        /// <summary>What is told of it, or will be.</summary>
        public TOut Result;
    }
}
