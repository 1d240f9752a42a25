using System.ComponentModel;
using System.Text;

namespace Laminar;

/// <summary>How names in data (JSON keys, CSV headers, Arrow fields) meet column names: exactly, else ignoring case, else ignoring underscores too.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ColumnNames
{
    /// <summary><c>event_time</c>, <c>EventTime</c> and <c>EVENTTIME</c> all become <c>eventtime</c>.</summary>
    public static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (char c in name)
        {
            if (c != '_')
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.Length == 0 ? name : folded.ToString();
    }

    /// <summary>The ordinal of the column that a name in the data means, or -1.</summary>
    public static int Find(RowSchema schema, string name) => Find(schema.Columns, name);

    /// <inheritdoc cref="Find(RowSchema, string)"/>
    public static int Find(IReadOnlyList<RowColumn> columns, string name)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            if (string.Equals(columns[i].Name, name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        string folded = Fold(name);
        for (int i = 0; i < columns.Count; i++)
        {
            if (string.Equals(Fold(columns[i].Name), folded, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>For every column of the schema the place of its name in the data, or -1.</summary>
    /// <exception cref="LaminarException">Two names in the data mean the same column.</exception>
    public static int[] Map(RowSchema schema, IReadOnlyList<string> names)
    {
        var places = new int[schema.Columns.Count];
        Array.Fill(places, -1);
        for (int i = 0; i < names.Count; i++)
        {
            int column = Find(schema, names[i]);
            if (column < 0)
            {
                continue;
            }

            if (places[column] >= 0)
            {
                throw new LaminarException(
                    $"The data has two columns for {schema.Columns[column].Name}: '{names[places[column]]}' (number {places[column] + 1}) and '{names[i]}' (number {i + 1}). Rename or remove one.");
            }

            places[column] = i;
        }

        return places;
    }
}
