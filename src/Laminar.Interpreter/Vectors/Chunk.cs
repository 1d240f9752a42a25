namespace Laminar.Interpreter.Vectors;

/// <summary>
/// Up to <see cref="Size"/> rows on their way through the operators, with the watermark before each of them. A chunk and its vectors belong
/// to the operator that hands it on and are overwritten by its next one.
/// </summary>
internal sealed class Chunk
{
    /// <summary>Most rows of one chunk: what the columns of a query hold then stays within a core's cache.</summary>
    public const int Size = 2048;

    /// <summary>By ordinal of the plan node; null where nobody reads the column.</summary>
    public required Vector?[] Columns { get; set; }

    /// <summary>The rows that count.</summary>
    public Selection Rows { get; set; }

    /// <summary>The watermark before each row, by position (not by index into the selection).</summary>
    public required long[] WatermarkBefore { get; set; }

    /// <summary>The watermark behind the last row, the ones that a filter dropped included.</summary>
    public long WatermarkAfter { get; set; }

    /// <summary>What CURRENT_TIMESTAMP reads.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Where grouping sets have made several rows of one: by position, the row below. Null: the row itself.</summary>
    public int[]? Origins { get; init; }

    /// <summary>Its rows are results of groups, whose errors are the query's own.</summary>
    public bool IsOfGroups { get; init; }

    /// <summary>The row at which a failure has ended the query: it and those behind it aren't there any more.</summary>
    public int CutAt { get; set; } = int.MaxValue;

    /// <summary>For an updating query's output: what each row does to the result.</summary>
    public RowKind[]? Kinds { get; init; }

    /// <summary>What a row does to the result.</summary>
    public RowKind KindOf(int row) => Kinds is null ? RowKind.Insert : Kinds[row];

    public Vector Column(int ordinal) =>
        Columns[ordinal] ?? throw new InvalidOperationException($"Column {ordinal} was not read.");

    /// <summary>A row for messages.</summary>
    public string Display(int row) =>
        "(" + string.Join(", ", Columns.Where(c => c is not null).Select(c => c!.Display(row))) + ")";
}
