using System.Text.Json;

namespace Laminar.Formats;

/// <summary>Where a column's value lies in the current object.</summary>
internal struct JsonSlot
{
    /// <summary>The row it was found in: a slot of an earlier row counts as missing.</summary>
    public long Row;

    /// <summary>First byte of the value; of a string, behind the quote.</summary>
    public int Start;

    /// <summary>Bytes, without quotes.</summary>
    public int Length;

    public JsonTokenType Kind;
    public bool Escaped;
}
