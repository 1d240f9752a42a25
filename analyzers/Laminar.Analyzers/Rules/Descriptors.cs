using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Laminar.Analyzers.Rules;

/// <summary>Rules as the compiler knows them: those of the front end and those of the analyzers, by id.</summary>
public static class Descriptors
{
    private static readonly Dictionary<string, DiagnosticDescriptor> ById =
        SqlRules.All.Concat(UsageRules.All).Concat(ConnectorRules.All).ToDictionary(rule => rule.Id, Create, StringComparer.Ordinal);

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ById.Values.OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal).ToImmutableArray();

    public static DiagnosticDescriptor Of(SqlRule rule) => ById[rule.Id];

    private static DiagnosticDescriptor Create(SqlRule rule)
    {
        DiagnosticSeverity severity = rule.Severity switch
        {
            SqlSeverity.Error => DiagnosticSeverity.Error,
            SqlSeverity.Warning => DiagnosticSeverity.Warning,
            _ => DiagnosticSeverity.Info,
        };
        return new DiagnosticDescriptor(rule.Id, rule.Title, rule.MessageFormat, "Laminar", severity, isEnabledByDefault: true);
    }
}
