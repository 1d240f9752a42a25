using Apache.Arrow;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;
using Parquet;
using Parquet.Schema;
using ArrowField = Apache.Arrow.Field;

namespace Laminar.Tool.Inference;

/// <summary>A Parquet file as an Arrow file, a batch for each row group: what a source can read.</summary>
internal static class ParquetTable
{
    /// <summary>Writes the Arrow file.</summary>
    /// <param name="path">The Parquet file.</param>
    /// <param name="target">The Arrow file, which is written anew.</param>
    /// <param name="cancel">Looked at between row groups.</param>
    /// <exception cref="LaminarException">It isn't a Parquet file, or a column is nested or of a type that no SQL type has.</exception>
    public static async Task ToArrowAsync(string path, string target, CancellationToken cancel)
    {
        await using FileStream file = File.OpenRead(path);
        await using FileStream output = File.Create(target);
        try
        {
            await using ParquetReader reader = await ParquetReader.CreateAsync(file, cancellationToken: cancel);
            if (reader.Schema.Fields.FirstOrDefault(f => f is not DataField { IsArray: false }) is { } nested)
            {
                throw new LaminarException($"Column {nested.Name} of {path} is nested; only plain columns of Parquet can be read.");
            }

            DataField[] fields = reader.Schema.GetDataFields();
            var schema = new Schema(fields.Select(f => new ArrowField(f.Name, TypeOf(f, path), nullable: true)), null);
            using var writer = new ArrowFileWriter(output, schema);
            await writer.WriteStartAsync(cancel);
            for (int group = 0; group < reader.RowGroupCount; group++)
            {
                cancel.ThrowIfCancellationRequested();
                using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
                int count = checked((int)rows.RowCount);
                var columns = new List<IArrowArray>();
                foreach (DataField field in fields)
                {
                    columns.Add(await ColumnAsync(rows, field, count, cancel));
                }

                using var batch = new RecordBatch(schema, columns, count);
                await writer.WriteRecordBatchAsync(batch, cancel);
            }

            await writer.WriteEndAsync(cancel);
        }
        catch (Exception error) when (error is not (LaminarException or OperationCanceledException))
        {
            // The package throws what it comes upon in a damaged file, of any type.
            throw new LaminarException($"{path} can't be read as Parquet: {error.Message}", error);
        }
    }

    private static IArrowType TypeOf(DataField field, string path) => Bare(field) switch
    {
        var t when t == typeof(bool) => BooleanType.Default,
        var t when t == typeof(sbyte) => Int8Type.Default,
        var t when t == typeof(short) => Int16Type.Default,
        var t when t == typeof(int) => Int32Type.Default,
        var t when t == typeof(long) => Int64Type.Default,
        var t when t == typeof(byte) => UInt8Type.Default,
        var t when t == typeof(ushort) => UInt16Type.Default,
        var t when t == typeof(uint) => UInt32Type.Default,
        var t when t == typeof(ulong) => UInt64Type.Default,
        var t when t == typeof(float) => FloatType.Default,
        var t when t == typeof(double) => DoubleType.Default,
        var t when t == typeof(ReadOnlyMemory<char>) => StringType.Default,
        var t when t == typeof(ReadOnlyMemory<byte>) => BinaryType.Default,
        var t when t == typeof(DateTime) => IsDate(field) ? Date32Type.Default : new TimestampType(TimeUnit.Microsecond, "UTC"),
        var t when t == typeof(DateOnly) => Date32Type.Default,
        var t when t == typeof(decimal) => field is DecimalDataField { Precision: <= 28 } number
            ? new Decimal128Type(number.Precision, number.Scale)
            : throw new LaminarException($"Column {field.Name} of {path} is a DECIMAL of more than 28 digits."),
        var t => throw new LaminarException($"Column {field.Name} of {path} is of the Parquet type {t.Name}, which no SQL type has."),
    };

    /// <summary>The package reads days as times, unless it is told otherwise.</summary>
    private static bool IsDate(DataField field) => field is DateTimeDataField { DateTimeFormat: DateTimeFormat.Date };

    private static Type Bare(DataField field) => Nullable.GetUnderlyingType(field.ClrType) ?? field.ClrType;

