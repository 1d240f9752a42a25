using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.State;

/// <summary>One aggregate of every group, by slot. Rows that the FILTER excludes are taken out before <see cref="Update"/>.</summary>
internal abstract class Aggregate
{
    /// <summary>Adds rows to groups: the pairs from <paramref name="from"/> up to <paramref name="to"/>.</summary>
    /// <param name="arguments">The arguments by row; none for COUNT(*).</param>
    /// <param name="times">The event time by row.</param>
    /// <param name="pairs">Rows and slots.</param>
    /// <param name="from">The first pair.</param>
    /// <param name="to">Behind the last pair.</param>
    public abstract void Update(Vector[] arguments, long[] times, Pairs pairs, int from, int to);

    /// <summary><c>target[at + k] = result of slots[k]</c>. An overflow is noted at that position.</summary>
    public abstract void Results(ReadOnlySpan<int> slots, Vector target, int at, ChunkErrors errors);

    /// <summary>Adds what a slot holds to what another does, whose rows come before in time.</summary>
    public abstract void Merge(int slot, int later);

    /// <summary>Back to nothing, before a slot is used (again).</summary>
    public abstract void Reset(int slot);

    public abstract void Resize(int capacity);

    public abstract void Save(BinaryWriter writer, int slot);

    public abstract void Load(BinaryReader reader, int slot);

    public abstract Vector NewVector();
}
