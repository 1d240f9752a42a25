using System.Globalization;

namespace Laminar.Interpreter.Vectors;

/// <summary>A column whose values have the CLR form of its SQL type.</summary>
internal sealed class Vector<T>(int capacity) : Vector
{
    public T[] Values { get; private set; } = new T[capacity];

    public override int Capacity => Values.Length;

    public override Vector NewLike(int capacity) => new Vector<T>(capacity);

    public override void Gather(Vector source, ReadOnlySpan<int> rows, int at)
    {
        var from = (Vector<T>)source;
        T[] read = from.Values;
        T[] write = Values;
        for (int k = 0; k < rows.Length; k++)
        {
            write[at + k] = read[rows[k]];
        }

        if (from.HasNulls)
        {
            bool[] readNulls = from.Nulls;
            bool[] nulls = HasNulls ? Nulls : BeginNulls();
            for (int k = 0; k < rows.Length; k++)
            {
                nulls[at + k] = readNulls[rows[k]];
            }
        }
        else if (HasNulls)
        {
            Array.Clear(Nulls, at, rows.Length);
        }
    }

    public override void MarkDistinct(Vector other, Selection selection, bool[] differs)
    {
        var theirs = (Vector<T>)other;
        for (int k = 0; k < selection.Count; k++)
        {
            int row = selection[k];
            bool aNull = IsNull(row);
            bool bNull = theirs.IsNull(row);
            differs[row] |= aNull != bNull || (!aNull && !ValueEquality<T>.Same(Values[row], theirs.Values[row]));
        }
    }

    public override void Put(int row, object value) => Values[row] = (T)value;

    public override object Boxed(int row) => Values[row]!;

    public override string Display(int row) =>
        IsNull(row) ? "NULL" : Convert.ToString(Values[row], CultureInfo.InvariantCulture) ?? string.Empty;
}
