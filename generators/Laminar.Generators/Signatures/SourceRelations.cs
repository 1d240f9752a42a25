using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Signatures;

/// <summary>What a source is to SQL: columns and the compiled watermark; of a table columns and the key.</summary>
public static class SourceRelations
{
    public static RelationModel Of(SourceModel source)
    {
        EquatableArray<RowMember> members = source.Row.Members;
        RelationColumn[] columns = members.Select(m => new RelationColumn(m.SqlName, m.Access, m.Type, m.Nullable)).ToArray();
        if (source.IsTable)
        {
            return new RelationModel(source.Name, RelationKind.Table, source.Row.Type.FullName, new EquatableArray<RelationColumn>(columns))
            {
                HasKey = true,
                KeyColumns = source.Keys,
                IsKeyUnique = true,
                Visibility = source.Row.Type.Visibility,
                IsBroken = source.Row.Problem != TypeProblem.None || !IsKeyed(source),
            };
        }

        WatermarkDeclaration? watermark = Watermark(source, columns, out bool isWrong);
        if (watermark is not null)
        {
            columns[watermark.ColumnIndex] = columns[watermark.ColumnIndex] with { EventTimeLag = 0 };
        }

        return new RelationModel(source.Name, RelationKind.Source, source.Row.Type.FullName, new EquatableArray<RelationColumn>(columns))
        {
            Watermark = watermark,
            IsUpdating = source.Row.KindMember.Length > 0,
            BaseSources = new EquatableArray<string>(new[] { source.Row.Type.FullName }),
            Visibility = source.Row.Type.Visibility,
            IsBroken = source.Row.Problem != TypeProblem.None || isWrong,
        };
    }

    /// <summary>Whether a table has a key, none of whose columns can be NULL or of a type that isn't compared.</summary>
    public static bool IsKeyed(SourceModel table) => table.Keys.Count > 0 && table.Keys.All(k => CanBeKey(table.Row.Members[k]));

    /// <summary>Whether a column can be a part of a key.</summary>
    public static bool CanBeKey(RowMember member) => !member.Nullable && TableKeys.CanBe(member.Type);

    /// <summary>The row emitter's model of a source.</summary>
    public static RowModel ToRow(SourceModel source, RelationModel relation) =>
        source.Row.ToRow(source.Row.Type.FullName, source.Name) with
        {
            IsSource = true,
            Keys = source.Keys,
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
