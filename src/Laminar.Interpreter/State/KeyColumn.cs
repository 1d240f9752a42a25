using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.State;

/// <summary>One grouping key of every group, by slot.</summary>
internal abstract class KeyColumn
{
    /// <summary>Mixes the hash of each selected row's key into <paramref name="hashes"/> (by row).</summary>
    public abstract void AddHashes(Vector keys, Selection rows, uint[] hashes);

    public abstract bool Matches(int slot, Vector keys, int row);

    public abstract void Set(int slot, Vector keys, int row);

    /// <summary>Lets go of a freed slot's text.</summary>
    public abstract void Clear(int slot);

    public abstract void Resize(int capacity);

    /// <summary><c>target[at + k] = key of slots[k]</c>.</summary>
    public abstract void Copy(ReadOnlySpan<int> slots, Vector target, int at);

    public abstract uint AddHash(int slot, uint hash);

    public abstract void Save(BinaryWriter writer, int slot);

    public abstract void Load(BinaryReader reader, int slot);

    public abstract Vector NewVector();
}

/// <inheritdoc cref="KeyColumn"/>
internal sealed class KeyColumn<T> : KeyColumn
{
    private const uint NullHash = 0x9E3779B9;

    private T[] _values = [];
    private bool[] _nulls = [];

    public override void AddHashes(Vector keys, Selection rows, uint[] hashes)
    {
        var typed = (Vector<T>)keys;
        T[] values = typed.Values;
        for (int k = 0; k < rows.Count; k++)
        {
            int row = rows[k];
            hashes[row] = Mix(hashes[row], typed.IsNull(row) ? NullHash : (uint)ValueEquality<T>.Hash(values[row]));
        }
    }

    public override bool Matches(int slot, Vector keys, int row)
    {
        bool isNull = keys.IsNull(row);
        return isNull || _nulls[slot]
            ? isNull == _nulls[slot]
            : ValueEquality<T>.Same(_values[slot], ((Vector<T>)keys).Values[row]);
    }

    public override void Set(int slot, Vector keys, int row)
    {
        bool isNull = keys.IsNull(row);
        _nulls[slot] = isNull;
        _values[slot] = isNull ? default! : ((Vector<T>)keys).Values[row];
    }

    public override void Clear(int slot) => _values[slot] = default!;

    public override void Resize(int capacity)
    {
        Array.Resize(ref _values, capacity);
        Array.Resize(ref _nulls, capacity);
    }

    public override void Copy(ReadOnlySpan<int> slots, Vector target, int at)
    {
        T[] write = ((Vector<T>)target).Values;
        for (int k = 0; k < slots.Length; k++)
        {
            int slot = slots[k];
            write[at + k] = _values[slot];
            if (_nulls[slot])
            {
                target.SetNull(at + k);
            }
            else if (target.HasNulls)
            {
                target.Nulls[at + k] = false;
            }
        }
    }

    public override uint AddHash(int slot, uint hash) => Mix(hash, _nulls[slot] ? NullHash : (uint)ValueEquality<T>.Hash(_values[slot]));

    public override void Save(BinaryWriter writer, int slot)
    {
        writer.Write(_nulls[slot]);
        if (!_nulls[slot])
        {
            ValueCodec<T>.Write(writer, _values[slot]);
        }
    }

    public override void Load(BinaryReader reader, int slot)
    {
        _nulls[slot] = reader.ReadBoolean();
        _values[slot] = _nulls[slot] ? default! : ValueCodec<T>.Read(reader);
    }

    public override Vector NewVector() => new Vector<T>(Chunk.Size);

    private static uint Mix(uint hash, uint value)
    {
        uint mixed = (hash ^ value) * 0x85EBCA6B;
        return mixed ^ (mixed >> 15);
    }
}
