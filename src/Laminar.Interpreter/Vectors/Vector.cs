namespace Laminar.Interpreter.Vectors;

/// <summary>One column of a chunk. Values at NULL or unselected positions are unspecified.</summary>
internal abstract class Vector
{
    private bool[]? _nulls;

    /// <summary>True when <see cref="Nulls"/> counts; otherwise no value is NULL.</summary>
    public bool HasNulls { get; private set; }

    /// <summary>True where the value is NULL. Meaningful only while <see cref="HasNulls"/>.</summary>
    public bool[] Nulls => _nulls ??= new bool[Capacity];

    public abstract int Capacity { get; }

    public bool IsNull(int row) => HasNulls && _nulls![row];

    /// <summary>Forgets all NULLs.</summary>
    public void ClearNulls() => HasNulls = false;

    /// <summary>Makes the NULL marks count, all false.</summary>
    public bool[] BeginNulls()
    {
        bool[] nulls = Nulls;
        Array.Clear(nulls);
        HasNulls = true;
        return nulls;
    }

    /// <summary>Marks one row; earlier marks stay.</summary>
    public void SetNull(int row)
    {
        if (!HasNulls)
        {
            BeginNulls();
        }

        _nulls![row] = true;
    }

    /// <summary>NULL where <paramref name="a"/> is.</summary>
    public void TakeNulls(Vector a)
    {
        HasNulls = a.HasNulls;
        if (HasNulls)
        {
            Array.Copy(a.Nulls, Nulls, Math.Min(a.Capacity, Capacity));
        }
    }

    /// <summary>NULL where either is.</summary>
    public void TakeNulls(Vector a, Vector b)
    {
        if (!b.HasNulls)
        {
            TakeNulls(a);
            return;
        }

        TakeNulls(b);
        if (a.HasNulls)
        {
            bool[] mine = Nulls;
            bool[] other = a.Nulls;
            int count = Math.Min(mine.Length, other.Length);
            for (int i = 0; i < count; i++)
            {
                mine[i] |= other[i];
            }
        }
    }

    /// <summary>An empty vector of the same type.</summary>
    public abstract Vector NewLike(int capacity);

    /// <summary>Copies rows of <paramref name="source"/>, a vector of the same type: <c>this[at + k] = source[rows[k]]</c>.</summary>
    public abstract void Gather(Vector source, ReadOnlySpan<int> rows, int at);

    /// <summary>Sets <paramref name="differs"/> where this and <paramref name="other"/> are distinct (NULLs are equal).</summary>
    public abstract void MarkDistinct(Vector other, Selection selection, bool[] differs);

    /// <summary>Sets the value of a row.</summary>
    public abstract void Put(int row, object value);

    /// <summary>The value of a row that isn't NULL.</summary>
    public abstract object Boxed(int row);

    /// <summary>The value as text for messages.</summary>
    public abstract string Display(int row);
}
