using System.Collections.Generic;
using System.Linq;

namespace Laminar.Sql.Catalog;

/// <summary>Something that can stand in FROM.</summary>
/// <param name="Name">The SQL name.</param>
/// <param name="Kind">Source, query or table.</param>
/// <param name="ClrType">The C# row type, fully qualified with <c>global::</c>; empty where there is none (ad-hoc SQL).</param>
/// <param name="Columns">In order of declaration.</param>
public sealed record Relation(string Name, RelationKind Kind, string ClrType, IReadOnlyList<RelationColumn> Columns)
{
    /// <summary>What a SELECT without FROM reads: one row, once.</summary>
    internal static Relation OneRow { get; } = new("one row", RelationKind.OneRow, "global::Laminar.Execution.OneRow", System.Array.Empty<RelationColumn>());

    /// <summary>The declared watermark, or null: then only <c>AdvanceWatermark</c> moves time.</summary>
    public WatermarkDeclaration? Watermark { get; init; }

    /// <summary>
    /// Columns of a source that its rows don't have: queries compute them from those that they have (<see cref="Columns"/>).
    /// </summary>
    public IReadOnlyList<ComputedColumn> Computed { get; init; } = System.Array.Empty<ComputedColumn>();

    /// <summary>All columns in the order in which they were declared, computed ones too: what <c>*</c> stands for.</summary>
    public IReadOnlyList<RelationColumn> AllColumns
    {
        get
        {
            List<RelationColumn> all = Columns.ToList();
            foreach (ComputedColumn computed in Computed)
            {
                all.Insert(computed.Position, new RelationColumn(computed.Name, string.Empty, computed.Expression.Type, computed.Expression.Nullable));
            }

            return all;
        }
    }

    /// <summary>True when rows carry a <c>RowKind</c>: the relation's content changes by updates and deletes.</summary>
    public bool IsUpdating { get; init; }

    /// <summary>Of a query: what tells its rows apart; null where nothing does, or nobody says. Of a table: its primary key.</summary>
    public Plan.ResultKey? Key { get; init; }

    /// <summary>Of an updating query: its changes tell the new row only.</summary>
    public bool IsUpsert { get; init; }

    /// <summary>For a query: the C# class that holds it, fully qualified with <c>global::</c>.</summary>
    public string? QueryClrType { get; init; }

    /// <summary>Rows that were late for a query (LATE DATA TO): no watermark says when all of them have come.</summary>
    public bool IsLate { get; init; }

    /// <summary>The C# types of the sources at the bottom, fully qualified; for a source, itself; none of what is made of constants.</summary>
    public IReadOnlyList<string> BaseSources { get; init; } = System.Array.Empty<string>();

    /// <summary>
    /// Of a query: the reference tables that it joins, itself or in what it reads, as C#: the row type and in parentheses the key, <c>global::App.Instrument(string symbol)</c>.
    /// </summary>
    public IReadOnlyList<string> BaseTables { get; init; } = System.Array.Empty<string>();

    /// <summary>The same, of a source whose relation doesn't say it too.</summary>
    internal IReadOnlyList<string> SourcesBelow => Kind == RelationKind.Source && BaseSources.Count == 0 ? new[] { ClrType } : BaseSources;
}
