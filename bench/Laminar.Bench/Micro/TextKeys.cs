using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using Laminar.Functions;
using Laminar.State;

namespace Laminar.Bench.Micro;

/// <summary>What a text key costs per row: its hash, its order by UTF-8 bytes, and a string for bytes that were seen before.</summary>
[Config(typeof(MicroConfig))]
[GroupBenchmarksBy(BenchmarkLogicalGroupRule.ByCategory)]
[CategoriesColumn]
public class TextKeys
{
    private const int Texts = 1024;

    private readonly string[] _texts = new string[Texts];
    private readonly byte[][] _bytes = new byte[Texts][];
    private readonly TextCache _cache = new();

    [Params(8, 32)]
    public int Length { get; set; }

    /// <summary>Alike but for the last characters, as names that are numbered.</summary>
    [GlobalSetup]
    public void Setup()
    {
        for (int i = 0; i < Texts; i++)
        {
            _texts[i] = new string('k', Length - 4) + i.ToString("D4", System.Globalization.CultureInfo.InvariantCulture);
            _bytes[i] = Encoding.UTF8.GetBytes(_texts[i]);
        }
    }

    [BenchmarkCategory("hash"), Benchmark(Baseline = true, OperationsPerInvoke = Texts)]
    public int StringHashCode()
    {
        int sum = 0;
        foreach (string text in _texts)
        {
            sum += text.GetHashCode();
        }

        return sum;
    }

    [BenchmarkCategory("hash"), Benchmark(OperationsPerInvoke = Texts)]
    public uint KeyHashLocal()
    {
        uint sum = 0;
        foreach (string text in _texts)
        {
            sum += KeyHash.Local(text);
        }

        return sum;
    }

    [BenchmarkCategory("compare"), Benchmark(Baseline = true, OperationsPerInvoke = Texts)]
    public int Utf8Bytes()
    {
        int sum = 0;
        byte[] last = _bytes[^1];
        foreach (byte[] bytes in _bytes)
        {
            sum += bytes.AsSpan().SequenceCompareTo(last);
            last = bytes;
        }

        return sum;
    }

    [BenchmarkCategory("compare"), Benchmark(OperationsPerInvoke = Texts)]
    public int SqlCompareTexts()
    {
        int sum = 0;
        string last = _texts[^1];
        foreach (string text in _texts)
        {
            sum += SqlCompare.Compare(text, last);
            last = text;
        }

        return sum;
    }

    [BenchmarkCategory("decode"), Benchmark(Baseline = true, OperationsPerInvoke = Texts)]
    public int Utf8GetString()
    {
        int sum = 0;
        foreach (byte[] bytes in _bytes)
        {
            sum += Encoding.UTF8.GetString(bytes).Length;
        }

        return sum;
    }

    [BenchmarkCategory("decode"), Benchmark(OperationsPerInvoke = Texts)]
    public int TextCacheGet()
    {
        int sum = 0;
        foreach (byte[] bytes in _bytes)
        {
            sum += _cache.Get(bytes).Length;
        }

        return sum;
    }
}
