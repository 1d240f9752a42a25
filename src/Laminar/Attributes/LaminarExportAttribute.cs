using System.ComponentModel;

namespace Laminar;

/// <summary>
/// Written by the generator on an assembly with public sources and queries, and read by the generator of assemblies that reference it, so
/// that their SQL can name them. Not meant to be written by hand.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LaminarExportAttribute(string name, string rowType, params string[] columns) : Attribute
{
    /// <summary>The SQL name.</summary>
    public string Name { get; } = name;

    /// <summary>The row type, fully qualified with <c>global::</c>.</summary>
    public string RowType { get; } = rowType;

    /// <summary>
    /// One per column: <c>member|type|nullable 0 or 1|event-time lag or empty|SQL name</c>. The name stands last, because it may hold
    /// any character.
    /// </summary>
    public string[] Columns { get; } = columns;

    /// <summary>The query class, fully qualified; null for a source.</summary>
    public string? QueryType { get; set; }

    /// <summary>Row types of the sources at the bottom, separated by semicolons.</summary>
    public string BaseSources { get; set; } = "";

    /// <summary>Whether it is a reference table: <see cref="Key"/> is its primary key.</summary>
    public bool IsTable { get; set; }

    /// <summary>Of a query: the reference tables that it joins or reads something that does, each with its key, separated by semicolons.</summary>
    public string BaseTables { get; set; } = "";

    /// <summary>Index of the column that the watermark is declared on, or -1.</summary>
    public int WatermarkColumn { get; set; } = -1;

    /// <summary>What is subtracted for the watermark, in the column's own unit.</summary>
    public long WatermarkDelay { get; set; }

    /// <summary>Whether rows carry a <see cref="RowKind"/>.</summary>
    public bool IsUpdating { get; set; }

    /// <summary>Whether changes tell the new row only.</summary>
    public bool IsUpsert { get; set; }

    /// <summary>Ordinals of the columns that tell rows apart, separated by semicolons, with <c>*</c> behind where several rows have a key; null: nothing does.</summary>
    public string? Key { get; set; }
}
