using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.State;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>What functions over partitions come to at a row, each worked out from all rows of the partition.</summary>
internal sealed class OverResults(OverNode node, BoxedValues[] values, OverPlaces places)
{
    private readonly FrameResults _frames = new(node, values);

    /// <param name="number">Which function.</param>
    /// <param name="partition">Its rows in order.</param>
    /// <param name="index">The row.</param>
    /// <param name="errors">Where an error goes, at <paramref name="row"/>.</param>
    /// <param name="row">The row in the output's chunk.</param>
    public object? Of(int number, List<object?[]> partition, int index, ChunkErrors errors, int row)
    {
        OverFunction function = node.Functions[number];
        bool IsPeer(int other) => places.Order(partition[index], partition[other]) == 0;
        int Peers() => Enumerable.Range(0, index + 1).First(IsPeer);
        switch (function.Name)
        {
            case var _ when function.Aggregate is not null:
                (int from, int to) = places.Frame(partition, index);
                return _frames.Of(number, partition, from, to, errors, row);
            case "NTH_VALUE":
                (int first, int end) = places.Frame(partition, index);
                return first + function.Number - 1 < end ? partition[(int)(first + function.Number - 1)][function.Arguments[0]] : null;
            case "ROW_NUMBER":
                return index + 1L;
            case "RANK":
                return Peers() + 1L;
            case "DENSE_RANK":
                return 1L + Enumerable.Range(0, index).Count(i => places.Order(partition[i], partition[i + 1]) != 0);
            case "PERCENT_RANK":
                return partition.Count == 1 ? 0.0 : Peers() / (partition.Count - 1.0);
            case "CUME_DIST":
                return Enumerable.Range(0, partition.Count).Count(i => i < index || IsPeer(i)) / (double)partition.Count;
            case "NTILE":
                // The first buckets are one larger where rows don't divide.
                long bucket = 1;
                for (long left = index; left >= (partition.Count / function.Number) + (bucket <= partition.Count % function.Number ? 1 : 0); bucket++)
                {
                    left -= (partition.Count / function.Number) + (bucket <= partition.Count % function.Number ? 1 : 0);
                }

                return bucket;
            default:
                int step = function.Name == "LAG" ? -1 : 1;
                int at = index;
                for (long left = function.Number; left > 0 && at >= 0 && at < partition.Count;)
                {
                    at += step;
                    left -= !function.IgnoreNulls || (at >= 0 && at < partition.Count && partition[at][function.Arguments[0]] is not null) ? 1 : 0;
                }

                return at >= 0 && at < partition.Count ? partition[at][function.Arguments[0]] : function.Arguments.Count > 1 ? partition[index][function.Arguments[1]] : null;
        }
    }
}
