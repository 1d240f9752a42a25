using Apache.Arrow;
using Laminar.Functions;

namespace Laminar;

/// <summary>A column of lists, maps or structs: what is inside is read like the columns of a batch of its own.</summary>
internal sealed class ArrowNested : IDisposable
{
    private readonly RowColumn _column;
    private readonly ListArray? _lists;
    private readonly LargeListArray? _longLists;
    private ArrowRowReader _inside;

    /// <param name="column">The row's column.</param>
    /// <param name="array">The batch's.</param>
    /// <exception cref="LaminarException">The types inside don't go together.</exception>
    public ArrowNested(RowColumn column, IArrowArray array)
    {
        _column = column;
        _lists = array as ListArray;
        _longLists = array as LargeListArray;
        IReadOnlyList<IArrowArray> inside = array switch
        {
            MapArray map => [map.Keys, map.Values],
            ListArray list => [list.Values],
            LargeListArray list => [list.Values],
            _ => ((StructArray)array).Fields,
        };
        var type = array.Data.DataType as Apache.Arrow.Types.StructType;
        IEnumerable<Field> fields = inside.Select((a, i) => new Field(type?.Fields[i].Name ?? column.Elements[i].Name, a.Data.DataType, nullable: true));
        var batch = new RecordBatch(new Schema(fields, null), inside, inside.Count == 0 ? 0 : inside[0].Length);
        _inside = new ArrowRowReader(new RowSchema(column.Name, [.. column.Elements]), batch);
    }

    /// <summary>The value of a row that isn't NULL, in the form in which expressions hold it.</summary>
    public object Read(int row)
    {
        if (_column.Type == ColumnType.Row)
        {
            return Values(row);
        }

        (int start, int end) = _lists is not null
            ? (_lists.ValueOffsets[row], _lists.ValueOffsets[row + 1])
            : (checked((int)_longLists!.ValueOffsets[row]), checked((int)_longLists.ValueOffsets[row + 1]));
        var elements = new object?[end - start][];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = Values(start + i);
        }

        return _column.Type == ColumnType.Map ? SqlMap.Of(elements.Select(e => (e[0], e[1]))) : elements.Select(e => e[0]).ToArray();
    }

    public void Dispose() => _inside.Dispose();

    private object?[] Values(int row)
    {
        _inside.Row = row;
        var values = new object?[_column.Elements.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BoxedRows.Get(ref _inside, i, _column.Elements[i]);
        }

        return values;
    }
}
