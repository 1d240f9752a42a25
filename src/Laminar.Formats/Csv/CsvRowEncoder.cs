using System.Buffers;
using System.Text;

namespace Laminar.Formats;

/// <summary>
/// Rows as CSV (RFC 4180) with LF line ends. Rows that are an <see cref="IChangelogRow"/> begin with a column <c>kind</c>.
/// </summary>
/// <typeparam name="TRow">The row.</typeparam>
public sealed class CsvRowEncoder<TRow>(CsvFormat format) : IRowEncoder<TRow>
    where TRow : IStreamRow<TRow>
{
    private static readonly bool IsChangelog = typeof(IChangelogRow).IsAssignableFrom(typeof(TRow)) && !TRow.Schema.HasKind;

    private readonly RowSchema _schema = TRow.Schema;
    private readonly RecordBuffer _line = new();

    /// <inheritdoc/>
    public void WriteHeader(IBufferWriter<byte> to)
    {
        if (!format.Header)
        {
            return;
        }

        _line.Clear();
        var writer = new CsvRowWriter(_line, format, _schema, first: true);
        if (IsChangelog)
        {
            _line.Append(Encoding.UTF8.GetBytes(RowKinds.Column));
        }

        for (int i = 0; i < _schema.Columns.Count; i++)
        {
            if (i > 0 || IsChangelog)
            {
                _line.Append(format.DelimiterByte);
            }

            writer.Quote(Encoding.UTF8.GetBytes(_schema.Columns[i].Name));
        }

        _line.Append((byte)'\n');
        to.Write(_line.Written);
    }

    /// <inheritdoc/>
    public void Write(in TRow row, IBufferWriter<byte> to)
    {
        _line.Clear();
        if (IsChangelog)
        {
            _line.Append(Encoding.UTF8.GetBytes(RowKinds.NameOf(((IChangelogRow)(object)row).Kind)));
        }

        var writer = new CsvRowWriter(_line, format, _schema, first: !IsChangelog);
        TRow.Write(in row, ref writer);
        _line.Append((byte)'\n');
        to.Write(_line.Written);
    }
}
