using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Apache.Arrow;
using Laminar.Functions;

namespace Laminar;

/// <summary>
/// Reads the rows of an Arrow batch, columns matched by name (<see cref="ColumnNames"/>). Integers of any width are accepted where the value
/// fits, timestamps, times and durations in any unit (nanoseconds are floored to 100 ns), text as string, large string, view or dictionary,
/// floats from narrower floats and integers. A nullable column that the batch lacks is NULL. Set <see cref="Row"/>, then call
/// <c>TRow.Read(ref reader)</c>. It pins the batch's memory: dispose it before the batch.
/// </summary>
public struct ArrowRowReader : IRowReader, IDisposable
{
    private readonly ArrowColumn[] _columns;
    private readonly TextCache?[] _texts;
    private readonly List<MemoryHandle> _pins;

    /// <summary>The row to read, from 0.</summary>
    public int Row;

    /// <param name="schema">The row type's schema.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="texts">Kept by the caller over batches (<see cref="TextCache.PerColumn"/>); null for caches of this batch alone.</param>
    /// <exception cref="LaminarException">A NOT NULL column is missing, a column is there twice or of a type that doesn't fit, or the batch is damaged.</exception>
    public ArrowRowReader(RowSchema schema, RecordBatch batch, TextCache?[]? texts = null)
    {
        RowCount = batch.Length;
        _texts = texts ?? TextCache.PerColumn(schema);
        _pins = [];
        _columns = new ArrowColumn[schema.Columns.Count];
        int[] places = ColumnNames.Map(schema, [.. batch.Schema.FieldsList.Select(f => f.Name)]);
        try
        {
            for (int i = 0; i < places.Length; i++)
            {
                RowColumn column = schema.Columns[i];
                if (places[i] >= 0)
                {
                    IArrowArray array = batch.Column(places[i]);
                    if (array.Length < batch.Length)
                    {
                        throw new LaminarException(
                            $"The Arrow batch is damaged: column {column.Name} has {array.Length} of {batch.Length} rows.");
                    }

                    _columns[i] = ArrowColumnBinder.Bind(column, array, _pins);
                }
                else if (!column.Nullable)
                {
                    throw new LaminarException(
                        $"The Arrow data has no column {column.Name}, which {schema.Name} declares NOT NULL. It has: {string.Join(", ", batch.Schema.FieldsList.Select(f => f.Name))}.");
                }
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Rows in the batch.</summary>
    public int RowCount { get; }

    public readonly bool IsNull(int column) => _columns[column].IsNull(Row);

    public readonly bool GetBoolean(int column) => Value(column).Bit(Row);

    public readonly sbyte GetInt8(int column) => (sbyte)Integer(column, sbyte.MinValue, sbyte.MaxValue);

    public readonly short GetInt16(int column) => (short)Integer(column, short.MinValue, short.MaxValue);

    public readonly int GetInt32(int column) => (int)Integer(column, int.MinValue, int.MaxValue);

    public readonly long GetInt64(int column) => Value(column).Integer(Row, column);

    public readonly byte GetUInt8(int column) => (byte)Integer(column, 0, byte.MaxValue);

    public readonly ushort GetUInt16(int column) => (ushort)Integer(column, 0, ushort.MaxValue);

    public readonly uint GetUInt32(int column) => (uint)Integer(column, 0, uint.MaxValue);

    public readonly unsafe ulong GetUInt64(int column)
    {
        ref readonly ArrowColumn source = ref Value(column);
        return source.Form == ArrowForm.U64 ? ((ulong*)source.Values)[source.Start + Row] : (ulong)Integer(column, 0, long.MaxValue);
    }

    public readonly float GetFloat32(int column) => (float)Value(column).Float(Row, column);

    public readonly double GetFloat64(int column) => Value(column).Float(Row, column);

    public readonly decimal GetDecimal(int column) => Value(column).Decimal(Row, column);

    public readonly string GetText(int column)
    {
        ref readonly ArrowColumn source = ref Value(column);
        if (source.Form == ArrowForm.Dictionary)
        {
            return source.DictionaryText(Row, column)!;
        }

        try
        {
            return (_texts[column] ??= new TextCache()).Get(source.Bytes(Row, column));
        }
        catch (DecoderFallbackException e)
        {
            throw new RowFormatException(column, "the text is not UTF-8", e);
        }
    }

    public readonly string GetJson(int column)
    {
        try
        {
            return SqlJson.Parse(GetText(column));
        }
        catch (LaminarException e) when (e is not RowFormatException)
        {
            throw new RowFormatException(column, e.Message, e);
        }
    }

    public readonly object GetNested(int column) => Value(column).Nested!.Read(Row);

    public readonly byte[] GetBytes(int column) => Value(column).Bytes(Row, column).ToArray();

    public readonly Guid GetUuid(int column)
    {
        ref readonly ArrowColumn source = ref Value(column);
        ReadOnlySpan<byte> bytes = source.Bytes(Row, column);
        if (source.Form == ArrowForm.Fixed)
        {
            return new Guid(bytes, bigEndian: true);
        }

        return Guid.TryParse(bytes, out Guid parsed)
            ? parsed
            : throw new RowFormatException(column, "the text is not a UUID");
    }

    public readonly DateOnly GetDate(int column) => DateOnly.FromDateTime(GetTimestamp(column));

    public readonly TimeOnly GetTime(int column)
    {
        long ticks = Value(column).Ticks(Row, column);
        return ticks is >= 0 and < TimeSpan.TicksPerDay
            ? new TimeOnly(ticks)
            : throw new RowFormatException(column, $"{new TimeSpan(ticks)} is not a time of day");
    }

    public readonly DateTime GetTimestamp(int column)
    {
        long ticks = Value(column).Ticks(Row, column);
        return ticks >= -DateTime.UnixEpoch.Ticks && ticks <= DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks
            ? new DateTime(DateTime.UnixEpoch.Ticks + ticks, DateTimeKind.Utc)
            : throw new RowFormatException(column, "the timestamp is outside the years 1 to 9999");
    }

    public readonly DateTimeOffset GetTimestampTz(int column) => new(GetTimestamp(column));

    public readonly TimeSpan GetInterval(int column) => new(Value(column).Ticks(Row, column));

    /// <summary>Where a column's values lie.</summary>
    internal readonly ref readonly ArrowColumn Column(int column) => ref _columns[column];

    /// <summary>Releases the batch's memory.</summary>
    public readonly void Dispose()
    {
        foreach (ArrowColumn column in _columns ?? [])
        {
            column.Nested?.Dispose();
        }

        _pins?.ForEach(p => p.Dispose());
        _pins?.Clear();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly ref readonly ArrowColumn Value(int column)
    {
        ref readonly ArrowColumn source = ref _columns[column];
        if ((uint)Row >= (uint)RowCount || source.IsNull(Row))
        {
            Refuse(column);
        }

        return ref source;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly void Refuse(int column) =>
        throw ((uint)Row >= (uint)RowCount
            ? new ArgumentOutOfRangeException(nameof(Row), Row, $"The batch has {RowCount} rows.")
            : new RowFormatException(column, "NULL in a NOT NULL column"));

    private readonly long Integer(int column, long least, long most)
    {
        long value = Value(column).Integer(Row, column);
        return value >= least && value <= most ? value : throw new RowFormatException(column, $"{value} is out of range");
    }
}
