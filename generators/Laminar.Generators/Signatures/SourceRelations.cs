using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Generators.Signatures;

/// <summary>What a source is to SQL: columns and the compiled watermark.</summary>
public static class SourceRelations
{
    public static RelationModel Of(SourceModel source)
    {
        EquatableArray<RowMember> members = source.Row.Members;
        RelationColumn[] columns = members.Select(m => new RelationColumn(m.SqlName, m.ClrName, m.Type, m.Nullable)).ToArray();
        WatermarkDeclaration? watermark = Watermark(source, columns, out bool isWrong);
        if (watermark is not null)
        {
            columns[watermark.ColumnIndex] = columns[watermark.ColumnIndex] with { EventTimeLag = 0 };
        }

        return new RelationModel(source.Name, RelationKind.Source, source.Row.Type.FullName, new EquatableArray<RelationColumn>(columns))
        {
            Watermark = watermark,
            BaseSources = new EquatableArray<string>(new[] { source.Row.Type.FullName }),
            Visibility = source.Row.Type.Visibility,
            IsBroken = source.Row.Problem != TypeProblem.None || isWrong,
        };
    }

    /// <summary>The row emitter's model of a source.</summary>
    public static RowModel ToRow(SourceModel source, RelationModel relation) =>
        source.Row.ToRow(source.Row.Type.FullName, source.Name) with
        {
            IsSource = true,
            Watermark = relation.Watermark is { } watermark ? new WatermarkModel(watermark.ColumnIndex, watermark.Delay) : null,
        };

    private static WatermarkDeclaration? Watermark(SourceModel source, IReadOnlyList<RelationColumn> columns, out bool isWrong)
    {
        isWrong = false;
        if (source.Watermark.Length > 0)
        {
            // Never throws: a mistake of ours is a finding (LAM9001), which the analyzer reports on the text.
            WatermarkDeclaration? declaration = WatermarkCompiler.Compile(source.Watermark, columns).Declaration;
            isWrong = declaration is null;
            return declaration;
        }

        if (source.EventTimeMember.Length == 0)
        {
            return null;
        }

        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].ClrName == source.EventTimeMember)
            {
                bool isMilliseconds = columns[i].Type.Kind == SqlTypeKind.BigInt;
                isWrong = source.EventTimeLatenessTicks < 0 || !(isMilliseconds || columns[i].Type.IsTimestamp);
                long delay = isMilliseconds ? source.EventTimeLatenessTicks / TimeSpan.TicksPerMillisecond : source.EventTimeLatenessTicks;
                return isWrong ? null : new WatermarkDeclaration(i, delay);
            }
        }

        isWrong = true;
        return null;
    }
}
