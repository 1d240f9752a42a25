using BenchmarkDotNet.Attributes;
using Laminar.Bench.Inputs;
using Laminar.Bench.Queries;
using Laminar.Execution;
using Laminar.Runtime.Flow;
using Laminar.Runtime.Rings;

namespace Laminar.Bench.Micro;

/// <summary>Which core owns a row, per row: by hand, with the generated key hash, with a text key, and with the copy into the owner's ring.</summary>
[Config(typeof(MicroConfig))]
public class KeyRouting
{
    private const int Rows = 1 << 16;
    private const int KeyGroups = 128;
    private const int Cores = 2;

    private readonly Bid[] _bids = Bids.InOrder(Rows);
    private readonly TextBid[] _textBids = Bids.WithText(Rows);
    private readonly long[] _watermarks = new long[Rows];
    private readonly BatchRing<Bid>[] _rings = [new(64 * 1024), new(64 * 1024)];
    private KeyRouter<Bid, TumbleByAuction.Row> _byAuction = null!;
    private KeyRouter<TextBid, TumbleByChannel.Row> _byChannel = null!;
    private ExchangeOutput<Bid> _exchange = null!;

    [GlobalSetup]
    public void Setup()
    {
        _byAuction = new(StageCapture<Bid, TumbleByAuction.Row>.WholeOf(TumbleByAuction.Definition), KeyGroups, Cores);
        _byChannel = new(StageCapture<TextBid, TumbleByChannel.Row>.WholeOf(TumbleByChannel.Definition), KeyGroups, Cores);
        _exchange = new(_rings, _byAuction, sendsWatermarks: true);
    }

    /// <summary>A multiplicative hash and its top bit.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Rows)]
    public long ByHand()
    {
        long sum = 0;
        foreach (ref readonly Bid bid in _bids.AsSpan())
        {
            sum += (long)(((ulong)bid.Auction * 0x9E3779B97F4A7C15UL) >> 63);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public long RouteNumber()
    {
        long sum = 0;
        foreach (ref readonly Bid bid in _bids.AsSpan())
        {
            sum += _byAuction.Route(in bid);
        }

        return sum;
    }

    [Benchmark(OperationsPerInvoke = Rows)]
    public long RouteText()
    {
        long sum = 0;
        foreach (ref readonly TextBid bid in _textBids.AsSpan())
        {
            sum += _byChannel.Route(in bid);
        }

        return sum;
    }

    /// <summary>Rings are emptied on the same thread without looking at rows.</summary>
    [Benchmark(OperationsPerInvoke = Rows)]
    public long RouteIntoRings()
    {
        long received = 0;
        for (int sent = 0; sent < Rows;)
        {
            sent += _exchange.Accept(_bids.AsSpan(sent), _watermarks.AsSpan(sent), long.MaxValue, 0);
            foreach (BatchRing<Bid> ring in _rings)
            {
                while (ring.TryPeek(out Batch<Bid>? batch))
                {
                    received += batch.Count;
                    ring.Release();
                }
            }
        }

        return received;
    }

    /// <summary>A graph that keeps the stage that runs a query whole, and runs nothing.</summary>
    private sealed class StageCapture<TIn, TOut> : IStageGraph
    {
        private Stage<TIn, TOut>? _whole;

        public static Stage<TIn, TOut> WholeOf<TRow>(QueryDefinition<TRow> definition)
            where TRow : IStreamRow<TRow>
        {
            var graph = new StageCapture<TIn, TOut>();
            definition.Build(graph);
            return graph._whole ?? throw new InvalidOperationException($"{definition.Info.Name} has no stage from {typeof(TIn)} to {typeof(TOut)}.");
        }

        public IStreamNode<TRow> Source<TRow>()
            where TRow : ISourceRow<TRow> => new Node<TRow>();

        public IStreamNode<TRow> Query<TRow>(QueryDefinition<TRow> definition)
            where TRow : IStreamRow<TRow> => new Node<TRow>();

        public IStreamNode<TFrom> Late<TFrom, TTo>(QueryDefinition<TTo> query)
            where TTo : IStreamRow<TTo> => new Node<TFrom>();

        public IStreamNode<TRow> Union<TRow>(params IStreamNode<TRow>[] inputs) => new Node<TRow>();

        public IStreamNode<TTo> Stage<TFrom, TTo>(IStreamNode<TFrom> input, Stage<TFrom, TTo> stage)
        {
            _whole ??= stage as Stage<TIn, TOut>;
            return new Node<TTo>();
        }

        public IStreamNode<TTo> TwoPhase<TFrom, TPartial, TTo>(
            IStreamNode<TFrom> input, Stage<TFrom, TTo> whole, Stage<TFrom, TPartial> local, Stage<TPartial, TTo> final) => Stage(input, whole);

        private sealed class Node<TRow> : IStreamNode<TRow>;
    }
}
