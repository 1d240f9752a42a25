using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Arrays;
using Laminar.Sql.Catalog;

namespace Laminar.Testing;

/// <summary>
/// Rows as text, for comparing and for messages. Times are in whole microseconds, as Arrow has them; DOUBLE is told apart to 12 digits and REAL to 6, because sums
/// over panes and over one batch add up in another order.
/// </summary>
internal static class RowText
{
    /// <summary>Each row as <c>symbol = A, vwap = 11</c>, of an updating query with its kind in front.</summary>
    public static IReadOnlyList<string> Of<TRow>(IReadOnlyList<TRow> rows, bool withKind = true)
        where TRow : IStreamRow<TRow>
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var builder = new ArrowBatchBuilder<TRow>();
        foreach (TRow row in rows)
        {
            builder.Add(in row);
        }

        using RecordBatch batch = builder.Build();
        return [.. Texts(batch, TRow.Schema).Select(t => withKind && t.Kind.Length > 0 ? $"{t.Kind}: {t.Text}" : t.Text)];
    }

    /// <summary>The same of batches whose columns are found by name; kinds in front if there are any.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyList<RecordBatch> batches, RowSchema schema) =>
        [.. batches.SelectMany(b => Texts(b, schema)).Select(t => t.Kind.Length > 0 ? $"{t.Kind}: {t.Text}" : t.Text)];

    /// <summary>What is left when the changes of batches are applied.</summary>
    /// <exception cref="StreamTestException">One takes back a row that isn't there.</exception>
    public static IReadOnlyList<string> Left(IReadOnlyList<RecordBatch> batches, RowSchema schema)
    {
        var left = new List<string>();
        foreach ((string kind, string text) in batches.SelectMany(b => Texts(b, schema)))
        {
            if (kind.Length == 0 || kind == RowKinds.NameOf(RowKind.Insert) || kind == RowKinds.NameOf(RowKind.UpdateAfter))
            {
                left.Add(text);
            }
            else if (!left.Remove(text))
            {
                throw new StreamTestException($"{kind} of a row that isn't there: {text}");
            }
        }

        return left;
    }

    private static IEnumerable<(string Kind, string Text)> Texts(RecordBatch batch, RowSchema schema)
    {
        // A column of the query may itself be called kind: what tells them apart is that it stands in front of all others.
        IReadOnlyList<Field> fields = batch.Schema.FieldsList;
        bool hasKind = fields.Count == schema.Columns.Count + 1 && fields[0].Name == RowKinds.Column;
        int[] at = [.. schema.Columns.Select(c => IndexOf(fields, c.Name, hasKind ? 1 : 0))];
        for (int row = 0; row < batch.Length; row++)
        {
            string kind = hasKind ? ((StringArray)batch.Column(0)).GetString(row) : "";
            yield return (kind, string.Join(", ", schema.Columns.Select((c, i) => $"{c.Name} = {Cell(batch.Column(at[i]), row)}")));
        }
    }

    private static int IndexOf(IReadOnlyList<Field> fields, string name, int from)
    {
        int found = Enumerable.Range(from, fields.Count - from).FirstOrDefault(i => SqlName.Same(fields[i].Name, name), -1);
        return found >= 0 ? found : throw new StreamTestException($"The query has no column {name} for the row's member.");
    }

    private static string Cell(IArrowArray array, int row)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        return array.IsNull(row) ? "NULL" : array switch
        {
            BooleanArray booleans => booleans.GetValue(row) == true ? "true" : "false",
            Int8Array numbers => numbers.GetValue(row)!.Value.ToString(culture),
            Int16Array numbers => numbers.GetValue(row)!.Value.ToString(culture),
            Int32Array numbers => numbers.GetValue(row)!.Value.ToString(culture),
            Int64Array numbers => numbers.GetValue(row)!.Value.ToString(culture),
            UInt8Array numbers => numbers.GetValue(row)!.Value.ToString(culture),
            UInt16Array numbers => numbers.GetValue(row)!.Value.ToString(culture),
            UInt32Array numbers => numbers.GetValue(row)!.Value.ToString(culture),
            UInt64Array numbers => numbers.GetValue(row)!.Value.ToString(culture),
            FloatArray floats => (floats.GetValue(row)!.Value + 0f).ToString("G6", culture),
            DoubleArray floats => (floats.GetValue(row)!.Value + 0d).ToString("G12", culture),
            Decimal128Array decimals => decimals.GetValue(row)!.Value.ToString("0.############################", culture),
            StringArray texts => "'" + texts.GetString(row) + "'",
            BinaryArray bytes => "0x" + Convert.ToHexString(bytes.GetBytes(row)),
            FixedSizeBinaryArray bytes => Convert.ToHexString(bytes.GetBytes(row)),
            Date32Array dates => dates.GetDateTime(row)!.Value.ToString("yyyy-MM-dd", culture),
            Time64Array times => new TimeOnly(times.GetValue(row)!.Value * 10).ToString("HH:mm:ss.FFFFFF", culture),
            TimestampArray times => DateTime.UnixEpoch.AddMicroseconds(times.GetValue(row)!.Value).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", culture),
            DurationArray spans => new TimeSpan(spans.GetValue(row)!.Value * 10).ToString("c", culture),
            ListArray lists => "[" + string.Join(", ", Items(lists.GetSlicedValues(row))) + "]",
            StructArray rows => "(" + string.Join(", ", rows.Fields.Select(f => Cell(f, row))) + ")",
            _ => throw new StreamTestException($"Columns of Arrow type {array.Data.DataType.TypeId} aren't compared yet."),
        };
    }

    private static IEnumerable<string> Items(IArrowArray values) => Enumerable.Range(0, values.Length).Select(i => Cell(values, i));
}
