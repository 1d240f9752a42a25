using System.Globalization;
using System.Reflection;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Testing;

/// <summary>What a source's row type is to SQL, read off its schema and its attributes.</summary>
internal static class SourceRelation
{
    /// <exception cref="StreamTestException">Its watermark is declared in a way that its type doesn't show, as in a pipeline.</exception>
    public static Relation Of<TSource>()
        where TSource : ISourceRow<TSource>
    {
        RowSchema schema = TSource.Schema;
        RelationColumn[] columns = [.. schema.Columns.Skip(schema.HasKind ? 1 : 0).Select(c => new RelationColumn(c.Name, c.Name, TypeOf(c), c.Nullable))];
        WatermarkDeclaration? watermark = TSource.HasWatermark ? Watermark(typeof(TSource), columns) : null;
        if (watermark is not null)
        {
            columns[watermark.ColumnIndex] = columns[watermark.ColumnIndex] with { EventTimeLag = 0 };
        }

        string type = "global::" + typeof(TSource).FullName!.Replace('+', '.');
        return new Relation(schema.Name, RelationKind.Source, type, columns) { Watermark = watermark, IsUpdating = schema.HasKind, BaseSources = [type] };
    }

    private static WatermarkDeclaration Watermark(Type source, RelationColumn[] columns)
    {
        if (source.GetCustomAttribute<StreamSourceAttribute>()?.Watermark is { Length: > 0 } text && WatermarkCompiler.Compile(text, columns).Declaration is { } declared)
        {
            return declared;
        }

        IEnumerable<(string? Name, EventTimeAttribute? Attribute)> members = source.GetMembers().Select(m => ((string?)m.Name, m.GetCustomAttribute<EventTimeAttribute>()))
            .Concat(source.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => (p.Name, p.GetCustomAttribute<EventTimeAttribute>())));
        foreach ((string? name, EventTimeAttribute? attribute) in members)
        {
            int column = attribute is null ? -1 : Array.FindIndex(columns, c => SqlName.Same(c.Name, name ?? ""));
            if (column >= 0)
            {
                long ticks = Ticks(attribute!.Lateness);
                return new WatermarkDeclaration(column, columns[column].Type.Kind == SqlTypeKind.BigInt ? ticks / TimeSpan.TicksPerMillisecond : ticks);
            }
        }

        throw new StreamTestException($"The watermark of {source.Name} isn't declared on the type, by [StreamSource(Watermark = ...)] or [EventTime], so that the query can't be run from its text.");
    }

    // As the generator reads it, which has refused everything else.
    private static long Ticks(string? lateness)
    {
        string text = lateness?.Trim() ?? "0s";
        int digits = text.TakeWhile(c => char.IsDigit(c) || c == '.').Count();
        long unit = text[digits..].Trim() switch
        {
            "ms" => TimeSpan.TicksPerMillisecond,
            "s" => TimeSpan.TicksPerSecond,
            "m" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            _ => TimeSpan.TicksPerDay,
        };
        return (long)(decimal.Parse(text[..digits], CultureInfo.InvariantCulture) * unit);
    }

    private static SqlType TypeOf(RowColumn column) => column.Type switch
    {
        ColumnType.Boolean => SqlType.Boolean,
        ColumnType.Int8 => SqlType.TinyInt,
        ColumnType.Int16 => SqlType.SmallInt,
        ColumnType.Int32 => SqlType.Int,
        ColumnType.Int64 => SqlType.BigInt,
        ColumnType.UInt8 => SqlType.UTinyInt,
        ColumnType.UInt16 => SqlType.USmallInt,
        ColumnType.UInt32 => SqlType.UInt,
        ColumnType.UInt64 => SqlType.UBigInt,
        ColumnType.Float32 => SqlType.Real,
        ColumnType.Float64 => SqlType.Double,

        // A C# decimal without digits of its own has these, and keeps as many as it likes.
        ColumnType.Decimal => column is { Precision: 28, Scale: 10 } ? ClrTypes.ClrDecimal : SqlType.Decimal(column.Precision, column.Scale),
        ColumnType.Text => SqlType.Varchar,
        ColumnType.Bytes => SqlType.Bytes,
        ColumnType.Uuid => SqlType.Uuid,
        ColumnType.Date => SqlType.Date,
        ColumnType.Time => SqlType.Time,
        ColumnType.Timestamp => SqlType.Timestamp,
        ColumnType.TimestampTz => SqlType.TimestampTz,
        ColumnType.Interval => SqlType.IntervalDayTime,
        ColumnType.Json => SqlType.Json,
        _ => throw new StreamTestException($"Column {column.Name} is {column.Type}, which AssertMatchesBatch doesn't run yet."),
    };
}
