using Apache.Arrow;
using Apache.Arrow.Arrays;
using Apache.Arrow.Types;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.Data;

/// <summary>Rows of CLR values as Arrow batches, and back.</summary>
internal static class ArrowRows
{
    public static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>Of a source of changes, whose rows end with their kind, with a column <c>kind</c>.</summary>
    public static RecordBatch ToBatch(Relation source, IReadOnlyList<object?[]> rows) => ToBatch(
        source.IsUpdating ? [.. source.Columns, new RelationColumn(RowKinds.Column, "Kind", SqlType.Varchar, false)] : source.Columns, rows);

    public static RecordBatch ToBatch(IReadOnlyList<RelationColumn> columns, IReadOnlyList<object?[]> rows)
    {
        var fields = new List<Field>();
        var arrays = new List<IArrowArray>();
        for (int i = 0; i < columns.Count; i++)
        {
            int column = i;
            IArrowArray array = ToArray(columns[i].Type, rows.Select(r => r[column]).ToArray());
            arrays.Add(array);
            fields.Add(new Field(columns[i].Name, array.Data.DataType, nullable: true));
        }

        return new RecordBatch(new Schema(fields, null), arrays, rows.Count);
    }

    /// <summary>The rows of batches whose columns have the types given; for an updating query the first value is the kind.</summary>
    public static List<object?[]> FromBatches(IEnumerable<RecordBatch> batches, IReadOnlyList<SqlType> types)
    {
        var rows = new List<object?[]>();
        foreach (RecordBatch batch in batches)
        {
            int extra = batch.ColumnCount - types.Count;
            RowColumn[] nested = [.. types.Select((t, i) => (Type: t, Name: batch.Schema.FieldsList[i + extra].Name)).Where(c => c.Type.IsNested).Select(c => NestedColumns.Of(c.Name, c.Type))];
            ArrowRowReader reader = new ArrowRowReader(new RowSchema("nested", nested), batch);
            for (int row = 0; row < batch.Length; row++)
            {
                var values = new object?[batch.ColumnCount];
                for (int i = 0; i < values.Length; i++)
                {
                    if (i >= extra && types[i - extra].IsNested)
                    {
                        reader.Row = row;
                        int column = System.Array.FindIndex(nested, c => c.Name == batch.Schema.FieldsList[i].Name);
                        values[i] = reader.IsNull(column) ? null : reader.GetNested(column);
                        continue;
                    }

                    values[i] = Value(batch.Column(i), i < extra ? SqlType.Varchar : types[i - extra], row);
                }

                rows.Add(values);
            }

            reader.Dispose();
        }

        return rows;
    }