    private static async Task<IArrowArray> ColumnAsync(ParquetRowGroupReader rows, DataField field, int count, CancellationToken cancel)
    {
        Type type = Bare(field);
        if (type == typeof(ReadOnlyMemory<char>))
        {
            string?[] texts = new string?[count];
            await rows.ReadAsync(field, texts.AsMemory()!, cancellationToken: cancel);
            return new StringArray.Builder().AppendRange(texts!).Build();
        }

        if (type == typeof(ReadOnlyMemory<byte>))
        {
            byte[]?[] bytes = new byte[]?[count];
            await rows.ReadAsync(field, bytes.AsMemory()!, cancellationToken: cancel);
            var builder = new BinaryArray.Builder();
            foreach (byte[]? value in bytes)
            {
                _ = value is null ? builder.AppendNull() : builder.Append(value.AsSpan());
            }

            return builder.Build();
        }

        return type switch
        {
            var t when t == typeof(bool) => new BooleanArray.Builder().AppendAll(await ValuesAsync<bool>(), (b, v) => b.Append(v), b => b.AppendNull()).Build(),
            var t when t == typeof(sbyte) => new Int8Array.Builder().AppendAll(await ValuesAsync<sbyte>(), (b, v) => b.Append(v), b => b.AppendNull()).Build(),
            var t when t == typeof(short) => new Int16Array.Builder().AppendAll(await ValuesAsync<short>(), (b, v) => b.Append(v), b => b.AppendNull()).Build(),
            var t when t == typeof(int) => new Int32Array.Builder().AppendAll(await ValuesAsync<int>(), (b, v) => b.Append(v), b => b.AppendNull()).Build(),
            var t when t == typeof(long) => new Int64Array.Builder().AppendAll(await ValuesAsync<long>(), (b, v) => b.Append(v), b => b.AppendNull()).Build(),
            var t when t == typeof(byte) => new UInt8Array.Builder().AppendAll(await ValuesAsync<byte>(), (b, v) => b.Append(v), b => b.AppendNull()).Build(),
            var t when t == typeof(ushort) => new UInt16Array.Builder().AppendAll(await ValuesAsync<ushort>(), (b, v) => b.Append(v), b => b.AppendNull()).Build(),
            var t when t == typeof(uint) => new UInt32Array.Builder().AppendAll(await ValuesAsync<uint>(), (b, v) => b.Append(v), b => b.AppendNull()).Build(),
            var t when t == typeof(ulong) => new UInt64Array.Builder().AppendAll(await ValuesAsync<ulong>(), (b, v) => b.Append(v), b => b.AppendNull()).Build(),
            var t when t == typeof(float) => new FloatArray.Builder().AppendAll(await ValuesAsync<float>(), (b, v) => b.Append(v), b => b.AppendNull()).Build(),
            var t when t == typeof(double) => new DoubleArray.Builder().AppendAll(await ValuesAsync<double>(), (b, v) => b.Append(v), b => b.AppendNull()).Build(),
            var t when t == typeof(DateOnly) => new Date32Array.Builder().AppendAll(await ValuesAsync<DateOnly>(), (b, v) => b.Append(v), b => b.AppendNull()).Build(),
            var t when t == typeof(DateTime) && IsDate(field) => new Date32Array.Builder().AppendAll(await ValuesAsync<DateTime>(), (b, v) => b.Append(v), b => b.AppendNull()).Build(),
            var t when t == typeof(DateTime) => new TimestampArray.Builder(new TimestampType(TimeUnit.Microsecond, "UTC"))
                .AppendAll(await ValuesAsync<DateTime>(), (b, v) => b.Append(new DateTimeOffset(DateTime.SpecifyKind(v, DateTimeKind.Utc))), b => b.AppendNull()).Build(),
            _ => new Decimal128Array.Builder(new Decimal128Type(((DecimalDataField)field).Precision, ((DecimalDataField)field).Scale))
                .AppendAll(await ValuesAsync<decimal>(), (b, v) => b.Append(v), b => b.AppendNull()).Build(),
        };

        async Task<T?[]> ValuesAsync<T>()
            where T : struct
        {
            T?[] values = new T?[count];
            if (field.IsNullable)
            {
                await rows.ReadAsync(field, values.AsMemory(), cancellationToken: cancel);
                return values;
            }

            T[] plain = new T[count];
            await rows.ReadAsync(field, plain.AsMemory(), cancellationToken: cancel);
            return System.Array.ConvertAll(plain, v => (T?)v);
        }
    }

    private static TBuilder AppendAll<TBuilder, T>(this TBuilder builder, T?[] values, Action<TBuilder, T> append, Action<TBuilder> appendNull)
        where T : struct
    {
        foreach (T? value in values)
        {
            if (value is { } known)
            {
                append(builder, known);
            }
            else
            {
                appendNull(builder);
            }
        }

        return builder;
    }
}
