using System.Buffers;
using System.Text.Unicode;

namespace Laminar.Formats;

/// <summary>Strings to UTF-8 that refuse what isn't text.</summary>
internal static class Utf8Text
{
    /// <exception cref="LaminarException">Half a surrogate pair.</exception>
    public static int Encode(string value, Span<byte> to, RowSchema schema, int column)
    {
        OperationStatus status = Utf8.FromUtf16(value, to, out _, out int written, replaceInvalidSequences: false);
        return status == OperationStatus.Done
            ? written
            : throw new LaminarException(
                $"Column {schema.Columns[column].Name}: the text has half a surrogate pair, which no encoding can write.");
    }
}
