using System.Text;

namespace Laminar.State;

/// <summary>What the codec needs of a row type, worked out once per type.</summary>
internal sealed class RowLayout
{
    private RowLayout(IReadOnlyList<RowColumn> columns)
    {
        int count = columns.Count;
        Columns = columns;
        Inside = new RowLayout?[count];
        Types = new ColumnType[count];
        Names = new string[count];
        NullBits = new int[count];
        var text = new StringBuilder();
        int bits = 0;
        for (int i = 0; i < count; i++)
        {
            RowColumn column = columns[i];
            Inside[i] = column.Elements.Count > 0 ? new RowLayout(column.Elements) : null;
            Types[i] = column.Type;
            Names[i] = column.Name;
            NullBits[i] = column.Nullable ? bits++ : -1;
            text.Append(column.Name).Append(':').Append((int)column.Type).Append(column.Nullable ? '?' : '!');
            _ = Inside[i] is { } inside ? text.Append('(').Append(inside.Hash).Append(");") : text.Append(';');
        }

        NullBytes = (bits + 7) / 8;
        Hash = Crc32C.Of(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>The columns.</summary>
    internal IReadOnlyList<RowColumn> Columns { get; }

    /// <summary>What is inside the values of each column: rows of elements, of keys and values, of fields; null where nothing is.</summary>
    internal RowLayout?[] Inside { get; }

    /// <summary>The type of each column.</summary>
    internal ColumnType[] Types { get; }

    /// <summary>The SQL name of each column.</summary>
    internal string[] Names { get; }

    /// <summary>Each column's bit in the row's NULL bytes, or -1 for NOT NULL.</summary>
    internal int[] NullBits { get; }

    /// <summary>Bytes in front of each row that say which columns are NULL.</summary>
    internal int NullBytes { get; }

    /// <summary>Changes with names, types, order and nullability of the columns.</summary>
    internal uint Hash { get; }

    internal static class Of<TRow>
        where TRow : IStreamRow<TRow>
    {
        internal static readonly RowLayout Value = new(TRow.Schema.Columns);
    }
}
