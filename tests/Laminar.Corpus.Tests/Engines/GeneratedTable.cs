using System.Reflection;
using Laminar.Sql.Catalog;
using Laminar.Testing;

namespace Laminar.Corpus.Tests.Engines;

/// <summary>A reference table that a generated query joins.</summary>
internal abstract class GeneratedTable
{
    /// <summary>The table's SQL name.</summary>
    public abstract string Name { get; }

    /// <summary>Rows through the query's public methods: loaded when they are the first, put in one by one later, taken out by row and by key in turns.</summary>
    public abstract void Take(Relation relation, IReadOnlyList<object?[]> rows, bool isDelete, bool isFirst);

    /// <summary>Those of a query, as its methods show them.</summary>
    public static IEnumerable<GeneratedTable> Of(object query) => query.GetType().GetMethods()
        .Where(m => m.Name == "Upsert")
        .Select(m => (GeneratedTable)Activator.CreateInstance(typeof(GeneratedTable<>).MakeGenericType(m.GetParameters()[0].ParameterType.GetElementType()!), query)!);
}

/// <summary>The methods of one table.</summary>
internal sealed class GeneratedTable<TRow>(object query) : GeneratedTable
    where TRow : IReferenceRow<TRow>
{
    private delegate void UpsertRow(in TRow row);

    private delegate bool DeleteRow(in TRow row);

    public override string Name => TRow.Schema.Name;

    public override void Take(Relation relation, IReadOnlyList<object?[]> rows, bool isDelete, bool isFirst)
    {
        TRow[] typed = [.. rows.Select(r => ValueRowReader.Read<TRow>([.. r.Select((v, i) => EdgeValues.ToEdge(v, relation.Columns[i].Type))]))];
        Type type = query.GetType();
        if (isFirst && !isDelete)
        {
            type.GetMethod("Load", [typeof(TRow[])])!.CreateDelegate<Action<TRow[]>>(query)(typed);
            return;
        }

        UpsertRow upsert = type.GetMethod("Upsert", [typeof(TRow).MakeByRefType()])!.CreateDelegate<UpsertRow>(query);
        DeleteRow delete = type.GetMethod("Delete", [typeof(TRow).MakeByRefType()])!.CreateDelegate<DeleteRow>(query);
        for (int i = 0; i < typed.Length; i++)
        {
            object[] key = [.. relation.Key!.Columns.Select(k => EdgeValues.ToEdge(rows[i][k], relation.Columns[k].Type)!)];
            MethodInfo? byKey = type.GetMethod("Delete", [.. key.Select(k => k.GetType())]);
            if (!isDelete)
            {
                upsert(in typed[i]);
            }
            else if (byKey is not null && i % 2 == 0)
            {
                byKey.Invoke(query, key);
            }
            else
            {
                delete(in typed[i]);
            }
        }
    }
}
