using System.ComponentModel;
using Apache.Arrow;

namespace Laminar;

/// <summary>Arrow arrays of values that are held as objects.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class ArrowNestedBuilder
{
    /// <summary>A list, map or struct array of <see cref="ArrowSchema.TypeOf"/>.</summary>
    /// <param name="column">ARRAY, MAP or ROW.</param>
    /// <param name="values">In the form in which expressions hold them; null for NULL.</param>
    public static IArrowArray Build(RowColumn column, IEnumerable<object?> values)
    {
        var builder = new ArrowColumnBuilder(column.Name, ArrowSchema.TypeOf(column), column);
        foreach (object? value in values)
        {
            if (value is null)
            {
                builder.AddNull();
            }
            else
            {
                builder.AddNested(value);
            }
        }

        return builder.Build();
    }
}
