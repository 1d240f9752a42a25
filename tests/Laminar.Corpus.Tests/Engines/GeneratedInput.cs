using System.Reflection;
using Apache.Arrow;
using Laminar.Corpus.Tests.Data;
using Laminar.Sql.Catalog;
using Laminar.Testing;

namespace Laminar.Corpus.Tests.Engines;

/// <summary>Where one source's rows go into a generated query.</summary>
internal abstract class GeneratedInput
{
    /// <summary>The source's SQL name.</summary>
    public abstract string Name { get; }

    /// <summary>Rows as single rows, arrays or Arrow batches, by how the input is cut.</summary>
    public abstract void Push(Relation relation, IReadOnlyList<object?[]> rows, int batchRows);

    /// <summary>A watermark in the source's unit.</summary>
    public abstract void Advance(long watermark);
}

/// <summary>The entry points of one source, bound.</summary>
internal sealed class GeneratedInput<TSource> : GeneratedInput
    where TSource : ISourceRow<TSource>
{
    private readonly PushRow _one;
    private readonly Action<TSource[]> _many;
    private readonly Action<RecordBatch> _batch;
    private readonly Action<DateTime> _advance;
    private readonly Action<long>? _advanceMilliseconds;

    public GeneratedInput(object query, bool isOnly)
    {
        Type type = query.GetType();
        _one = type.GetMethod("Push", [typeof(TSource).MakeByRefType()])!.CreateDelegate<PushRow>(query);
        _many = type.GetMethod("Push", [typeof(TSource[])])!.CreateDelegate<Action<TSource[]>>(query);
        _batch = Of(type, "Push", typeof(RecordBatch), isOnly).CreateDelegate<Action<RecordBatch>>(query);
        _advance = Of(type, "AdvanceWatermark", typeof(DateTime), isOnly).CreateDelegate<Action<DateTime>>(query);
        _advanceMilliseconds = (isOnly ? type.GetMethod("AdvanceWatermark", [typeof(long)]) : null)?.CreateDelegate<Action<long>>(query);
    }

    private delegate void PushRow(in TSource row);

    public override string Name => TSource.Schema.Name;

    public override void Push(Relation relation, IReadOnlyList<object?[]> rows, int batchRows)
    {
        if (batchRows == int.MaxValue)
        {
            using RecordBatch batch = ArrowRows.ToBatch(relation, rows);
            _batch(batch);
            return;
        }

        TSource[] typed = [.. rows.Select(r => ValueRowReader.Read<TSource>([.. r.Skip(relation.Columns.Count), .. relation.Columns.Select((c, i) => EdgeValues.ToEdge(r[i], c.Type))]))];
        if (batchRows == 1)
        {
            foreach (TSource row in typed)
            {
                _one(in row);
            }
        }
        else
        {
            _many(typed);
        }
    }

    public override void Advance(long watermark)
    {
        if (TSource.EventTimeUnit != EventTimeUnit.Milliseconds)
        {
            _advance(new DateTime(watermark, DateTimeKind.Utc));
        }
        else if (_advanceMilliseconds is { } raw)
        {
            raw(watermark);
        }
        else
        {
            _advance(DateTime.UnixEpoch.AddMilliseconds(watermark));
        }
    }

    /// <summary>Of a query over several sources what says whose batch or watermark it is.</summary>
    private static MethodInfo Of(Type query, string name, Type argument, bool isOnly) => isOnly
        ? query.GetMethod(name, [argument])!
        : query.GetMethods().Single(m => m.Name == name && m.IsGenericMethod && m.GetParameters()[0].ParameterType == argument).MakeGenericMethod(typeof(TSource));
}
