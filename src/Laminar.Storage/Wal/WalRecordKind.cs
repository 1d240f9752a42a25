namespace Laminar.Storage;

/// <summary>What a WAL record says. Values are part of the file format.</summary>
public enum WalRecordKind : byte
{
    /// <summary>Rows of a source partition.</summary>
    Rows = 1,

    /// <summary>Explicit progress of a source partition: no rows, the watermark is in the payload's 8 bytes.</summary>
    Watermark = 2,

    /// <summary>The source partition has ended.</summary>
    EndOfSource = 3,

    /// <summary>The barrier of an epoch: what follows belongs to the next one.</summary>
    Barrier = 4,

    /// <summary>The store was closed in good order.</summary>
    Close = 5,
}
