namespace Laminar.Formats;

/// <summary>Turns the bytes of one record into the rows of one change: none, one, or a row as it was and as it is.</summary>
/// <typeparam name="TRow">The row.</typeparam>
public interface IChangeDecoder<TRow>
    where TRow : IStreamRow<TRow>
{
    /// <summary>Rows of a record at most.</summary>
    const int MaxRows = 2;

    /// <summary>Decodes one record.</summary>
    /// <param name="record">The whole record, without its line end.</param>
    /// <param name="rows">Room for <see cref="MaxRows"/>; filled from the front.</param>
    /// <returns>Rows filled.</returns>
    /// <exception cref="RowFormatException">A value or the record is wrong; ask <see cref="OffsetOf"/> where.</exception>
    /// <exception cref="System.Text.Json.JsonException">Not JSON; carries its own position.</exception>
    int Decode(ReadOnlySpan<byte> record, Span<TRow> rows);

    /// <summary>The byte where a column's value begins in the record last decoded; 0 when it isn't there.</summary>
    int OffsetOf(int column, ReadOnlySpan<byte> record);
}
