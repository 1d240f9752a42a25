namespace Laminar.Tool.Output;

/// <summary>How rows are printed.</summary>
internal enum OutputFormat
{
    /// <summary>Columns side by side, numbers to the right.</summary>
    Table,

    /// <summary>JSON Lines.</summary>
    Json,

    /// <summary>With a header.</summary>
    Csv,
}
