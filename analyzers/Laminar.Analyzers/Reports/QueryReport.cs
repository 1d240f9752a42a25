using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Laminar.Analyzers.Literals;
using Laminar.Analyzers.Rules;
using Laminar.Generators.Discovery;
using Laminar.Generators.Model;
using Laminar.Generators.Signatures;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Laminar.Analyzers.Reports;

/// <summary>A class with [StreamQuery].</summary>
internal static class QueryReport
{
    public static void Report(AttributeUse use, ProjectState state, Findings findings, CancellationToken cancellation)
    {
        QueryModel written = QueryDiscovery.Read(use.Type, use.Attribute, cancellation);
        QueryModel query = SqlFiles.Resolve(written, state.Files, state.ProjectFolder);
        TypeReport.Problem(query.Type.Problem, use.Type, use.NameLocation, findings, cancellation);
        NameReport.Report(query.Name, query.Type.FullName, use, state, findings);
        TextReport.Report(use, query.Sql, query.File, query.IsTextMissing, state, findings);
        Row(use, query, findings, cancellation);
        if (query.IsTextMissing)
        {
            return;
        }

        QueryCheck check = Check(query, state);

        // The text of a file is reported with the file.
        if (written.Sql.Length > 0 && use.Positional is { } argument)
        {
            SqlPlace place = use.Place(argument, query.Sql, cancellation);
            Text(check, place, findings, use.Compilation, cancellation);
            LateName(query, check, place, state, findings);
        }

        Cycle(use, query, state, findings);
        Broken(use, query, check, state, findings);
        if (check.Problem == QueryProblem.Visibility)
        {
            Visibility(use, query, state, findings);
        }

        if (check.Match is { } match && query.MappedRow is { } row)
        {
            MappedRowReport.Report(use, row, match, findings);
        }
    }

    /// <summary>What the front end says; of a query over a broken one only what is wrong with the text itself, because the rest follows from the other mistake.</summary>
    public static void Text(QueryCheck check, SqlPlace place, Findings findings, Compilation compilation, CancellationToken cancellation)
    {
        foreach (SqlDiagnostic diagnostic in check.Compiled?.Diagnostics ?? Array.Empty<SqlDiagnostic>())
        {
            if (check.Problem != QueryProblem.BrokenInput || diagnostic.Rule.Id.StartsWith("LAM1", StringComparison.Ordinal))
            {
                findings.Add(diagnostic, place, WatermarkFix.Of(diagnostic, check.Compiled!.Reads, compilation, cancellation));
            }
        }
    }

    /// <summary>Late rows whose name something else of the project has.</summary>
    public static void LateName(QueryModel query, QueryCheck check, SqlPlace place, ProjectState state, Findings findings)
    {
        if (check.Compiled?.Plan is { LateTo: { } late } plan && state.Signatures.Relations.FirstOrDefault(r => SqlName.Same(r.Name, late)) is { IsOwn: true } owner
            && owner.QueryClrType != $"{query.Type.FullName}.{QuerySignature.LateClass(late, query.Type.FullName)}")
        {
            string what = owner.IsLate ? "the late rows of a query" : owner.Kind switch { RelationKind.Source => "a source", RelationKind.Table => "a reference table", _ => "a query" };
            findings.Add(new SqlDiagnostic(SqlRules.DuplicateName, plan.LateSpan, late, what), place);
        }
    }

    public static QueryCheck Check(QueryModel query, ProjectState state)
    {
        QuerySlice slice = SignatureResolver.Slice(query, state.Signatures);
        return QueryCheck.Of(query, new ProjectCatalog(slice.Reads) { Functions = state.Signatures.Functions.ToFunctions() }, slice.Reads);
    }

    private static void Row(AttributeUse use, QueryModel query, Findings findings, CancellationToken cancellation)
    {
        if (query.MappedRow is not { } row || use.Attribute.AttributeClass?.TypeArguments.FirstOrDefault() is not INamedTypeSymbol type)
        {
            return;
        }

        Location location = type.Locations.FirstOrDefault(l => l.IsInSource && row.Problem != TypeProblem.Foreign) ?? use.Syntax.Name.GetLocation();
        bool isSource = (Symbols.Attribute(type, AttributeNames.StreamSource) ?? Symbols.Attribute(type, AttributeNames.ReferenceTable)) is not null;
        if (!isSource)
        {
            // A source says this itself.
            TypeReport.Problem(row.Problem, type, location, findings, cancellation);
            if (row.Problem != TypeProblem.Foreign)
            {
                TypeReport.Members(row, type, findings);
            }
        }
    }

    private static void Cycle(AttributeUse use, QueryModel query, ProjectState state, Findings findings)
    {
        if (!state.Signatures.Cycles.Contains(query.Type.FullName))
        {
            return;
        }

        IEnumerable<string> others = state.Signatures.Cycles.Where(name => name != query.Type.FullName).Select(name => "'" + name.Substring(name.LastIndexOf('.') + 1).Replace("global::", string.Empty) + "'");
        string through = string.Join(", ", others);
        findings.Add(UsageRules.CyclicQueries, use.NameLocation, use.Name, through.Length == 0 ? "its own name" : through);
    }

    /// <summary>A query over one with mistakes has none of its own, and yet its class stays empty: the editor says why.</summary>
    private static void Broken(AttributeUse use, QueryModel query, QueryCheck check, ProjectState state, Findings findings)
    {
        if (check.Problem != QueryProblem.BrokenInput || state.Signatures.Cycles.Contains(query.Type.FullName))
        {
            return;
        }

        IEnumerable<string> broken = SignatureResolver.Slice(query, state.Signatures).Reads.Where(r => r.IsBroken).Select(r => "'" + r.Name + "'");
        findings.Add(UsageRules.BrokenInput, use.NameLocation, use.Name, string.Join(" and ", broken));
    }

    private static void Visibility(AttributeUse use, QueryModel query, ProjectState state, Findings findings)
    {
        RelationModel? hidden = SignatureResolver.Slice(query, state.Signatures).Reads.FirstOrDefault(r => r.Visibility < query.Type.Visibility);
        string type = hidden?.ClrType ?? query.MappedRow?.Type.FullName ?? string.Empty;
        findings.Add(UsageRules.NotVisibleEnough, use.NameLocation, use.Name, type.Replace("global::", string.Empty));
    }
}
