using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;
using Laminar.State;

namespace Laminar.Bench.Micro;

/// <summary>Finding a group and adding to it, per row: the table with its index, probed as generated code does it, against a Dictionary.</summary>
[Config(typeof(MicroConfig))]
public class GroupIndexProbe
{
    private const int Lookups = 1 << 20;

    private readonly long[] _lookups = new long[Lookups];
    private GroupTable<Entry> _table = null!;
    private GroupBlock<Entry> _block = null!;
    private Dictionary<long, Sums> _dictionary = null!;

    [Params(1_000, 100_000, 1_000_000)]
    public int Keys { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _table = new GroupTable<Entry>();
        _dictionary = [];
        _block = _table.Open(7);
        for (long key = 0; key < Keys; key++)
        {
            _block[_block.Add(KeyHash.Local(key))].Key = key;
            _dictionary.Add(key, default);
        }

        var random = new Random(1);
        for (int i = 0; i < Lookups; i++)
        {
            _lookups[i] = random.Next(Keys);
        }
    }

    [GlobalCleanup]
    public void Cleanup() => _table.Dispose();

    [Benchmark(Baseline = true, OperationsPerInvoke = Lookups)]
    public void Dictionary()
    {
        foreach (long key in _lookups)
        {
            ref Sums sums = ref CollectionsMarshal.GetValueRefOrAddDefault(_dictionary, key, out _);
            sums.Count++;
            sums.Total += key;
        }
    }

    [Benchmark(OperationsPerInvoke = Lookups)]
    public void GroupTable()
    {
        ref Entry entries = ref _block.BeforeEntries;
        ref uint index = ref _block.Index;
        uint mask = _block.Mask;
        foreach (long key in _lookups)
        {
            uint position = KeyHash.Local(key) & mask;
            while (true)
            {
                uint reference = Unsafe.Add(ref index, (nuint)position);
                ref Entry entry = ref Unsafe.Add(ref entries, (nuint)reference);
                if (reference != 0 && entry.Key == key)
                {
                    entry.Sums.Count++;
                    entry.Sums.Total += key;
                    break;
                }

                position = (position + 1) & mask;
            }
        }
    }

    private struct Sums
    {
        public long Count;
        public long Total;
    }

    private struct Entry : IGroupEntry<Entry>
    {
        public long Key;
        public Sums Sums;

        public static uint HashOf(in Entry entry) => KeyHash.Local(entry.Key);
    }
}
