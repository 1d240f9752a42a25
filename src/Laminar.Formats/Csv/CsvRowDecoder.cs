using System.Text;

namespace Laminar.Formats;

/// <summary>
/// Rows from CSV records. With a header the columns are found by name (<see cref="ColumnNames"/>), others are ignored; without one they
/// come in the schema's order. A record with too few or too many fields is an error. Not thread-safe.
/// </summary>
/// <typeparam name="TRow">The row.</typeparam>
public sealed class CsvRowDecoder<TRow> : IRowDecoder<TRow>
    where TRow : IStreamRow<TRow>
{
    private readonly RowSchema _schema = TRow.Schema;
    private readonly TextCache?[] _texts = TextCache.PerColumn(TRow.Schema);
    private readonly CsvFormat _format;
    private readonly CsvFields _fields;
    private int[] _places;
    private int _width;

    public CsvRowDecoder(CsvFormat format)
    {
        _format = format;
        _fields = new CsvFields(format.DelimiterByte);
        _width = _schema.Columns.Count;
        _places = [.. Enumerable.Range(0, _width)];
    }

    /// <summary>Takes the header record.</summary>
    /// <exception cref="LaminarException">A column is there twice, or a NOT NULL column isn't there.</exception>
    public void ReadHeader(ReadOnlySpan<byte> record)
    {
        _fields.Split(record);
        var names = new string[_fields.Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = Encoding.UTF8.GetString(_fields.Value(record, i).Trim((byte)' '));
        }

        _places = ColumnNames.Map(_schema, names);
        _width = names.Length;
        for (int i = 0; i < _places.Length; i++)
        {
            if (_places[i] < 0 && !_schema.Columns[i].Nullable)
            {
                throw new LaminarException(
                    $"The CSV header has no column {_schema.Columns[i].Name}, which {_schema.Name} declares NOT NULL. It has: {string.Join(", ", names)}.");
            }
        }
    }

    /// <inheritdoc/>
    public TRow Decode(ReadOnlySpan<byte> record)
    {
        _fields.Split(record);
        if (_fields.Count != _width)
        {
            throw new RowFormatException(-1, $"the record has {_fields.Count} fields where {_width} are expected");
        }

        var reader = new CsvRowReader(record, _fields, _places, _format, _schema, _texts);
        return TRow.Read(ref reader);
    }

    /// <inheritdoc/>
    public int OffsetOf(int column, ReadOnlySpan<byte> record) =>
        (uint)column < (uint)_places.Length && (uint)_places[column] < (uint)_fields.Count ? _fields[_places[column]].Start : 0;
}
