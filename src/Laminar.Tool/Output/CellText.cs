using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Laminar.Tool.Output;

/// <summary>One value of an Arrow array as text, as files of this house have it: times in UTC with Z, decimals with all their digits.</summary>
internal static class CellText
{
    /// <summary>Null for NULL.</summary>
    public static string? Of(IArrowArray array, int row)
    {
        CultureInfo plain = CultureInfo.InvariantCulture;
        return array.IsNull(row) ? null : array switch
        {
            StringArray text => text.GetString(row),
            BooleanArray truth => truth.GetValue(row)!.Value ? "true" : "false",
            Int8Array number => number.GetValue(row)!.Value.ToString(plain),
            Int16Array number => number.GetValue(row)!.Value.ToString(plain),
            Int32Array number => number.GetValue(row)!.Value.ToString(plain),
            Int64Array number => number.GetValue(row)!.Value.ToString(plain),
            UInt8Array number => number.GetValue(row)!.Value.ToString(plain),
            UInt16Array number => number.GetValue(row)!.Value.ToString(plain),
            UInt32Array number => number.GetValue(row)!.Value.ToString(plain),
            UInt64Array number => number.GetValue(row)!.Value.ToString(plain),
            FloatArray number => number.GetValue(row)!.Value.ToString("R", plain),
            DoubleArray number => number.GetValue(row)!.Value.ToString("R", plain),
            Decimal128Array number => number.GetString(row),
            TimestampArray time => time.GetTimestamp(row)!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", plain),
            Date32Array date => date.GetDateTime(row)!.Value.ToString("yyyy-MM-dd", plain),
            Time64Array time => new TimeOnly(time.GetValue(row)!.Value * TimeSpan.TicksPerMicrosecond).ToString("HH:mm:ss.FFFFFF", plain),
            DurationArray span => span.GetTimeSpan(row)!.Value.ToString("c", plain),
            Apache.Arrow.Arrays.FixedSizeBinaryArray uuid => new Guid(uuid.GetBytes(row), bigEndian: true).ToString(),
            BinaryArray bytes => Convert.ToHexString(bytes.GetBytes(row)),
            MapArray map => "{" + string.Join(", ", Range(map, row).Select(i => $"{Of(map.Keys, i)}: {Of(map.Values, i) ?? "NULL"}")) + "}",
            ListArray list => "[" + string.Join(", ", Range(list, row).Select(i => Of(list.Values, i) ?? "NULL")) + "]",
            StructArray fields => "(" + string.Join(", ", fields.Fields.Select(f => Of(f, row) ?? "NULL")) + ")",
            _ => array.Data.DataType.Name,
        };
    }

    public static bool IsNumber(IArrowType type) => type.TypeId is ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64 or ArrowTypeId.UInt8 or ArrowTypeId.UInt16
        or ArrowTypeId.UInt32 or ArrowTypeId.UInt64 or ArrowTypeId.Float or ArrowTypeId.Double or ArrowTypeId.Decimal128;

    private static IEnumerable<int> Range(ListArray list, int row) => Enumerable.Range(list.ValueOffsets[row], list.GetValueLength(row));
}
