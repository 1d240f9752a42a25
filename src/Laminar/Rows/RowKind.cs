namespace Laminar;

/// <summary>What a row of an updating query does to the result.</summary>
public enum RowKind : byte
{
    /// <summary>A new row.</summary>
    Insert,

    /// <summary>The row as it was; an <see cref="UpdateAfter"/> follows at once.</summary>
    UpdateBefore,

    /// <summary>The row as it is now.</summary>
    UpdateAfter,

    /// <summary>The row is gone.</summary>
    Delete,
}
