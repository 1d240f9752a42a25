using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Types;

namespace Laminar.Interpreter.Columns;

/// <summary>Copies one column of an Arrow batch into a vector, a chunk at a time.</summary>
internal abstract class ColumnFiller
{
    public abstract Vector Target { get; }

    /// <param name="reader">The batch.</param>
    /// <param name="from">Its first row to take.</param>
    /// <param name="count">How many, at most a chunk.</param>
    public abstract void Fill(ArrowRowReader reader, int from, int count);

    /// <param name="type">The column's type.</param>
    /// <param name="column">Its ordinal in the reader's schema.</param>
    public static ColumnFiller Create(SqlType type, int column)
    {
        Type form = type.Kind switch
        {
            SqlTypeKind.Boolean => typeof(ReadBoolean),
            SqlTypeKind.TinyInt => typeof(ReadInt8),
            SqlTypeKind.SmallInt => typeof(ReadInt16),
            SqlTypeKind.Int => typeof(ReadInt32),
            SqlTypeKind.BigInt => typeof(ReadInt64),
            SqlTypeKind.UTinyInt => typeof(ReadUInt8),
            SqlTypeKind.USmallInt => typeof(ReadUInt16),
            SqlTypeKind.UInt => typeof(ReadUInt32),
            SqlTypeKind.UBigInt => typeof(ReadUInt64),
            SqlTypeKind.Decimal => typeof(ReadDecimal),
            SqlTypeKind.Real => typeof(ReadFloat32),
            SqlTypeKind.Double => typeof(ReadFloat64),
            SqlTypeKind.Varchar => typeof(ReadText),
            SqlTypeKind.Bytes => typeof(ReadBytes),
            SqlTypeKind.Uuid => typeof(ReadUuid),
            SqlTypeKind.Date => typeof(ReadDate),
            SqlTypeKind.Time => typeof(ReadTime),
            SqlTypeKind.Timestamp => typeof(ReadZonelessTimestamp),
            SqlTypeKind.TimestampTz => typeof(ReadTimestampTz),
            SqlTypeKind.IntervalDayTime => typeof(ReadInterval),
            SqlTypeKind.Json => typeof(ReadJson),
            SqlTypeKind.Array or SqlTypeKind.Row => typeof(ReadNested<object?[]>),
            SqlTypeKind.Map => typeof(ReadNested<Laminar.Functions.SqlMap>),
            _ => throw new LaminarException($"A source column can't have the type {type}."),
        };
        return (ColumnFiller)ClrValueTypes.Make(typeof(ColumnFiller<,>), [ClrValueTypes.Of(type), form], column);
    }
}

/// <inheritdoc cref="ColumnFiller"/>
internal sealed class ColumnFiller<T, TRead>(int column) : ColumnFiller
    where TRead : struct, IValueReader<T>
{
    private readonly Vector<T> _target = new(Chunk.Size);

    public override Vector Target => _target;

    public override void Fill(ArrowRowReader reader, int from, int count)
    {
        T[] write = _target.Values;
        _target.ClearNulls();
        for (int i = 0; i < count; i++)
        {
            reader.Row = from + i;
            if (reader.IsNull(column))
            {
                _target.SetNull(i);
            }
            else
            {
                write[i] = TRead.Read(in reader, column);
            }
        }
    }
}
