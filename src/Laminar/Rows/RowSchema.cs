namespace Laminar;

/// <summary>The columns of a row type, in order. One instance per row type, made by generated code.</summary>
public sealed class RowSchema
{
    /// <param name="name">The SQL name of the source or query.</param>
    /// <param name="columns">At least one; names differ ignoring case.</param>
    public RowSchema(string name, params RowColumn[] columns)
    {
        Name = name;
        Columns = columns;
    }

    /// <summary>The SQL name of the source or query.</summary>
    public string Name { get; }

    /// <summary>The columns, in the order in which <see cref="IStreamRow{TSelf}.Read"/> and <c>Write</c> number them.</summary>
    public IReadOnlyList<RowColumn> Columns { get; }

    /// <summary>The first column is what the row does to the content (<see cref="RowKinds"/>): so in a source of changes.</summary>
    public bool HasKind { get; init; }

    /// <summary>The ordinal of a column by its SQL name ignoring case, or -1.</summary>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