    private static IArrowArray ToArray(SqlType type, object?[] values)
    {
        switch (type.Kind)
        {
            case SqlTypeKind.Boolean:
                return Each(new BooleanArray.Builder(), values, (b, v) => b.Append((bool)v), b => b.AppendNull()).Build();
            case SqlTypeKind.TinyInt:
                return Each(new Int8Array.Builder(), values, (b, v) => b.Append((sbyte)v), b => b.AppendNull()).Build();
            case SqlTypeKind.SmallInt:
                return Each(new Int16Array.Builder(), values, (b, v) => b.Append((short)v), b => b.AppendNull()).Build();
            case SqlTypeKind.Int:
                return Each(new Int32Array.Builder(), values, (b, v) => b.Append((int)v), b => b.AppendNull()).Build();
            case SqlTypeKind.BigInt:
                return Each(new Int64Array.Builder(), values, (b, v) => b.Append((long)v), b => b.AppendNull()).Build();
            case SqlTypeKind.UTinyInt:
                return Each(new UInt8Array.Builder(), values, (b, v) => b.Append((byte)v), b => b.AppendNull()).Build();
            case SqlTypeKind.USmallInt:
                return Each(new UInt16Array.Builder(), values, (b, v) => b.Append((ushort)v), b => b.AppendNull()).Build();
            case SqlTypeKind.UInt:
                return Each(new UInt32Array.Builder(), values, (b, v) => b.Append((uint)v), b => b.AppendNull()).Build();
            case SqlTypeKind.UBigInt:
                return Each(new UInt64Array.Builder(), values, (b, v) => b.Append((ulong)v), b => b.AppendNull()).Build();
            case SqlTypeKind.Real:
                return Each(new FloatArray.Builder(), values, (b, v) => b.Append((float)v), b => b.AppendNull()).Build();
            case SqlTypeKind.Double:
                return Each(new DoubleArray.Builder(), values, (b, v) => b.Append((double)v), b => b.AppendNull()).Build();
            case SqlTypeKind.Decimal:
                return Each(
                    new Decimal128Array.Builder(new Decimal128Type(type.Precision, type.Scale)), values, (b, v) => b.Append((decimal)v), b => b.AppendNull()).Build();
            case SqlTypeKind.Varchar or SqlTypeKind.Json:
                return Each(new StringArray.Builder(), values, (b, v) => b.Append((string)v), b => b.AppendNull()).Build();
            case SqlTypeKind.Bytes:
                return Each(new BinaryArray.Builder(), values, (b, v) => b.Append(((byte[])v).AsSpan()), b => b.AppendNull()).Build();
            case SqlTypeKind.Uuid:
                return Each(new StringArray.Builder(), values, (b, v) => b.Append(((Guid)v).ToString()), b => b.AppendNull()).Build();
            case SqlTypeKind.Date:
                return Each(
                    new Date32Array.Builder(), values, (b, v) => b.Append(DateOnly.FromDayNumber((int)v).ToDateTime(TimeOnly.MinValue)), b => b.AppendNull()).Build();
            case SqlTypeKind.Time:
                return Each(
                    new Time64Array.Builder(new Time64Type(TimeUnit.Microsecond)), values, (b, v) => b.Append((long)v / 10), b => b.AppendNull()).Build();
            case SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz:
                return Each(
                    new TimestampArray.Builder(new TimestampType(TimeUnit.Microsecond, "UTC")),
                    values,
                    (b, v) => b.Append(new DateTimeOffset((long)v, TimeSpan.Zero)),
                    b => b.AppendNull()).Build();
            case SqlTypeKind.Array or SqlTypeKind.Map or SqlTypeKind.Row:
                return ArrowNestedBuilder.Build(NestedColumns.Of("nested", type), values);
            default:
                throw new InvalidOperationException($"No Arrow column of {type}.");
        }
    }

    private static TBuilder Each<TBuilder>(TBuilder builder, object?[] values, Action<TBuilder, object> append, Action<TBuilder> appendNull)
    {
        foreach (object? value in values)
        {
            if (value is null)
            {
                appendNull(builder);
            }
            else
            {
                append(builder, value);
            }
        }

        return builder;
    }

    private static object? Value(IArrowArray array, SqlType type, int row) => array.IsNull(row)
        ? null
        : array switch
        {
            BooleanArray a => a.GetValue(row),
            Int8Array a => a.GetValue(row),
            Int16Array a => a.GetValue(row),
            Int32Array a => a.GetValue(row),
            Int64Array a => a.GetValue(row),
            UInt8Array a => a.GetValue(row),
            UInt16Array a => a.GetValue(row),
            UInt32Array a => a.GetValue(row),
            UInt64Array a => a.GetValue(row),
            FloatArray a => a.GetValue(row),
            DoubleArray a => a.GetValue(row),
            Decimal128Array a => a.GetValue(row),
            StringArray a => a.GetString(row),
            BinaryArray a => a.GetBytes(row).ToArray(),
            Date32Array a => a.GetValue(row)!.Value + EpochDay,
            Time64Array a => a.GetValue(row)!.Value * 10,
            TimestampArray a => (a.GetValue(row)!.Value * 10) + DateTime.UnixEpoch.Ticks,
            DurationArray a => a.GetValue(row)!.Value * 10,
            FixedSizeBinaryArray a => new Guid(a.GetBytes(row), bigEndian: true),
            _ => throw new InvalidOperationException($"No value of {type} in {array.GetType().Name}."),
        };
}
