using System.Buffers;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Laminar;

/// <summary>Decides how a column of a batch is read as a column of a row, and checks that its buffers are as long as they must be.</summary>
internal static unsafe class ArrowColumnBinder
{
    /// <param name="column">The row's column.</param>
    /// <param name="array">The batch's.</param>
    /// <param name="pins">Takes what must be released when the reader is done.</param>
    /// <exception cref="LaminarException">The types don't go together, or the batch is damaged.</exception>
    public static ArrowColumn Bind(RowColumn column, IArrowArray array, List<MemoryHandle> pins)
    {
        ArrayData data = array.Data;
        var bound = new ArrowColumn { Start = data.Offset, Array = array, Form = FormOf(data.DataType), Type = column.Type, IsRequired = !column.Nullable };
        if (!Accepts(column.Type, data.DataType, bound.Form))
        {
            throw new LaminarException($"Column {column.Name} is {column.Type}, but the Arrow data has {Describe(data.DataType)}.");
        }

        if (bound.Form == ArrowForm.Null)
        {
            return bound;
        }

        SetUnits(ref bound, data.DataType);
        long rows = (long)data.Offset + data.Length;
        if (data.NullCount != 0 && data.Buffers.Length > 0 && data.Buffers[0].Length > 0)
        {
            bound.Validity = Pin(column, data.Buffers[0], (rows + 7) / 8, pins);
        }

        switch (bound.Form)
        {
            case ArrowForm.View:
                break;
            case ArrowForm.Nested:
                bound.Nested = new ArrowNested(column, array);
                break;
            case ArrowForm.Binary32 or ArrowForm.Binary64:
                // An empty column may come without offsets at all.
                long width = bound.Form == ArrowForm.Binary32 ? 4 : 8;
                bound.Offsets = Pin(column, data.Buffers[1], data.Length == 0 ? 0 : (rows + 1) * width, pins);
                bound.Values = Pin(column, data.Buffers[2], 0, pins);
                bound.DataLength = data.Buffers[2].Length;
                break;
            case ArrowForm.Dictionary:
                bound.Values = Pin(column, data.Buffers[1], IndexBytes(bound.IndexForm, rows), pins);
                bound.Dictionary = Texts(column, data);
                bound.DictionaryHasNull = System.Array.IndexOf(bound.Dictionary, null) >= 0;
                break;
            default:
                bound.Values = Pin(column, data.Buffers[1], Width(bound, rows), pins);
                break;
        }

        return bound;
    }

    private static ArrowForm FormOf(IArrowType type) => type switch
    {
        NullType => ArrowForm.Null,
        BooleanType => ArrowForm.Bits,
        Int8Type => ArrowForm.I8,
        Int16Type => ArrowForm.I16,
        Int32Type or Date32Type or Time32Type => ArrowForm.I32,
        Int64Type or Date64Type or Time64Type or TimestampType or DurationType => ArrowForm.I64,
        UInt8Type => ArrowForm.U8,
        UInt16Type => ArrowForm.U16,
        UInt32Type => ArrowForm.U32,
        UInt64Type => ArrowForm.U64,
        HalfFloatType => ArrowForm.F16,
        FloatType => ArrowForm.F32,
        DoubleType => ArrowForm.F64,
        Decimal128Type => ArrowForm.Decimal128,
        Decimal256Type => ArrowForm.Decimal256,
        StringType or BinaryType => ArrowForm.Binary32,
        LargeStringType or LargeBinaryType => ArrowForm.Binary64,
        StringViewType or BinaryViewType => ArrowForm.View,
        FixedSizeBinaryType => ArrowForm.Fixed,
        ListType or LargeListType or MapType or StructType => ArrowForm.Nested,
        _ => ArrowForm.Dictionary,
    };

