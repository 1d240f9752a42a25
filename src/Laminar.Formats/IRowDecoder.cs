namespace Laminar.Formats;

/// <summary>Turns the bytes of one record (a line, an array element, a CSV record) into a row.</summary>
/// <typeparam name="TRow">The row.</typeparam>
public interface IRowDecoder<TRow>
    where TRow : IStreamRow<TRow>
{
    /// <summary>Decodes one record.</summary>
    /// <param name="record">The whole record, without its line end.</param>
    /// <exception cref="RowFormatException">A value or the record is wrong; ask <see cref="OffsetOf"/> where.</exception>
    /// <exception cref="System.Text.Json.JsonException">Not JSON; carries its own position.</exception>
    TRow Decode(ReadOnlySpan<byte> record);

    /// <summary>The byte where a column's value begins in the record last decoded; 0 when it isn't there.</summary>
    int OffsetOf(int column, ReadOnlySpan<byte> record);
}
