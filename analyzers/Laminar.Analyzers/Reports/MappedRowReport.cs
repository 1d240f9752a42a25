using System.Linq;
using Laminar.Analyzers.Rules;
using Laminar.Generators.Model;
using Laminar.Generators.Signatures;
using Microsoft.CodeAnalysis;

namespace Laminar.Analyzers.Reports;

/// <summary>How the columns of a query fail to fit the user's own row type.</summary>
internal static class MappedRowReport
{
    public static void Report(AttributeUse use, RowTypeModel row, MappedRowMatch match, Findings findings)
    {
        if (row.Problem != TypeProblem.None || use.Attribute.AttributeClass?.TypeArguments.FirstOrDefault() is not INamedTypeSymbol type)
        {
            return;
        }

        foreach (MappedRowMisfit misfit in match.Misfits)
        {
            Location member = misfit.Member.Length == 0 ? use.NameLocation : TypeReport.LocationOf(type, misfit.Member);
            switch (misfit.Kind)
            {
                case MappedRowMisfitKind.NoMember:
                    findings.Add(UsageRules.NoMemberForColumn, use.NameLocation, type.Name, misfit.Column, misfit.Type);
                    break;
                case MappedRowMisfitKind.NoColumn:
                    findings.Add(UsageRules.NoColumnForMember, Own(member, use), type.Name, misfit.Member);
                    break;
                case MappedRowMisfitKind.Type:
                    findings.Add(UsageRules.MemberType, Own(member, use), type.Name, misfit.Member, misfit.Column, misfit.Type);
                    break;
                case MappedRowMisfitKind.Nullability:
                    findings.Add(UsageRules.MemberNullability, Own(member, use), type.Name, misfit.Member, misfit.Column);
                    break;
                case MappedRowMisfitKind.NoKind:
                    findings.Add(UsageRules.NoKindMember, use.NameLocation, type.Name, use.Name);
                    break;
            }
        }
    }

    /// <summary>A member of another assembly has no place in this one's source.</summary>
    private static Location Own(Location member, AttributeUse use) => member.IsInSource ? member : use.NameLocation;
}