    private static bool Accepts(ColumnType column, IArrowType type, ArrowForm form)
    {
        bool text = type is StringType or LargeStringType or StringViewType;
        bool plain = type is not (Date32Type or Date64Type or Time32Type or Time64Type or TimestampType or DurationType);
        bool integer = plain && form is >= ArrowForm.I8 and <= ArrowForm.U64;
        if (form == ArrowForm.Null)
        {
            return true;
        }

        if (form == ArrowForm.Dictionary)
        {
            return column is ColumnType.Text or ColumnType.Json && type is DictionaryType { ValueType: StringType or LargeStringType };
        }

        return column switch
        {
            ColumnType.Boolean => form == ArrowForm.Bits,
            >= ColumnType.Int8 and <= ColumnType.UInt64 => integer,
            ColumnType.Float32 => form is ArrowForm.F32 or ArrowForm.F16 || integer,
            ColumnType.Float64 => form is ArrowForm.F64 or ArrowForm.F32 or ArrowForm.F16 || integer,
            ColumnType.Decimal => form is ArrowForm.Decimal128 or ArrowForm.Decimal256 || integer,
            ColumnType.Text or ColumnType.Json => text,
            ColumnType.Array => type is ListType or LargeListType && type is not MapType,
            ColumnType.Map => type is MapType,
            ColumnType.Row => type is StructType,
            ColumnType.Bytes => form is ArrowForm.Binary32 or ArrowForm.Binary64 or ArrowForm.View or ArrowForm.Fixed,
            ColumnType.Uuid => text || type is FixedSizeBinaryType { ByteWidth: 16 },
            ColumnType.Date => type is Date32Type or Date64Type,
            ColumnType.Time => type is Time32Type or Time64Type,
            ColumnType.Timestamp or ColumnType.TimestampTz => type is TimestampType or Date32Type or Date64Type,
            _ => type is DurationType,
        };
    }

    private static void SetUnits(ref ArrowColumn bound, IArrowType type)
    {
        switch (type)
        {
            case Decimal128Type d:
                bound.Scale = d.Scale;
                break;
            case Decimal256Type d:
                bound.Scale = d.Scale;
                break;
            case FixedSizeBinaryType f:
                bound.Scale = f.ByteWidth;
                break;
            case Date32Type:
                bound.TicksPerUnit = TimeSpan.TicksPerDay;
                break;
            case Date64Type:
                bound.TicksPerUnit = TimeSpan.TicksPerMillisecond;
                break;
            case TimeBasedType t:
                bound.TicksPerUnit = t.Unit switch
                {
                    TimeUnit.Second => TimeSpan.TicksPerSecond,
                    TimeUnit.Millisecond => TimeSpan.TicksPerMillisecond,
                    TimeUnit.Microsecond => TimeSpan.TicksPerMicrosecond,
                    _ => -100,
                };
                break;
            case DictionaryType { IndexType: NumberType index }:
                bound.IndexForm = FormOf(index);
                break;
        }
    }

    private static long Width(in ArrowColumn bound, long rows) => bound.Form switch
    {
        ArrowForm.Bits => (rows + 7) / 8,
        ArrowForm.I8 or ArrowForm.U8 => rows,
        ArrowForm.I16 or ArrowForm.U16 or ArrowForm.F16 => rows * 2,
        ArrowForm.I32 or ArrowForm.U32 or ArrowForm.F32 => rows * 4,
        ArrowForm.Decimal128 => rows * 16,
        ArrowForm.Decimal256 => rows * 32,
        ArrowForm.Fixed => rows * bound.Scale,
        _ => rows * 8,
    };

    private static long IndexBytes(ArrowForm form, long rows) => form switch
    {
        ArrowForm.I8 or ArrowForm.U8 => rows,
        ArrowForm.I16 or ArrowForm.U16 => rows * 2,
        ArrowForm.I32 or ArrowForm.U32 => rows * 4,
        _ => rows * 8,
    };

    private static byte* Pin(RowColumn column, ArrowBuffer buffer, long atLeast, List<MemoryHandle> pins)
    {
        if (buffer.Length < atLeast)
        {
            throw new LaminarException($"The Arrow batch is damaged: column {column.Name} has a buffer of {buffer.Length} bytes where {atLeast} are needed.");
        }

        if (buffer.Length == 0)
        {
            return null;
        }

        MemoryHandle handle = buffer.Memory.Pin();
        pins.Add(handle);
        return (byte*)handle.Pointer;
    }

    /// <summary>The dictionary as strings: decoded once, so that rows share them.</summary>
    private static string?[] Texts(RowColumn column, ArrayData data)
    {
        IArrowArray dictionary = ArrowArrayFactory.BuildArray(data.Dictionary);
        var pins = new List<MemoryHandle>();
        try
        {
            ArrowColumn values = Bind(column, dictionary, pins);
            var texts = new string?[dictionary.Length];
            var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
            for (int i = 0; i < texts.Length; i++)
            {
                texts[i] = values.IsNull(i) ? null : strict.GetString(values.Bytes(i, -1));
            }

            return texts;
        }
        catch (DecoderFallbackException e)
        {
            throw new LaminarException($"The dictionary of column {column.Name} is not UTF-8.", e);
        }
        finally
        {
            pins.ForEach(p => p.Dispose());
        }
    }

    private static string Describe(IArrowType type) => type switch
    {
        DictionaryType d => $"{d.Name} of {d.ValueType.Name}",
        _ => type.Name,
    };
}
