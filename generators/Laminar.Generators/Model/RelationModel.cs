using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Model;

/// <summary>A <see cref="Relation"/> compared by value: what one query needs to know of another, or of a source.</summary>
/// <param name="Name">The SQL name.</param>
/// <param name="Kind">Source, query or table.</param>
/// <param name="ClrType">The row type, fully qualified.</param>
/// <param name="Columns">In order of declaration.</param>
public sealed record RelationModel(string Name, RelationKind Kind, string ClrType, EquatableArray<RelationColumn> Columns)
{
    public WatermarkDeclaration? Watermark { get; init; }

    public bool IsUpdating { get; init; }

    /// <summary>See <see cref="Relation.IsUpsert"/>.</summary>
    public bool IsUpsert { get; init; }

    /// <summary>Whether <see cref="KeyColumns"/> are a key: of one row at most they are none.</summary>
    public bool HasKey { get; init; }

    /// <summary>See <see cref="Relation.Key"/>.</summary>
    public EquatableArray<int> KeyColumns { get; init; }

    /// <summary>One row at most has a key.</summary>
    public bool IsKeyUnique { get; init; }

    /// <summary>For a query: its class, fully qualified.</summary>
    public string QueryClrType { get; init; } = "";

    /// <summary>The row types of the sources at the bottom.</summary>
    public EquatableArray<string> BaseSources { get; init; }

    /// <summary>See <see cref="Relation.BaseTables"/>.</summary>
    public EquatableArray<string> BaseTables { get; init; }

    /// <summary>How far its row and query types can be seen.</summary>
    public Visibility Visibility { get; init; } = Visibility.Public;

    /// <summary>True when it is declared in this project, false when another assembly exports it.</summary>
    public bool IsOwn { get; init; } = true;

    /// <summary>See <see cref="Relation.IsLate"/>.</summary>
    public bool IsLate { get; init; }

    /// <summary>
    /// True when no code is generated for it (a mistake that the analyzer reports there): queries that read it stay stubs, without a
    /// mistake of their own.
    /// </summary>
    public bool IsBroken { get; init; }

    public Relation ToRelation() => new(Name, Kind, ClrType, Columns)
    {
        Watermark = Watermark,
        IsUpdating = IsUpdating,
        IsUpsert = IsUpsert,
        Key = HasKey ? new ResultKey(KeyColumns, IsKeyUnique) : null,
        QueryClrType = QueryClrType.Length == 0 ? null : QueryClrType,
        BaseSources = BaseSources,
        BaseTables = BaseTables,
        IsLate = IsLate,
    };

    public static RelationModel Of(Relation relation, Visibility visibility) =>
        new(relation.Name, relation.Kind, relation.ClrType, new EquatableArray<RelationColumn>(relation.Columns))
        {
            Watermark = relation.Watermark,
            IsUpdating = relation.IsUpdating,
            IsUpsert = relation.IsUpsert,
            HasKey = relation.Key is not null,
            KeyColumns = relation.Key is { } key ? new EquatableArray<int>(key.Columns) : default,
            IsKeyUnique = relation.Key is { IsUnique: true },
            QueryClrType = relation.QueryClrType ?? "",
            BaseSources = new EquatableArray<string>(relation.BaseSources),
            BaseTables = new EquatableArray<string>(relation.BaseTables),
            Visibility = visibility,
            IsLate = relation.IsLate,
        };
}
