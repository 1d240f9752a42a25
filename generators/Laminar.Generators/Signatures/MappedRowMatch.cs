using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Signatures;

/// <summary>How the output columns of a query fit the user's own row type.</summary>
/// <param name="Members">The row's members in the order of the output columns; complete only when <paramref name="Misfits"/> is empty.</param>
/// <param name="Misfits">What doesn't fit.</param>
public sealed record MappedRowMatch(IReadOnlyList<RowMember> Members, IReadOnlyList<MappedRowMisfit> Misfits)
{
    public static MappedRowMatch Of(RowTypeModel row, QueryPlan plan)
    {
        var members = new List<RowMember>();
        var misfits = new List<MappedRowMisfit>();
        foreach (PlanColumn column in plan.Columns)
        {
            RowMember? member = row.Members.FirstOrDefault(m => SqlName.Same(m.SqlName, column.Name) || SqlName.Same(m.ClrName, column.Name));
            if (member is null)
            {
                misfits.Add(new MappedRowMisfit(MappedRowMisfitKind.NoMember, column.Name, "", column.Type, column.Nullable));
                continue;
            }

            if (!Fits(column.Type, member.Type))
            {
                misfits.Add(new MappedRowMisfit(MappedRowMisfitKind.Type, column.Name, member.ClrName, column.Type, column.Nullable));
            }
            else if (column.Nullable && !member.Nullable)
            {
                misfits.Add(new MappedRowMisfit(MappedRowMisfitKind.Nullability, column.Name, member.ClrName, column.Type, column.Nullable));
            }

            members.Add(member);
        }

        foreach (RowMember member in row.Members.Where(m => !members.Contains(m)))
        {
            misfits.Add(new MappedRowMisfit(MappedRowMisfitKind.NoColumn, "", member.ClrName, member.Type, member.Nullable));
        }

        if (plan.IsUpdating && row.KindMember.Length == 0)
        {
            misfits.Add(new MappedRowMisfit(MappedRowMisfitKind.NoKind, "", "Kind", SqlType.Null, false));
        }

        return new MappedRowMatch(members, misfits);
    }

    /// <summary>Equal, or a number that C# widens by itself without losing digits.</summary>
    private static bool Fits(SqlType column, SqlType member)
    {
        if (column.Kind == member.Kind)
        {
            return !column.IsNested || column == member;
        }

        if (column.IsInteger && member.IsInteger)
        {
            int columnBits = Bits(column.Kind), memberBits = Bits(member.Kind);
            return columnBits < memberBits && (column.IsUnsigned || !member.IsUnsigned);
        }

        return (column.IsInteger && member.Kind == SqlTypeKind.Decimal)
            || (column.IsInteger && member.Kind == SqlTypeKind.Double && Bits(column.Kind) <= 32)
            || (column.Kind == SqlTypeKind.Real && member.Kind == SqlTypeKind.Double);
    }

    private static int Bits(SqlTypeKind kind) => kind switch
    {
        SqlTypeKind.TinyInt or SqlTypeKind.UTinyInt => 8,
        SqlTypeKind.SmallInt or SqlTypeKind.USmallInt => 16,
        SqlTypeKind.Int or SqlTypeKind.UInt => 32,
        _ => 64,
    };
}
