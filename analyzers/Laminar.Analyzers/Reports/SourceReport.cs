using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Laminar.Analyzers.Rules;
using Laminar.Generators.Discovery;
using Laminar.Generators.Model;
using Laminar.Generators.Signatures;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Types;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Laminar.Analyzers.Reports;

/// <summary>A type with [StreamSource].</summary>
internal static class SourceReport
{
    public static void Report(AttributeUse use, ProjectState state, Findings findings, CancellationToken cancellation)
    {
        SourceModel source = SourceDiscovery.Read(use.Type, use.Attribute, cancellation);
        TypeReport.Problem(source.Row.Problem, use.Type, use.NameLocation, findings, cancellation);
        TypeReport.Members(source.Row, use.Type, findings);
        NameReport.Report(source.Name, source.Row.Type.FullName, use, state, findings);
        Watermark(use, source, findings, cancellation);
        EventTime(use, source, findings, cancellation);
    }

    private static void Watermark(AttributeUse use, SourceModel source, Findings findings, CancellationToken cancellation)
    {
        if (source.Watermark.Length == 0 || use.Named("Watermark") is not { } argument)
        {
            return;
        }

        RelationColumn[] columns = SourceRelations.Of(source).Columns.ToArray();
        foreach (SqlDiagnostic diagnostic in WatermarkCompiler.Compile(source.Watermark, columns).Diagnostics)
        {
            findings.Add(diagnostic, use.Place(argument, source.Watermark, cancellation));
        }
    }

    private static void EventTime(AttributeUse use, SourceModel source, Findings findings, CancellationToken cancellation)
    {
        List<(ISymbol Member, AttributeData Attribute)> members = RowTypeDiscovery.ColumnCandidates(use.Type)
            .Select(member => (member, attribute: RowTypeDiscovery.MemberAttribute(member, use.Type, AttributeNames.EventTime)))
            .Where(pair => pair.attribute is not null)
            .Select(pair => (pair.member, pair.attribute!))
            .ToList();
        if (members.Count == 0)
        {
            return;
        }

        if (members.Count + (source.Watermark.Length > 0 ? 1 : 0) > 1)
        {
            (_, AttributeData extra) = members[members.Count - 1];
            findings.Add(UsageRules.TwoWatermarks, LocationOf(extra, use, cancellation), use.Name);
            return;
        }

        (ISymbol only, AttributeData attribute) = members[0];
        RowMember? column = source.Row.Members.FirstOrDefault(member => member.ClrName == only.Name);
        if (column is null || !(column.Type.IsTimestamp || column.Type.Kind == SqlTypeKind.BigInt))
        {
            findings.Add(UsageRules.EventTimeType, TypeReport.LocationOf(use.Type, only.Name), only.Name);
        }
        else if (source.EventTimeLatenessTicks < 0)
        {
            findings.Add(UsageRules.EventTimeLateness, LatenessOf(attribute, use, cancellation), Symbols.NamedArgument(attribute, "Lateness") ?? string.Empty);
        }
    }

    private static Location LocationOf(AttributeData attribute, AttributeUse use, CancellationToken cancellation) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellation).GetLocation() ?? use.NameLocation;

    private static Location LatenessOf(AttributeData attribute, AttributeUse use, CancellationToken cancellation)
    {
        AttributeArgumentSyntax? argument = (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax)?.ArgumentList?.Arguments
            .FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == "Lateness");
        return argument?.Expression.GetLocation() ?? LocationOf(attribute, use, cancellation);
    }
}
