using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>What functions over partitions look at.</summary>
/// <param name="QueryName">For messages.</param>
/// <param name="Fingerprint">Of the state's layout.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record OverLayout(string QueryName, string Fingerprint)
{
    /// <summary>Rows of each partition that are left out.</summary>
    public long Skip { get; init; }

    /// <summary>Rows of each partition behind those that are put out.</summary>
    public long Take { get; init; } = long.MaxValue;

    /// <summary>Whether a function looks at the rows that are equal in order; where none does they aren't looked for.</summary>
    public bool HasPeers { get; init; } = true;

    /// <summary>Whether rows have frames.</summary>
    public bool HasFrame { get; init; }

    /// <summary>Frames go by how far apart the keys of the order are, not by rows.</summary>
    public bool IsRange { get; init; }

    /// <summary>The greatest key comes first.</summary>
    public bool IsDescending { get; init; }

    /// <summary>Where a frame begins, seen from its row; null: with the partition.</summary>
    public long? From { get; init; }

    /// <summary>Where it ends; null: with the partition.</summary>
    public long? To { get; init; } = 0;

    /// <summary>How many rows that were put out are looked back at; <see cref="Any"/>: the shape says.</summary>
    public int RowsBack { get; init; } = 1;

    /// <summary>How many rows behind it a row waits for; <see cref="Any"/>: the shape says.</summary>
    public int RowsAhead { get; init; }

    /// <summary>How far the watermark must have come behind a row's time, for the row's frame to be complete.</summary>
    public long TimeAhead { get; init; }

    /// <summary>How far behind its last row a partition is forgotten, as if there had been none; <see cref="long.MaxValue"/>: never.</summary>
    public long Forget { get; init; } = long.MaxValue;

    /// <summary>No number of rows says it.</summary>
    public const int Any = -1;

    /// <summary>Whether rows are put out only when others have come.</summary>
    public bool LooksAhead => RowsAhead != 0 || TimeAhead != 0;

    /// <summary>Behind the last row of a partition that is put out.</summary>
    public long Last => Take > long.MaxValue - Skip ? long.MaxValue : Skip + Take;
}
