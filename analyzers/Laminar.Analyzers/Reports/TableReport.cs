using System.Threading;
using Laminar.Analyzers.Rules;
using Laminar.Generators.Discovery;
using Laminar.Generators.Model;
using Laminar.Generators.Signatures;

namespace Laminar.Analyzers.Reports;

/// <summary>A type with [ReferenceTable].</summary>
internal static class TableReport
{
    public static void Report(AttributeUse use, ProjectState state, Findings findings, CancellationToken cancellation)
    {
        SourceModel table = SourceDiscovery.ReadTable(use.Type, use.Attribute, cancellation);
        TypeReport.Problem(table.Row.Problem, use.Type, use.NameLocation, findings, cancellation);
        TypeReport.Members(table.Row, use.Type, findings);
        NameReport.Report(table.Name, table.Row.Type.FullName, use, state, findings);
        if (table.Keys.Count == 0 && table.Row.Members.Count > 0)
        {
            findings.Add(UsageRules.TableWithoutKey, use.NameLocation, use.Name);
        }

        foreach (int key in table.Keys)
        {
            RowMember member = table.Row.Members[key];
            if (!SourceRelations.CanBeKey(member))
            {
                string reason = member.Nullable ? "it can be NULL, which equals nothing; make it " + member.ClrType.TrimEnd('?') : $"values of type {member.Type} aren't looked up; use a number, text, time or Guid";
                findings.Add(UsageRules.KeyProblem, TypeReport.LocationOf(use.Type, member.ClrName), member.ClrName, reason.Replace("global::System.", string.Empty));
            }
        }
    }
}
