namespace Laminar.Formats;

/// <summary>What <see cref="RecordFramer.Next"/> found at the beginning of the buffer.</summary>
public enum FrameStatus
{
    /// <summary>A whole record.</summary>
    Record,

    /// <summary>Bytes that are no record: blank lines, brackets, commas, the rest of a record that is too long.</summary>
    Skip,

    /// <summary>The record isn't whole yet.</summary>
    NeedMore,

    /// <summary>The input has ended.</summary>
    End,

    /// <summary>The text between records is wrong, so that no further record can be found.</summary>
    Broken,
}
