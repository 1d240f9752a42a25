using System.ComponentModel;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Laminar.State;

/// <summary>
/// APPROX_COUNT_DISTINCT: sketches of sets (one per group and pane) of 4,096 registers, off by 1.6 % in the mean. Flajolet, Fusy, Gandouet, Meunier:
/// HyperLogLog (AofA 2007), with the estimator of Ertl: New cardinality estimation algorithms for HyperLogLog sketches (2017), which needs no
/// correction for small sets. A set of few values is a short list of their hashes instead (as in Heule, Nunkesser, Hall: HyperLogLog in practice,
/// EDBT 2013), counted as registers of 25 bits: up to 248 values it is as good as exact. What it answers depends on the values alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class HyperLogLogs : IGroupStore, IDisposable
{
    private const int RegisterBits = 12;
    private const int Registers = 1 << RegisterBits;
    private const int RegisterClass = 7;
    private const int ListBits = 25;
    private const int MostEntries = 248;

    private readonly SlabChunks _chunks = new();

    /// <summary>Bytes held.</summary>
    public long Bytes => _chunks.Bytes;

    /// <summary>Adds a value of two words.</summary>
    public void Add(ref SketchHandle set, (ulong Low, ulong High) value) => AddHash(ref set, Mix(value.Low ^ Mix(value.High + 0x9E3779B97F4A7C15)));

    /// <summary>Adds a value of one word.</summary>
    public void Add(ref SketchHandle set, ulong value) => AddHash(ref set, Mix(value));

    /// <summary>Adds a text.</summary>
    public void Add(ref SketchHandle set, string text)
    {
        ulong hash = (ulong)text.Length;
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(text.AsSpan());
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(bytes));
        }

        ulong rest = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            rest |= (ulong)bytes[i] << (i * 8);
        }

        AddHash(ref set, Mix(hash ^ rest));
    }

    /// <summary>Adds what another set has.</summary>
    public void Merge(ref SketchHandle set, in SketchHandle other)
    {
        if (other.Entries >= 0)
        {
            for (int i = 0; i < other.Entries; i++)
            {
                AddEntry(ref set, ((uint*)_chunks[other.Chunk])[i]);
            }

            return;
        }

        if (set.Entries >= 0)
        {
            Widen(ref set);
        }

        var mine = new Span<byte>(_chunks[set.Chunk], Registers);
        var theirs = new ReadOnlySpan<byte>(_chunks[other.Chunk], Registers);
        for (int i = 0; i < Registers; i++)
        {
            mine[i] = Math.Max(mine[i], theirs[i]);
        }
    }

    /// <summary>How many different values were added, roughly.</summary>
    public long Estimate(in SketchHandle set)
    {
        if (set.Entries >= 0)
        {
            // Linear counting with 2^25 registers.
            const double registers = 1 << ListBits;
            return (long)Math.Round(registers * Math.Log(registers / (registers - set.Entries)));
        }

        Span<int> counts = stackalloc int[64 - RegisterBits + 2];
        foreach (byte register in new ReadOnlySpan<byte>(_chunks[set.Chunk], Registers))
        {
            counts[register]++;
        }

        const int most = 64 - RegisterBits;
        double sum = Registers * Tau((Registers - counts[most + 1]) / (double)Registers);
        for (int k = most; k >= 1; k--)
        {
            sum = 0.5 * (sum + counts[k]);
        }

        sum += Registers * Sigma(counts[0] / (double)Registers);
        return (long)Math.Round(Registers / (2 * Math.Log(2)) * Registers / sum);
    }

    /// <summary>Empties a set.</summary>
    public void Free(ref SketchHandle set)
    {
        if (set.Chunk != 0)
        {
            _chunks.Return(set.Chunk, set.Entries < 0 ? RegisterClass : ClassOf(set.Entries));
        }

        set = default;
    }

    public void Save(StateWriter state) => _chunks.Save(state);

    /// <summary>Into fresh sketches.</summary>
    public void Load(StateReader state) => _chunks.Load(state);

    public void Dispose() => _chunks.Dispose();

    private static ulong Mix(ulong value)
    {
        value ^= value >> 30;
        value *= 0xBF58476D1CE4E5B9;
        value ^= value >> 27;
        value *= 0x94D049BB133111EB;
        return (value ^ (value >> 31)) + 0x9E3779B97F4A7C15;
    }

    /// <summary>64 bytes hold 16 entries, then twice as many each time.</summary>
    private static int ClassOf(int entries) => Math.Max(1, BitOperations.Log2((uint)Math.Max(1, (entries * sizeof(uint)) - 1)) + 1 - 5);

    private static double Sigma(double x)
    {
        if (x == 1)
        {
            return double.PositiveInfinity;
        }

        double y = 1;
        double z = x;
        while (true)
        {
            x *= x;
            double before = z;
            z += x * y;
            y += y;
            if (z == before)
            {
                return z;
            }
        }
    }

    private static double Tau(double x)
    {
        if (x is 0 or 1)
        {
            return 0;
        }

        double y = 1;
        double z = 1 - x;
        while (true)
        {
            x = Math.Sqrt(x);
            double before = z;
            y *= 0.5;
            z -= (1 - x) * (1 - x) * y;
            if (z == before)
            {
                return z / 3;
            }
        }
    }

    /// <summary>An entry is the first 25 bits of the hash, and behind them how many zeros follow, plus 1 (6 bits): all that a register is made of.</summary>
    private void AddHash(ref SketchHandle set, ulong hash)
    {
        uint index = (uint)(hash >> (64 - ListBits));
        int zeros = BitOperations.LeadingZeroCount((hash << ListBits) | (1UL << (ListBits - 1)));
        AddEntry(ref set, (index << 6) | (uint)(zeros + 1));
    }

    private void AddEntry(ref SketchHandle set, uint entry)
    {
        if (set.Entries < 0)
        {
            Register(set.Chunk, entry);
            return;
        }

        if (set.Chunk != 0 && new ReadOnlySpan<uint>(_chunks[set.Chunk], set.Entries).Contains(entry))
        {
            return;
        }

        if (set.Entries == MostEntries)
        {
            Widen(ref set);
            Register(set.Chunk, entry);
            return;
        }

        if (set.Chunk == 0)
        {
            set.Chunk = _chunks.Rent(ClassOf(0));
        }
        else if (ClassOf(set.Entries + 1) is var sizeClass && sizeClass > ClassOf(set.Entries))
        {
            int chunk = _chunks.Rent(sizeClass);
            new ReadOnlySpan<uint>(_chunks[set.Chunk], set.Entries).CopyTo(new Span<uint>(_chunks[chunk], set.Entries));
            _chunks.Return(set.Chunk, ClassOf(set.Entries));
            set.Chunk = chunk;
        }

        ((uint*)_chunks[set.Chunk])[set.Entries++] = entry;
    }

    private void Register(int chunk, uint entry)
    {
        const int moreBits = ListBits - RegisterBits;
        uint index = entry >> 6;
        uint more = index & ((1 << moreBits) - 1);
        int rank = more != 0 ? BitOperations.LeadingZeroCount(more) - (32 - moreBits) + 1 : moreBits + (int)(entry & 63);
        byte* register = _chunks[chunk] + (index >> moreBits);
        *register = Math.Max(*register, (byte)rank);
    }

    /// <summary>Registers take the place of the list.</summary>
    private void Widen(ref SketchHandle set)
    {
        int registers = _chunks.Rent(RegisterClass);
        new Span<byte>(_chunks[registers], Registers).Clear();
        for (int i = 0; i < set.Entries; i++)
        {
            Register(registers, ((uint*)_chunks[set.Chunk])[i]);
        }

        Free(ref set);
        set.Chunk = registers;
        set.Entries = -1;
    }
}
