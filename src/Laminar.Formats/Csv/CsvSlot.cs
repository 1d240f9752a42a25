namespace Laminar.Formats;

/// <summary>One field of the current CSV record.</summary>
internal struct CsvSlot
{
    /// <summary>First byte, behind the opening quote if there is one.</summary>
    public int Start;

    /// <summary>Bytes, without quotes.</summary>
    public int Length;

    public bool Quoted;

    /// <summary>The field has doubled quotes inside.</summary>
    public bool Doubled;
}
